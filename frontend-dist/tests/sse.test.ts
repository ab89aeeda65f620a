import { describe, expect, it } from 'vitest';
import { EventParser } from '../src/lib/api/sse';

const STREAM =
  ': hello\n\nid: 7\nevent: message\ndata: {"a":1}\n\nid: 8\r\ndata: one\r\ndata: two\r\n\r\nretry: 500\nevent: delta\ndata:x\n\n';

const EVENTS = [
  { id: '7', event: 'message', data: '{"a":1}' },
  { id: '8', event: 'message', data: 'one\ntwo' },
  { id: '8', event: 'delta', data: 'x' }
];

describe('event streams', () => {
  it('are read whole', () => {
    const parser = new EventParser();
    expect(parser.push(STREAM)).toEqual(EVENTS);
    expect(parser.lastId).toBe('8');
    expect(parser.retry).toBe(500);
  });

  it('are read the same wherever they are cut', () => {
    for (let at = 0; at <= STREAM.length; at++) {
      const parser = new EventParser();
      const events = [...parser.push(STREAM.slice(0, at)), ...parser.push(STREAM.slice(at))];
      expect(events, `cut at ${at}`).toEqual(EVENTS);
    }
  });

  it('keep an event back until it is whole', () => {
    const parser = new EventParser();
    expect(parser.push('data: half')).toEqual([]);
    expect(parser.push('\n\n')).toEqual([{ id: '', event: 'message', data: 'half' }]);
  });
});
