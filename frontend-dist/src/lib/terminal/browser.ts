import { api } from '../api/client';
import type { Outside, Socket } from './connection';

/** Address of a socket on this origin, whatever form the server gave it in. */
export function absolute(url: string): URL {
  const full = new URL(url, location.href);
  full.protocol = full.protocol.replace('http', 'ws');
  return full;
}

function socket(url: string): Socket {
  const web = new WebSocket(absolute(url));
  web.binaryType = 'arraybuffer';
  const outer: Socket = {
    onmessage: null,
    onclose: null,
    send: (data) => {
      if (web.readyState === WebSocket.OPEN) web.send(data);
    },
    close: () => web.close(),
    get buffered() {
      return web.bufferedAmount;
    }
  };
  web.onmessage = (event) => outer.onmessage?.({ data: event.data });
  web.onclose = (event) => outer.onclose?.({ code: event.code });
  return outer;
}

/** The real network and clock for a pane. */
export function browserOutside(paneId: string): Outside {
  return {
    ticket: (role) => api.paneTicket(paneId, role),
    connect: socket,
    later: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    }
  };
}
