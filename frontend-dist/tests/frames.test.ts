import { describe, expect, it } from 'vitest';
import { decodeOutput, decodeText, splitInput } from '../src/lib/terminal/frames';

function frame(seq: bigint, bytes: number[]): ArrayBuffer {
  const buffer = new ArrayBuffer(8 + bytes.length);
  new DataView(buffer).setBigUint64(0, seq);
  new Uint8Array(buffer, 8).set(bytes);
  return buffer;
}

describe('output frames', () => {
  it('carry a big-endian number and raw bytes', () => {
    const { seq, bytes } = decodeOutput(frame(0x0102030405n, [0xff, 0x00, 0x1b]));
    expect(seq).toBe(0x0102030405);
    expect([...bytes]).toEqual([0xff, 0x00, 0x1b]);
  });

  it('may be empty behind the number', () => {
    expect(decodeOutput(frame(7n, [])).bytes).toHaveLength(0);
  });

  it('are refused without a number, or with one past 2^53', () => {
    expect(() => decodeOutput(new ArrayBuffer(7))).toThrow(RangeError);
    expect(() => decodeOutput(frame(2n ** 53n, []))).toThrow(RangeError);
    expect(decodeOutput(frame(2n ** 53n - 1n, [])).seq).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe('text frames', () => {
  it('of kinds that are not known are left out', () => {
    expect(decodeText('{"type":"news","x":1}')).toBeUndefined();
    expect(decodeText('{"type":"exit","exitCode":3}')).toEqual({ type: 'exit', exitCode: 3 });
  });
});

describe('input', () => {
  it('is cut below 60 KB and loses nothing', () => {
    const text = 'é'.repeat(50_000);
    const parts = splitInput(text);
    expect(parts.every((p) => p.length < 60_000)).toBe(true);
    expect(new TextDecoder().decode(Uint8Array.from(parts.flatMap((p) => [...p])))).toBe(text);
  });

  it('of nothing sends nothing', () => {
    expect(splitInput('')).toEqual([]);
  });
});
