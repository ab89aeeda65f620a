import { Terminal } from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { tmuxWidths } from '../src/lib/terminal/widths';

async function columnsOf(text: string): Promise<number> {
  const terminal = new Terminal({ allowProposedApi: true });
  terminal.unicode.register(tmuxWidths);
  terminal.unicode.activeVersion = tmuxWidths.version;
  await new Promise<void>((done) => terminal.write(text, done));
  return terminal.buffer.active.cursorX;
}

describe('columns, as tmux 3.3a counts them', () => {
  it.each([
    ['abc', 3], ['漢字', 4], ['😀', 2], ['🫠', 2], ['👨‍👩‍👧', 2], ['🇩🇪', 2], ['👍🏽', 4], ['❤️', 1],
    ['e\u0301', 1], ['1️⃣', 1], ['한', 2], ['\u1112\u1161\u11ab', 2], ['⚠️', 1], ['…§', 2],
    ['☔\ufe0e', 2], ['a\u200db', 2]
  ] as const)('%s takes %i', async (text, columns) => {
    expect(await columnsOf(text)).toBe(columns);
  });
});
