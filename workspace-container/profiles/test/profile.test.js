// The profiles themselves, what a profile must be, and what is made of one.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { after, describe, test } from 'node:test';
import { environment, writeFiles } from '../lib/home.mjs';
import { folder, ids, problems, readProfile } from '../lib/profile.mjs';
import { fill, fillAll } from '../lib/template.mjs';

const all = ids().map((id) => readProfile(id));
const codex = () => structuredClone(readProfile('codex'));
const values = { model: 'm"1', address: '127.0.0.1:4100', wire: 'chat', session: 's-1', prompt: 'Do\n"it"', title: 'T', home: '/home/agent', cwd: '/clone', shell: '/bin/orchflow-shell', permission: 'ask', token: 'the-token' };
const home = mkdtempSync(join(tmpdir(), 'profiles-home-'));
after(() => rmSync(home, { recursive: true }));

describe('every profile', () => {
  test('is there', () => assert.deepEqual(ids(), ['aider', 'claude', 'claude-flow', 'codex', 'gemini', 'opencode', 'opencode-acp']));

  for (const profile of all) {
    test(`${profile.id} is valid, and all its templates can be filled`, () => {
      assert.deepEqual(problems(profile), []);
      fillAll([profile.headless, profile.resume ?? [], profile.interactive ?? [], profile.stdin ?? '', profile.files, profile.environment.set], values);
    });

    test(`${profile.id}: the key is in no file and on no command line`, () => {
      const place = join(home, profile.id);
      writeFiles(profile, { ...values, home: place });
      const written = profile.files.map((file) => readFileSync(join(place, file.path), 'utf8')).join('');
      assert.doesNotMatch(written + fillAll(profile.headless.concat(profile.resume ?? []), values).join(' '), /the-token/);
      const env = environment(profile, values, { ORCHFLOW_MODEL_TOKEN: 'the-token' });
      assert.equal(Object.values(env).includes('the-token'), profile.wire !== null);
    });

    test(`${profile.id} has its row in the README, which says whether it was tried`, () => {
      const row = readFileSync(join(folder, 'README.md'), 'utf8').split('\n').find((line) => line.startsWith(`| \`${profile.id}\` |`));
      assert.ok(row, 'no row');
      assert.equal(row.includes('not tried here'), profile.tried === null, row);
      if (profile.tried) assert.ok(row.includes(profile.tried), row);
    });
  }

  test('JSON files are JSON, whatever the model is called', () => {
    const config = JSON.parse(readFileSync(join(home, 'opencode', '.config/opencode/opencode.json'), 'utf8'));
    assert.deepEqual(Object.keys(config.provider.orchflow.models), ['m"1']);
    assert.equal(config.model, 'orchflow/m"1');
  });

  test('a prompt in a plain file is as it is', () => {
    assert.equal(readFileSync(join(home, 'aider', 'prompt.txt'), 'utf8'), 'Do\n"it"\n');
  });
});

describe('refused is', () => {
  const fields = Object.keys(codex());
  for (const field of fields) {
    test(`a profile without ${field}`, () => {
      const { [field]: _gone, ...rest } = codex();
      assert.deepEqual(problems(rest), [`${field} is missing`]);
    });
  }

  const wrong = [
    ['an unknown field', { colour: 'red' }, 'colour is no field'],
    ['an unknown kind', { kind: 'magic' }, 'kind is not valid'],
    ['an unknown wire', { wire: 'smoke' }, 'wire is not valid'],
    ['an unknown reader', { events: 'constructor' }, 'events is not valid'],
    ['an id that is no name', { id: '../x' }, 'id is not valid'],
    ['a program that is a path', { program: '/bin/sh' }, 'program is not valid'],
    ['an argument that is no text', { headless: ['a', 1] }, 'headless is not valid'],
    ['a file outside of the home', { files: [{ path: '../x', lines: [] }] }, 'files is not valid'],
    ['a file with two contents', { files: [{ path: 'x', lines: [], json: {} }] }, 'files is not valid'],
    ['an unknown capability', { capabilities: { ...codex().capabilities, magic: true } }, 'capabilities is not valid'],
    ['an unknown name in a template', { stdin: '{{promt}}' }, /stdin: \{\{promt\}\} is no name/],
    ['the key on a command line', { headless: ['--key', '{{token}}'] }, 'headless must not hold {{token}}'],
    ['the key in a file', { files: [{ path: 'x', json: { key: ['{{token}}'] } }] }, 'files must not hold {{token}}'],
    ['a session before there is one', { headless: ['{{session}}'] }, 'headless must not hold {{session}}'],
    ['structured without events', { events: 'text' }, 'structured does not agree with events'],
    ['resume that cannot', { resume: null }, 'resume does not agree with capabilities'],
    ['a switch that is not there', { off: [{ what: 'all', by: '--no-evil' }] }, 'off: --no-evil is nowhere in the profile'],
  ];
  for (const [name, change, problem] of wrong) {
    test(name, () => {
      const found = problems({ ...codex(), ...change });
      assert.ok(found.some((one) => (problem instanceof RegExp ? problem.test(one) : one === problem)), found.join('; '));
    });
  }
});

describe('templates', () => {
  test('an unknown name is an error, a value that looks like a template is not', () => {
    assert.throws(() => fill('{{modle}}', values), /\{\{modle\}\} is no name/);
    assert.equal(fill('{{prompt}}', { prompt: '{{modle}} $& {{token}}' }), '{{modle}} $& {{token}}');
  });
  test('a value that is not there is an error where it is used', () => {
    assert.throws(() => fill('a {{session}}', {}), /there is no session/);
    assert.equal(fill('a', {}), 'a');
  });
});

test('--list shows every profile, and how to get what is missing', () => {
  const { stdout, status } = spawnSync(process.execPath, [join(folder, 'bin/orchflow-program'), '--list'], { encoding: 'utf8', env: { PATH: '/nowhere' } });
  assert.equal(status, 0);
  const lines = stdout.trim().split('\n');
  assert.deepEqual(lines.map((line) => line.split(' ')[0]), ids());
  assert.match(lines.find((line) => line.startsWith('codex')), /Codex +structured +not found +npm install -g @openai\/codex/);
  assert.match(lines.find((line) => line.startsWith('aider')), /observed/);
});

test('no committed file names a place of one machine', () => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const entry of files) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if (path.includes('/target/') || path.endsWith('profile.test.js')) continue;
    assert.doesNotMatch(readFileSync(path, 'utf8'), /\/tmp\/|\/root\/|\/work\//, path);
  }
});
