import { api } from '../api/client';
import { PanesLink, type LinkSocket } from './panes-link';

/** Address of a socket on this origin, whatever form the server gave it in. */
export function absolute(url: string): URL {
  const full = new URL(url, location.href);
  full.protocol = full.protocol.replace('http', 'ws');
  return full;
}

function socket(url: string): LinkSocket {
  const web = new WebSocket(absolute(url));
  web.binaryType = 'arraybuffer';
  const outer: LinkSocket = {
    onopen: null,
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
  web.onopen = () => outer.onopen?.();
  web.onmessage = (event) => outer.onmessage?.({ data: event.data });
  web.onclose = (event) => outer.onclose?.({ code: event.code });
  return outer;
}

/** The link to all panes of a workspace, over the real network and clock. */
export function browserPanes(workspaceId: string): PanesLink {
  return new PanesLink({
    ticket: () => api.panesTicket(workspaceId),
    connect: socket,
    later: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
    now: () => performance.now()
  });
}
