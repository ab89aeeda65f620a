import headless from '@xterm/headless';
import type { Terminal } from '@xterm/xterm';
import { expect, it } from 'vitest';
import { silence } from '../src/lib/terminal/silence';

const QUERIES = [
  '\x1b[c', '\x1b[0c', '\x1b[>c', '\x1b[=c', '\x1b[>q', '\x1b[5n', '\x1b[6n', '\x1b[?6n', '\x1b[?996n',
  '\x1b[4$p', '\x1b[?2004$p', '\x1b[18t', '\x1b[14t', '\x1b[x', '\x1b[?u', '\x1bP$qm\x1b\\', '\x1bP$q"p\x1b\\',
  '\x1bP+q544e\x1b\\', '\x1b]4;1;?\x07', '\x1b]10;?\x07', '\x1b]11;?\x1b\\', '\x1b]12;?\x07', '\x1b]10;?;?\x07',
  '\x1b]52;c;?\x07', '\x05'
];

async function answers(quiet: boolean): Promise<string> {
  const terminal = new headless.Terminal({ allowProposedApi: true, windowOptions: { getWinSizeChars: true } });
  let said = '';
  terminal.onData((data) => (said += data));
  terminal.onBinary((data) => (said += data));
  if (quiet) silence(terminal as unknown as Terminal);
  await new Promise<void>((done) => terminal.write(QUERIES.join(''), done));
  terminal.dispose();
  return said;
}

it('answers no query', async () => {
  expect(await answers(true)).toBe('');
});

it('would answer otherwise', async () => {
  expect(await answers(false)).not.toBe('');
});
