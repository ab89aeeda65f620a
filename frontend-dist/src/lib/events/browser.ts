import { api } from '../api/client';
import { absolute } from '../terminal/browser';
import { EventLink, type Socket } from './link';

function socket(url: string): Socket {
  const web = new WebSocket(absolute(url));
  const outer: Socket = { onmessage: null, onclose: null, close: () => web.close() };
  web.onmessage = (event) => outer.onmessage?.({ data: event.data });
  web.onclose = (event) => outer.onclose?.({ code: event.code });
  return outer;
}

export function browserEvents(workspaceId: string): EventLink {
  return new EventLink({
    address: () => api.eventsTicket(workspaceId),
    connect: socket,
    later: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    }
  });
}
