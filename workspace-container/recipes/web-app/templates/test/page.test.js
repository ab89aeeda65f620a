// The page as a screen reader and a keyboard meet it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

const page = await readFile(new URL('../public/index.html', import.meta.url), 'utf8');
const tags = (name) => page.match(new RegExp(`<${name}\\b[^>]*>`, 'g')) ?? [];
const attribute = (tag, name) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];

test('the page says its language and has a title', () => {
  assert.equal(attribute(tags('html')[0], 'lang'), 'en');
  assert.match(page, /<title>{{Labels}}<\/title>/);
});

test('there is one main landmark and one first heading', () => {
  assert.equal(tags('main').length, 1);
  assert.equal(tags('h1').length, 1);
});

test('every field has a label and a place for its problem', () => {
  const labelled = tags('label').map((tag) => attribute(tag, 'for'));
  const names = {{fieldNames}};
  assert.deepEqual(tags('input').map((tag) => attribute(tag, 'id')), names);
  assert.deepEqual(labelled, names);
  for (const tag of tags('input')) {
    const described = attribute(tag, 'aria-describedby');
    assert.match(page, new RegExp(`id="${described}"`));
  }
});

test('required fields say so', () => {
  const required = tags('input').filter((tag) => / required/.test(tag));
  assert.deepEqual(required.map((tag) => attribute(tag, 'id')), {{requiredNames}});
});

test('every button has a text', () => {
  for (const [, text] of page.matchAll(/<button[^>]*>([^<]*)</g)) {
    assert.notEqual(text.trim(), '');
  }
});

test('the table has a caption and headings with a scope', () => {
  assert.match(page, /<caption/);
  for (const tag of tags('th')) assert.equal(attribute(tag, 'scope'), 'col');
});

test('nothing is written into the page that a script would have to trust', () => {
  assert.doesNotMatch(page, / on\w+=|<script>|style="/);
});
