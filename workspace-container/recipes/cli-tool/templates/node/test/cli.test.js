// The program as a person at a terminal meets it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../bin/{{entities}}', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'cli-'));
const env = { ...process.env, {{ENV}}: join(folder, 'data.json') };
const options = {{optionSample}};
const words = Object.entries(options).map(([key, value]) => `--${key}=${value}`);

function call(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

after(() => rmSync(folder, { recursive: true }));

test('help names every command', () => {
  const { status, stdout } = call('--help');
  assert.equal(status, 0);
  for (const name of ['add', 'list', 'remove', 'stats', 'export']) {
    assert.match(stdout, new RegExp(`^  ${name} `, 'm'));
  }
});

test('a {{label}} is added, and the next call finds it', () => {
  assert.equal(call('add', ...words).stdout, 'added {{label}} 1\n');
  const [first] = JSON.parse(call('list', '--json', 'yes').stdout);
  assert.deepEqual(first, { id: 1, ...{{sample}} });
});

test('what is missing is named, with exit code 2 and nothing kept', () => {
  const { status, stderr, stdout } = call('add');
  assert.equal(status, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /--{{firstRequired}} is required/);
  assert.match(call('list').stdout, /^1 {{label}}$/m);
});

test('the reports know it', () => {
  assert.match(call('stats').stdout, /^{{labels}}: 1$/m);
  assert.match(call('export').stdout, /^id,.*\r\n1,/);
});

test('it is removed once', () => {
  assert.equal(call('remove', '1').stdout, 'removed {{label}} 1\n');
  const again = call('remove', '1');
  assert.equal(again.status, 2);
  assert.match(again.stderr, /there is no {{label}} 1/);
});

test('an unknown command is a mistake', () => {
  assert.equal(call('dance').status, 2);
});
