import { beforeEach, describe, expect, it } from 'vitest';
import { Backoff } from '../src/lib/api/backoff';
import { PaneConnection, type Socket } from '../src/lib/terminal/connection';
import { PanesLink, type LinkOutside, type LinkSocket } from '../src/lib/terminal/panes-link';

interface Timer {
  at: number;
  run: () => void;
}

/** A server of panes, and a clock that only moves when told to. */
class FakeServer implements LinkOutside {
  sockets: FakeSocket[] = [];
  tickets = 0;
  refusal: number | undefined;
  timers: Timer[] = [];
  time = 0;
  backoff = new Backoff(100, 1000, () => 0);

  ticket = async () => {
    this.tickets++;
    if (this.refusal !== undefined) throw { status: this.refusal };
    return `/stream?ticket=${this.tickets}`;
  };

  connect = (url: string) => {
    const socket = new FakeSocket(url);
    this.sockets.push(socket);
    return socket;
  };

  later = (milliseconds: number, run: () => void) => {
    const timer = { at: this.time + milliseconds, run };
    this.timers.push(timer);
    return () => void (this.timers = this.timers.filter((t) => t !== timer));
  };

  now = () => this.time;

  get last(): FakeSocket {
    return this.sockets.at(-1)!;
  }

  async pass(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    for (;;) {
      const due = this.timers.filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.time = due.at;
      this.timers = this.timers.filter((t) => t !== due);
      due.run();
      await settle();
    }
    this.time = end;
  }

  /** Lets a socket that was asked for open, and answers the first ping. */
  async accept(roundTrip = 0): Promise<void> {
    await settle();
    this.last.onopen?.();
    await settle();
    this.time += roundTrip;
    this.last.pong();
    await settle();
  }
}

class FakeSocket implements LinkSocket {
  onopen: LinkSocket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  frames: Record<string, unknown>[] = [];
  inputs: Uint8Array[] = [];
  closed = false;

  constructor(readonly url: string) {}

  send(data: string | ArrayBufferView<ArrayBuffer>) {
    if (typeof data === 'string') this.frames.push(JSON.parse(data));
    else this.inputs.push(data as Uint8Array);
  }

  close() {
    this.closed = true;
  }

  text(frame: unknown) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  pong() {
    this.text({ type: 'pong', id: this.of('ping').at(-1)?.id });
  }

  hello(channel: number, seq = 0, role = 'driver') {
    this.text({ type: 'hello', paneId: 'p', role, cols: 80, rows: 24, seq, channel });
  }

  output(channel: number, seq: number, bytes: number[]) {
    const frame = new Uint8Array(12 + bytes.length);
    const view = new DataView(frame.buffer);
    view.setUint32(0, channel);
    view.setBigUint64(4, BigInt(seq));
    frame.set(bytes, 12);
    this.onmessage?.({ data: frame.buffer });
  }

  of(type: string) {
    return this.frames.filter((f) => f.type === type);
  }
}

const settle = () => new Promise((done) => setTimeout(done));

class Pane {
  drawn: number[] = [];
  links: string[] = [];
  problems: string[] = [];
  readonly connection: PaneConnection;

  constructor(link: PanesLink, paneId: string, role: 'driver' | 'viewer' = 'driver') {
    this.connection = new PaneConnection(
      role,
      link.pane(paneId),
      {
        write: (bytes, done) => {
          this.drawn.push(...bytes);
          done();
        },
        size: () => {}
      },
      {
        link: (state) => this.links.push(state),
        role: () => {},
        lease: () => {},
        exit: () => {},
        problem: (text) => this.problems.push(text)
      }
    );
    this.connection.start();
  }
}

let server: FakeServer;
let link: PanesLink;

beforeEach(() => {
  server = new FakeServer();
  link = new PanesLink(server);
});

describe('panes', () => {
  it('share one socket, which comes with the first', async () => {
    expect(server.tickets).toBe(0);
    new Pane(link, 'a');
    new Pane(link, 'b', 'viewer');
    await server.accept();
    expect(server.sockets.map((s) => s.url)).toEqual(['/stream?ticket=1']);
    expect(server.last.of('open')).toEqual([
      { type: 'open', channel: 1, paneId: 'a', role: 'driver' },
      { type: 'open', channel: 2, paneId: 'b', role: 'viewer' }
    ]);
  });

  it('have their own bytes, acks and input', async () => {
    const a = new Pane(link, 'a');
    const b = new Pane(link, 'b');
    await server.accept();
    server.last.hello(1);
    server.last.hello(2, 500);
    server.last.output(2, 500, [7, 8]);
    server.last.output(1, 0, [1, 2, 3]);
    expect(a.drawn).toEqual([1, 2, 3]);
    expect(b.drawn).toEqual([7, 8]);
    expect(server.last.of('ack')).toEqual([
      { type: 'ack', seq: 502, channel: 2 },
      { type: 'ack', seq: 3, channel: 1 }
    ]);
    b.connection.input('ä');
    expect([...server.last.inputs[0]!]).toEqual([0, 0, 0, 2, 0xc3, 0xa4]);
  });

  it('come back on their next byte after a cut', async () => {
    const a = new Pane(link, 'a');
    const b = new Pane(link, 'b');
    await server.accept();
    server.last.hello(1);
    server.last.hello(2);
    server.last.output(1, 0, [1, 2, 3]);
    server.last.onclose?.({ code: 1012 });
    expect([a.links.at(-1), b.links.at(-1)]).toEqual(['lost', 'lost']);
    await server.pass(1000);
    await server.accept();
    expect(server.sockets).toHaveLength(2);
    const opens = server.last.of('open');
    expect(opens).toHaveLength(2);
    expect(opens.find((f) => f.paneId === 'b')).not.toHaveProperty('from');
    const ofA = opens.find((f) => f.paneId === 'a')!;
    expect(ofA.from).toBe(3);
    const again = ofA.channel as number;
    expect(again).toBeGreaterThan(2);
    server.last.hello(again, 3);
    server.last.output(again, 3, [4]);
    expect(a.drawn).toEqual([1, 2, 3, 4]);
  });

  it.each([
    [1000, 'gone'],
    [4404, 'gone'],
    [4403, 'revoked'],
    [1012, 'lost'],
    [4408, 'lost']
  ])('hear alone that their channel is closed with %i', async (code, state) => {
    const a = new Pane(link, 'a');
    const b = new Pane(link, 'b');
    await server.accept();
    server.last.hello(1);
    server.last.hello(2);
    server.last.text({ type: 'closed', channel: 1, code });
    expect(a.links.at(-1)).toBe(state);
    expect(b.links.at(-1)).toBe('live');
    expect(server.last.closed).toBe(false);
  });

  it('hear of no frame for a channel that they have left', async () => {
    const a = new Pane(link, 'a');
    await server.accept();
    server.last.hello(1);
    a.connection.stop();
    expect(server.last.of('close')).toEqual([{ type: 'close', channel: 1 }]);
    server.last.output(1, 0, [1]);
    server.last.text({ type: 'error', problem: { title: 'Bad input' }, channel: 1 });
    expect(a.drawn).toEqual([]);
    expect(a.problems).toEqual([]);
  });

  it('that are too many try again', async () => {
    const a = new Pane(link, 'a');
    await server.accept();
    const problem = { type: 'urn:orchflow:problem:channel-limit', title: 'Conflict' };
    server.last.text({ type: 'error', problem, channel: 1 });
    expect(a.links.at(-1)).toBe('lost');
    await server.pass(1000);
    expect(server.last.of('open')).toHaveLength(2);
  });

  it('end for good with the session', async () => {
    const a = new Pane(link, 'a');
    await server.accept();
    server.last.hello(1);
    server.last.onclose?.({ code: 4403 });
    expect(a.links.at(-1)).toBe('revoked');
    await server.pass(60_000);
    expect(server.sockets).toHaveLength(1);
  });
});

describe('the link', () => {
  it('closes 5 s after the last pane', async () => {
    const a = new Pane(link, 'a');
    await server.accept();
    a.connection.stop();
    await server.pass(4900);
    expect(server.last.closed).toBe(false);
    await server.pass(200);
    expect(server.last.closed).toBe(true);
    expect(link.state).toBe('idle');
    expect(server.timers).toEqual([]);
  });

  it('stays for a pane that comes in time', async () => {
    const a = new Pane(link, 'a');
    await server.accept();
    a.connection.stop();
    await server.pass(4900);
    new Pane(link, 'b');
    await settle();
    server.last.pong();
    await server.pass(4900);
    server.last.pong();
    await server.pass(10_000);
    expect(server.sockets).toHaveLength(1);
    expect(server.last.closed).toBe(false);
  });

  it('measures the round trip', async () => {
    const seen: unknown[] = [];
    link.watch((l) => seen.push([l.state, l.latency]));
    new Pane(link, 'a');
    await server.accept(42);
    expect(seen).toEqual([
      ['connecting', undefined],
      ['live', 42]
    ]);
    await server.pass(4958);
    server.time += 17;
    server.last.pong();
    expect(link.latency).toBe(17);
  });

  it('takes a socket that answers no ping for broken', async () => {
    const a = new Pane(link, 'a');
    await server.accept();
    server.last.hello(1);
    const silent = server.last;
    await server.pass(26_000);
    expect(silent.closed).toBe(true);
    expect(a.links).toContain('lost');
    expect(server.sockets.length).toBeGreaterThan(1);
  });

  it('asks for one ticket at a time, and waits longer each time', async () => {
    server.refusal = 503;
    const panes = ['a', 'b', 'c'].map((id) => new Pane(link, id));
    await settle();
    expect(server.tickets).toBe(1);
    expect(panes.map((p) => p.links.at(-1))).toEqual(['lost', 'lost', 'lost']);
    await server.pass(4000);
    expect(server.tickets).toBeLessThan(9);
    server.refusal = undefined;
    await server.pass(8000);
    await server.accept();
    expect(server.last.of('open')).toHaveLength(3);
    expect(link.state).toBe('live');
  });

  it.each([
    [401, 'refused'],
    [403, 'revoked'],
    [404, 'gone']
  ])('that gets no ticket by %i tells its panes', async (status, state) => {
    server.refusal = status as number;
    const a = new Pane(link, 'a');
    await settle();
    expect(a.links.at(-1)).toBe(state);
    expect(link.state).toBe('refused');
    await server.pass(60_000);
    expect(server.tickets).toBe(1);
  });

  it('that is closed under way opens nothing', async () => {
    const a = new Pane(link, 'a');
    link.close();
    a.connection.stop();
    await settle();
    expect(server.sockets).toEqual([]);
    expect(link.state).toBe('idle');
  });

  it('that is closed and wanted again has one socket', async () => {
    new Pane(link, 'a').connection.stop();
    link.close();
    new Pane(link, 'b');
    await server.accept();
    expect(server.sockets).toHaveLength(1);
    expect(server.last.of('open')).toEqual([expect.objectContaining({ paneId: 'b' })]);
  });
});
