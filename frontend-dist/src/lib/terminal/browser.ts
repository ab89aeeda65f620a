import { api } from '../api/client';
import type { Outside } from './connection';
import { PanesLink, type LinkSocket } from './panes-link';

function socket(url: string): LinkSocket {
  const full = new URL(url, location.href);
  full.protocol = full.protocol.replace('http', 'ws');
  const web = new WebSocket(full);
  web.binaryType = 'arraybuffer';
  const outer: LinkSocket = {
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (data) => {
      if (web.readyState === WebSocket.OPEN) web.send(data);
    },
    close: () => web.close()
  };
  web.onopen = () => outer.onopen?.();
  web.onmessage = (event) => outer.onmessage?.({ data: event.data });
  web.onclose = (event) => outer.onclose?.({ code: event.code });
  return outer;
}

function later(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}

/** The real network and clock for a pane. */
export function browserOutside(paneId: string): Outside {
  return {
    ticket: (role) => api.paneTicket(paneId, role),
    connect: socket,
    later
  };
}

const links = new Map<string, PanesLink>();

/** The link to all panes of a workspace: always the same one, so that a page has one socket. */
export function browserPanes(workspaceId: string): PanesLink {
  const known = links.get(workspaceId);
  if (known) return known;
  const link = new PanesLink({
    ticket: () => api.panesTicket(workspaceId),
    connect: socket,
    later,
    now: () => performance.now()
  });
  links.set(workspaceId, link);
  return link;
}
