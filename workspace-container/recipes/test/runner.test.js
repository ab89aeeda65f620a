// The runner itself: what it refuses, what it tells, and that a step that does nothing is found out.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { readCatalogue } from '../lib/catalogue.mjs';
import { digestOf } from '../lib/digest.mjs';
import { Inbox } from '../lib/inbox.mjs';
import { resolve } from '../lib/parameters.mjs';
import { Engine, catalogueDir, git, recipe } from './engine.mjs';

const books = { entity: 'book', entities: 'books', fields: 'title:text!,author:text!', project: 'books-api' };
const engines = [];
const engine = (...args) => {
  const made = new Engine(...args);
  engines.push(made);
  return made;
};

const folder = mkdtempSync(join(tmpdir(), 'recipes-copy-'));
const copy = join(folder, 'recipes');
cpSync(catalogueDir, copy, { recursive: true, filter: (path) => !path.endsWith('/target') });

after(() => {
  engines.forEach((one) => one.close());
  rmSync(folder, { recursive: true });
});

describe('a step made a no-op', () => {
  for (const { id } of readCatalogue().recipes) {
    const first = recipe(id).tasks[0];
    test(`${id}/${first.step}: the step runs, and every one of its checks fails`, async () => {
      writeFileSync(join(copy, id, 'steps', `${first.step}.mjs`), 'export default async function nothing() {}\n');
      const idle = engine(id, id === 'test-and-report' ? {} : books, { catalogue: copy, seed: { 'a.js': 'let a = 1;\n' } });
      const { exitCode, clone, output } = await idle.run(first);
      assert.equal(exitCode, 0, output);
      for (const command of idle.commands(first)) {
        assert.notEqual((await idle.check(command, clone, 'HEAD')).exitCode, 0, command);
      }
    });
  }
});

describe('digests', () => {
  const [task] = recipe('rest-api-auth').tasks;

  test('another digest than the pinned one is refused with 3, and nothing is written', async () => {
    const one = engine('rest-api-auth', books);
    const clone = one.clone(task);
    const { exitCode, output } = await one.run(task, { clone, input: { digest: '0'.repeat(64) } });
    assert.equal(exitCode, 3);
    assert.match(output, /refused: the plan pinned rest-api-auth@0000/);
    assert.deepEqual(readdirSync(clone), ['.git']);
  });

  test('a digest that is too short to mean anything is refused', async () => {
    const one = engine('rest-api-auth', books);
    assert.equal((await one.run(task, { input: { digest: digestOf(catalogueDir, 'rest-api-auth').slice(0, 8) } })).exitCode, 3);
  });

  test('the first twelve digits are enough', async () => {
    const one = engine('rest-api-auth', books);
    const { exitCode, output } = await one.run(task, { input: { digest: digestOf(catalogueDir, 'rest-api-auth').slice(0, 12) } });
    assert.equal(exitCode, 0, output);
  });
});

describe('what is asked for', () => {
  test('two entities give different code', async () => {
    const trees = await Promise.all(
      [books, { ...books, entity: 'wine', entities: 'wines', fields: 'name:text!,year:integer' }].map(async (parameters) => {
        const one = engine('rest-api-auth', parameters);
        const [contract, , items] = one.recipe.tasks;
        one.merge((await one.run(contract)).clone);
        const { clone } = await one.run(items);
        return { clone, files: git(clone, 'ls-files').split('\n') };
      }),
    );
    assert.ok(trees[0].files.includes('src/book.js') && !trees[0].files.includes('src/wine.js'));
    assert.ok(trees[1].files.includes('src/wine.js') && trees[1].files.includes('src/routes/wines.js'));
    const sources = [readFileSync(join(trees[0].clone, 'src/book.js'), 'utf8'), readFileSync(join(trees[1].clone, 'src/wine.js'), 'utf8')];
    assert.match(sources[0], /author: \{ type: 'text', required: true \}/);
    assert.match(sources[1], /year: \{ type: 'integer', required: false \}/);
  });

  test('a folder keeps the program apart from what is there', async () => {
    const one = engine('rest-api-auth', books, { seed: { 'package.json': '{"name":"mine"}\n' } });
    const [contract] = one.recipe.tasks;
    const { exitCode, clone, output } = await one.run(contract, { input: { parameters: { ...books, folder: 'books-api' } } });
    assert.equal(exitCode, 0, output);
    assert.equal(readFileSync(join(clone, 'package.json'), 'utf8'), '{"name":"mine"}\n');
    for (const command of one.commands(contract)) {
      const { exitCode: code, output: said } = await one.check(`cd books-api && ${command}`, clone, 'HEAD');
      assert.equal(code, 0, said);
    }
  });

  for (const [name, value] of [
    ['entity', 'book; rm -rf /'], ['entity', '../book'], ['entity', 'account'], ['fields', 'title'], ['fields', 'id:text'],
    ['fields', 'a:text,a:text'], ['language', 'cobol'], ['project', '$(id)'],
  ]) {
    test(`${name} "${value}" is refused by name`, () => {
      assert.throws(() => resolve(recipe('rest-api-auth'), { ...books, [name]: value }), new RegExp(`parameter ${name}`));
    });
  }

  test('a folder outside the clone is refused', async () => {
    const one = engine('rest-api-auth', books);
    const { exitCode, output } = await one.run(one.recipe.tasks[0], { input: { parameters: { ...books, folder: '../x' } } });
    assert.equal(exitCode, 1);
    assert.match(output, /parameter folder/);
  });
});

describe('messages', () => {
  test('a message is shown and kept as a note of this step', async () => {
    const one = engine('rest-api-auth', books);
    const inbox = join(one.root, 'inbox.jsonl');
    writeFileSync(inbox, `${JSON.stringify({ from: { name: 'Ada' }, text: 'please mind the \u001b[2J spelling' })}\n`);
    const { output, clone } = await one.run(one.recipe.tasks[0], { inbox, input: { messages: [{ from: 'Bo', text: 'go on' }] } });
    assert.match(output, /message from Ada/);
    assert.match(output, /message from Bo/);
    assert.ok(!output.includes('\u001b[2J'), 'a message cannot drive the terminal');
    const note = git(clone, 'show', 'HEAD:notes/contract.md');
    assert.match(note, /\*\*Bo\*\*: go on/);
  });

  test('a line that is still being written waits for its end', () => {
    const path = join(folder, 'inbox.jsonl');
    writeFileSync(path, '{"from":"Ada","text":"one"}\n{"from":"Ada","te');
    const inbox = new Inbox([], path);
    assert.deepEqual(inbox.take(), [{ from: 'Ada', text: 'one' }]);
    writeFileSync(path, '{"from":"Ada","text":"one"}\n{"from":"Ada","text":"two"}\nplain\n');
    assert.deepEqual(inbox.take(), [{ from: 'Ada', text: 'two' }, { from: 'somebody', text: 'plain' }]);
    assert.deepEqual(inbox.take(), []);
  });
});

describe('the catalogue', () => {
  for (const { id, tasks } of readCatalogue().recipes) {
    test(`${id}: 3 to 6 roles at work, a check for each, a probe among them, dependencies that exist`, () => {
      assert.ok(tasks.length >= 3 && tasks.length <= 6);
      assert.ok(new Set(tasks.map(({ role }) => role)).size >= 3);
      const ids = new Set(tasks.map((task) => task.id));
      for (const task of tasks) {
        assert.ok(task.acceptance.length >= 1, task.id);
        assert.ok(task.dependsOn.every((one) => ids.has(one)), task.id);
        assert.ok(readdirSync(join(catalogueDir, id, 'steps')).includes(`${task.step}.mjs`), task.id);
        for (const { command } of task.acceptance) {
          const probe = /orchflow-probe (\S+)\/(\S+)/.exec(command);
          if (probe) assert.ok(readdirSync(join(catalogueDir, probe[1], 'probes')).includes(`${probe[2]}.mjs`), command);
        }
      }
      assert.ok(tasks.some((task) => task.acceptance.some(({ command }) => command.includes('orchflow-probe'))));
    });
  }
});
