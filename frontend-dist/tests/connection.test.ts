import { beforeEach, describe, expect, it } from 'vitest';
import { Backoff } from '../src/lib/api/backoff';
import { PaneConnection, type Outside, type Socket } from '../src/lib/terminal/connection';

/** A pane that put out the bytes 0, 1, 2 … 255, 0 …, and a server that streams them. */
class FakeServer implements Outside {
  sockets: FakeSocket[] = [];
  urls: string[] = [];
  roles: string[] = [];
  refusal: number | undefined;
  waits: { milliseconds: number; run: () => void }[] = [];
  backoff = new Backoff(100, 1000, () => 0);

  ticket = async (role: string) => {
    this.roles.push(role);
    if (this.refusal) throw { status: this.refusal };
    return `/ws?ticket=${this.roles.length}`;
  };

  connect = (url: string) => {
    const socket = new FakeSocket();
    this.urls.push(url);
    this.sockets.push(socket);
    return socket;
  };

  later = (milliseconds: number, run: () => void) => {
    const wait = { milliseconds, run };
    this.waits.push(wait);
    return () => void (this.waits = this.waits.filter((w) => w !== wait));
  };

  get last(): FakeSocket {
    return this.sockets.at(-1)!;
  }

  async wake(): Promise<void> {
    this.waits.shift()?.run();
    await settle();
  }
}

class FakeSocket implements Socket {
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  sent: unknown[] = [];
  closed = false;

  send(data: unknown) {
    this.sent.push(data);
  }

  close() {
    this.closed = true;
  }

  text(frame: unknown) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  hello(seq = 0, role = 'viewer') {
    this.text({ type: 'hello', paneId: 'p', role, cols: 80, rows: 24, seq });
  }

  output(seq: number, length: number, first = seq) {
    const buffer = new ArrayBuffer(8 + length);
    new DataView(buffer).setBigUint64(0, BigInt(seq));
    for (let i = 0; i < length; i++) new DataView(buffer).setUint8(8 + i, (first + i) & 0xff);
    this.onmessage?.({ data: buffer });
  }

  cut(code: number) {
    this.onclose?.({ code });
  }

  acks(): number[] {
    return this.sent
      .filter((s): s is string => typeof s === 'string')
      .map((s) => JSON.parse(s))
      .filter((f) => f.type === 'ack')
      .map((f) => f.seq);
  }
}

const settle = () => new Promise((done) => setTimeout(done));

let server: FakeServer;
let drawn: number[];
let links: string[];
let connection: PaneConnection;

beforeEach(async () => {
  server = new FakeServer();
  drawn = [];
  links = [];
  connection = new PaneConnection(
    'viewer',
    server,
    {
      write: (bytes, done) => {
        drawn.push(...bytes);
        done();
      },
      size: () => {}
    },
    {
      link: (state) => links.push(state),
      role: () => {},
      lease: () => {},
      exit: () => {},
      problem: () => {}
    }
  );
  connection.start();
  await settle();
});

const counted = (n: number) => Array.from({ length: n }, (_, i) => i & 0xff);

describe('a cut', () => {
  it.each([1006, 1012, 4408, 4401])('with %i goes on behind the last byte drawn', async (code) => {
    server.last.hello();
    server.last.output(0, 300);
    server.last.cut(code);
    expect(links.at(-1)).toBe('lost');
    await server.wake();
    expect(server.urls.at(-1)).toBe('/ws?ticket=2&from=300');
    server.last.hello(300);
    server.last.output(300, 50);
    expect(drawn).toEqual(counted(350));
  });

  it('draws no byte twice when the server starts earlier', async () => {
    server.last.hello();
    server.last.output(0, 100);
    server.last.cut(1006);
    await server.wake();
    server.last.hello(60);
    server.last.output(60, 30);
    server.last.output(90, 60);
    expect(drawn).toEqual(counted(150));
  });

  it('loses nothing when it happens again and again', async () => {
    let at = 0;
    for (let round = 0; round < 20; round++) {
      server.last.hello(at);
      server.last.output(at, 37);
      at += 37;
      server.last.cut(1006);
      await server.wake();
      expect(server.urls.at(-1)).toContain(`from=${at}`);
    }
    expect(drawn).toEqual(counted(at));
  });

  it.each([
    [1000, 'gone'],
    [4403, 'revoked']
  ])('with %i is final', (code, state) => {
    server.last.hello();
    server.last.cut(code as number);
    expect(links.at(-1)).toBe(state);
    expect(server.waits).toEqual([]);
  });

  it('waits longer each time, and starts over after a hello', async () => {
    const waits: number[] = [];
    for (let i = 0; i < 5; i++) {
      server.last.cut(1006);
      waits.push(server.waits[0]!.milliseconds);
      await server.wake();
    }
    expect(waits).toEqual([100, 200, 400, 800, 1000]);
    server.last.hello();
    server.last.cut(1006);
    expect(server.waits[0]!.milliseconds).toBe(100);
  });
});

describe('a snapshot', () => {
  it('is drawn, but not counted', async () => {
    server.last.hello();
    server.last.output(0, 10);
    server.last.text({ type: 'snapshot', seq: 5000, cols: 80, rows: 24 });
    server.last.output(5000, 4, 1);
    server.last.output(5000, 10);
    expect(drawn).toEqual([...counted(10), 1, 2, 3, 4, ...counted(5010).slice(5000)]);
    server.last.cut(1006);
    await server.wake();
    expect(server.urls.at(-1)).toContain('from=5010');
  });
});

describe('acks', () => {
  it('say how far the screen is', () => {
    server.last.hello();
    server.last.output(0, 10);
    server.last.output(10, 10);
    expect(server.last.acks().at(-1)).toBe(20);
  });
});

describe('tickets', () => {
  it.each([
    [401, 'refused'],
    [403, 'revoked'],
    [404, 'gone']
  ])('refused with %i end it', async (status, state) => {
    server.refusal = status as number;
    server.last.cut(1006);
    await server.wake();
    expect(links.at(-1)).toBe(state);
    expect(server.waits).toEqual([]);
  });

  it('that cannot be had now are asked for again', async () => {
    server.refusal = 503;
    server.last.cut(1006);
    await server.wake();
    expect(links.at(-1)).toBe('lost');
    server.refusal = undefined;
    await server.wake();
    expect(server.sockets).toHaveLength(2);
  });
});

describe('the lease', () => {
  it('makes a viewer come back as a driver, who takes it', async () => {
    server.last.hello();
    server.last.output(0, 10);
    connection.takeLease();
    await settle();
    expect(server.roles).toEqual(['viewer', 'driver']);
    expect(server.sockets[0]!.closed).toBe(true);
    expect(server.urls.at(-1)).toContain('from=10');
    server.last.hello(10, 'driver');
    expect(server.last.sent).toContain('{"type":"lease","take":true}');
    connection.handBack();
    expect(server.last.sent.at(-1)).toBe('{"type":"lease","take":false}');
  });
});

it('stops for good', async () => {
  server.last.hello();
  connection.stop();
  expect(server.last.closed).toBe(true);
  server.last.cut(1006);
  expect(server.waits).toEqual([]);
});
