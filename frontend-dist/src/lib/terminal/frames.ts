/** Frames of the terminal's WebSocket, as the contract has them. */

export interface LeaseHolder {
  kind: string;
  id: string;
  name?: string;
}

export type TextFrame =
  | { type: 'hello'; paneId: string; role: string; cols: number; rows: number; seq: number }
  | { type: 'snapshot'; seq: number; cols: number; rows: number }
  | { type: 'resize'; cols: number; rows: number }
  | { type: 'lease'; holder?: LeaseHolder }
  | { type: 'exit'; exitCode?: number }
  | { type: 'error'; problem: { title: string; detail?: string } };

export interface OutputFrame {
  /** Number of the first byte, counted over everything the pane's program put out. */
  seq: number;
  bytes: Uint8Array;
}

const HEADER = 8;

/** @throws RangeError for a frame without its 8 byte header, or a number past 2^53 */
export function decodeOutput(frame: ArrayBuffer): OutputFrame {
  if (frame.byteLength < HEADER) {
    throw new RangeError(`An output frame of ${frame.byteLength} bytes has no sequence number`);
  }
  const seq = Number(new DataView(frame).getBigUint64(0));
  if (!Number.isSafeInteger(seq)) throw new RangeError(`Sequence number ${seq} is past 2^53`);
  return { seq, bytes: new Uint8Array(frame, HEADER) };
}

const CHANNEL = 4;

/** What stands behind the number of the channel. @throws RangeError for a frame without one */
export function decodeChannel(frame: ArrayBuffer): { channel: number; rest: ArrayBuffer } {
  return { channel: new DataView(frame).getUint32(0), rest: frame.slice(CHANNEL) };
}

export function encodeInput(channel: number, input: ArrayBufferView): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(CHANNEL + input.byteLength);
  new DataView(frame.buffer).setUint32(0, channel);
  frame.set(new Uint8Array(input.buffer, input.byteOffset, input.byteLength), CHANNEL);
  return frame;
}

/** @returns undefined for a kind that this version does not know */
export function decodeText(text: string): TextFrame | undefined {
  const frame = JSON.parse(text) as { type?: unknown };
  switch (frame.type) {
    case 'hello':
    case 'snapshot':
    case 'resize':
    case 'lease':
    case 'exit':
    case 'error':
      return frame as TextFrame;
    default:
      return undefined;
  }
}

/** Messages to the server stay below 60 KB. */
const LARGEST_INPUT = 32 * 1024;

export function splitInput(input: string | Uint8Array): Uint8Array<ArrayBuffer>[] {
  const source = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < source.length; at += LARGEST_INPUT) {
    parts.push(new Uint8Array(source.slice(at, at + LARGEST_INPUT)));
  }
  return parts;
}

export const encode = {
  ack: (seq: number) => JSON.stringify({ type: 'ack', seq }),
  lease: (take: boolean) => JSON.stringify({ type: 'lease', take }),
  resize: (cols: number, rows: number) => JSON.stringify({ type: 'resize', cols, rows })
};
