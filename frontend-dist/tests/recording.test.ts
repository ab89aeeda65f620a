import { describe, expect, it } from 'vitest';
import type { Outside, Socket } from '../src/lib/terminal/connection';
import { Recording } from '../src/lib/terminal/recording.svelte';

const output = (seq: number, text: string) => {
  const bytes = new TextEncoder().encode(text);
  const frame = new DataView(new ArrayBuffer(8 + bytes.length));
  frame.setBigUint64(0, BigInt(seq));
  new Uint8Array(frame.buffer, 8).set(bytes);
  return frame.buffer;
};

class Wire {
  from: number | undefined;
  socket!: Socket;
  readonly outside: Outside = {
    ticket: async () => 'ws:',
    connect: (_url, _role, from) => {
      this.from = from;
      this.socket = { onmessage: null, onclose: null, send: () => {}, close: () => {} };
      return this.socket;
    },
    later: () => () => {}
  };

  say(...frames: (object | ArrayBuffer)[]) {
    for (const frame of frames) {
      this.socket.onmessage?.({ data: frame instanceof ArrayBuffer ? frame : JSON.stringify(frame) });
    }
  }
}

class Seen {
  text = '';
  reset = () => (this.text = '');
  resize = (cols: number, rows: number) => (this.text += `[${cols}x${rows}]`);
  write = (bytes: Uint8Array) => (this.text += new TextDecoder().decode(bytes));
}

async function recorded(written = 100) {
  const wire = new Wire();
  const recording = new Recording(wire.outside, written);
  await Promise.resolve();
  await Promise.resolve();
  return { wire, recording };
}
const hello = { type: 'hello', paneId: 'p', role: 'viewer', cols: 80, rows: 24, seq: 0 };

describe('a recording', () => {
  it('begins with the first byte, or as far back as the ring surely reaches', async () => {
    expect((await recorded(1000)).wire.from).toBe(0);
    expect((await recorded(5_000_000)).wire.from).toBe(5_000_000 - 1024 * 1024 + 32 * 1024);
  });

  it('plays up to a byte, on from there, and anew where it goes back', async () => {
    const { wire, recording } = await recorded();
    wire.say(hello, output(0, 'hello '), output(6, 'world'));
    const seen = new Seen();
    recording.play(seen, undefined, 8);
    expect(seen.text).toBe('[80x24]hello wo');
    recording.play(seen, 8, 11);
    expect(seen.text).toBe('[80x24]hello world');
    recording.play(seen, 11, 3);
    expect(seen.text).toBe('[80x24]hel');
    expect([recording.first, recording.last]).toEqual([0, 11]);
  });

  it('has every size at the byte where it began', async () => {
    const { wire, recording } = await recorded();
    wire.say(hello, output(0, 'a'), { type: 'resize', cols: 100, rows: 30 }, output(1, 'b'));
    const seen = new Seen();
    recording.play(seen, undefined, 2);
    expect(seen.text).toBe('[80x24]a[100x30]b');
  });

  it('begins at a repaint, whose bytes are not counted', async () => {
    const { wire, recording } = await recorded();
    wire.say(hello, output(0, 'lost'), { type: 'snapshot', seq: 50, cols: 90, rows: 20 }, output(50, 'picture'), output(50, 'more'));
    const seen = new Seen();
    recording.play(seen, undefined, 52);
    expect(seen.text).toBe('[90x20]picturemo');
    expect([recording.first, recording.last]).toEqual([50, 54]);
  });
});
