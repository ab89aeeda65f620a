// What real programs printed, and what a person sees of it. UPDATE_GOLDEN=1 writes the transcripts anew: read the difference.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Lines } from '../lib/lines.mjs';

process.env.NO_COLOR = '1';
const { READERS } = await import('../lib/events/readers.mjs');
const { unwrapped } = await import('../lib/events/codex.mjs');
const draw = await import('../lib/render.mjs');
const { summary } = await import('../lib/summary.mjs');

const here = (path) => new URL(path, import.meta.url);
const fixtures = readdirSync(here('fixtures')).filter((name) => name.endsWith('.jsonl')).map((name) => name.slice(0, -'.jsonl'.length));

function play(name) {
  const reader = new READERS[name.split('-')[0]]('/workspace/clone');
  const events = [];
  const lines = new Lines((line) => events.push(...reader.read(JSON.parse(line))));
  lines.write(readFileSync(here(`fixtures/${name}.jsonl`)));
  lines.end();
  events.push(...reader.end());
  return { events, ended: reader.ended };
}

function transcript({ events, ended }) {
  const end = ended === undefined ? '(no end)' : ended.ok ? '(ended well)' : `(failed: ${ended.reason})`;
  const told = events.map((event) => `${event.kind}: ${summary(event).replace(/\s+/g, ' ')}`);
  return [...events.flatMap(draw.event), '', end, '', ...told, ''].join('\n');
}

for (const name of fixtures) {
  test(`${name}: a person sees what is in golden/${name}.txt`, () => {
    const seen = transcript(play(name));
    const golden = here(`golden/${name}.txt`);
    if (process.env.UPDATE_GOLDEN) writeFileSync(golden, seen);
    assert.ok(existsSync(golden), 'there is no golden transcript');
    assert.equal(seen, readFileSync(golden, 'utf8'));
  });
}

describe('every reader', () => {
  const ends = {
    'codex-work': true, 'codex-resumed': true, 'codex-refused': false, 'codex-cut': false, 'codex-interrupted': undefined,
    'claude-work': true, 'claude-resumed': true, 'claude-refused': false,
    'opencode-work': true, 'opencode-edits': true, 'opencode-resumed': true, 'opencode-refused': false, 'opencode-cut': undefined, 'opencode-interrupted': undefined,
    'gemini-work': true, 'gemini-resumed': true,
  };
  for (const [name, ok] of Object.entries(ends)) {
    test(`${name}: the turn ${ok === undefined ? 'did not end' : ok ? 'went well' : 'failed'}`, () => assert.equal(play(name).ended?.ok, ok));
  }

  for (const program of ['codex', 'claude', 'opencode', 'gemini']) {
    test(`${program}: the session, a command and the file that it made`, () => {
      const { events } = play(`${program}-work`);
      assert.equal(events[0].kind, 'session');
      assert.match(events[0].id, /^[\w-]{20,}$/);
      assert.ok(events.some((event) => event.kind === 'command' && event.text === 'ls -a && cat README.md'));
      assert.ok(events.some((event) => event.kind === 'file' && event.path === 'greeting.txt'));
      assert.ok(events.at(-1).kind === 'usage' && events.at(-1).output > 0);
      assert.equal(play(`${program}-resumed`).events[0].id, events[0].id);
    });

    test(`${program}: an event of another shape disturbs nothing`, () => {
      const reader = new READERS[program]('/workspace/clone');
      for (const type of ['item.started', 'item.completed', 'turn.failed', 'system', 'assistant', 'user', 'result', 'tool_use', 'step_finish', 'error', 'new']) {
        for (const event of [...reader.read({ type }), ...reader.read({ type, item: {}, part: {}, message: {}, error: {} })]) draw.event(event);
      }
    });
  }

  test('a failing command is shown as such', () => {
    for (const program of ['codex', 'claude', 'opencode']) {
      const failed = play(`${program}-work`).events.find((event) => event.exitCode === 3);
      assert.ok(failed, program);
      assert.match(draw.event(failed).join('\n'), /1\n.*2\n[^]*… 108 lines left out\n[^]*✗ exit 3$/);
    }
  });
});

test('the shell around a command of codex is not shown, anything else is', () => {
  assert.equal(unwrapped("/bin/bash -lc 'ls -a && cat README.md'"), 'ls -a && cat README.md');
  assert.equal(unwrapped('/bin/bash -lc true'), 'true');
  assert.equal(unwrapped('bash -lc "echo \'a\' \\"b\\" \\$x"'), 'echo \'a\' "b" $x');
  assert.equal(unwrapped("bash -c 'it'\\''s'"), "it's");
  for (const other of ['ls -la', 'bash script.sh', "bash -lc 'open", 'bash -lc a b']) assert.equal(unwrapped(other), other);
});

test('control characters of a model and of a command never reach the terminal', () => {
  for (const line of play('codex-controls').events.flatMap(draw.event)) assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f]/);
  assert.match(play('codex-controls').events.flatMap(draw.event).join('\n'), /␛\]0;owned␇/);
});
