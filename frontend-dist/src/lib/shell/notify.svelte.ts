import { kept } from '../state/kept';

const CHANNEL = 'orchflow-alerts';
/** How long a tab that is not seen waits for one that is to tell the person itself. */
const POLITE_MS = 400;
const HELD_MS = 5_000;

export interface Note {
  id: string;
  title: string;
  body: string;
  href: string;
}

/** Browser notifications: only after the person said so, and once however many tabs are open. */
class Notify {
  permission = $state(typeof Notification === 'undefined' ? 'unsupported' : Notification.permission);
  wanted = $state(kept.get<boolean>('notify') ?? false);
  /** Whether the person was asked whether they want them. */
  offered = $state(kept.get<boolean>('notify-offered') ?? false);
  readonly #told = new Set<string>();
  readonly #channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL);

  constructor() {
    this.#channel?.addEventListener('message', ({ data }) => this.#remember(String(data)));
  }

  get on(): boolean {
    return this.wanted && this.permission === 'granted';
  }

  /** Asks the browser, which asks the person: only ever from a click. */
  async turnOn(): Promise<void> {
    this.decline();
    if (this.permission === 'unsupported') return;
    this.permission = await Notification.requestPermission();
    this.wanted = this.permission === 'granted';
    kept.set('notify', this.wanted);
  }

  turnOff(): void {
    this.wanted = false;
    kept.set('notify', false);
  }

  decline(): void {
    this.offered = true;
    kept.set('notify-offered', true);
  }

  /** This tab has told the person of it: the others need not. */
  told(id: string): void {
    this.#remember(id);
    this.#channel?.postMessage(id);
  }

  /** Tells the person by the browser, where no tab has told them and none does so now. */
  async send(note: Note): Promise<void> {
    if (!this.on) return;
    await new Promise((done) => setTimeout(done, POLITE_MS));
    if (this.#told.has(note.id)) return;
    const mine = async (lock: Lock | null) => {
      if (!lock || this.#told.has(note.id)) return;
      this.told(note.id);
      await show(note);
    };
    if (navigator.locks) {
      await navigator.locks.request(`${CHANNEL}:${note.id}`, { ifAvailable: true }, mine);
    } else {
      await show(note);
    }
  }

  #remember(id: string): void {
    this.#told.add(id);
    setTimeout(() => this.#told.delete(id), HELD_MS);
  }
}

async function show({ id, title, body, href }: Note): Promise<void> {
  const options = { tag: id, body, icon: '/icon-192.png', data: { href } };
  const worker = await navigator.serviceWorker?.getRegistration();
  if (worker?.active) {
    await worker.showNotification(title, options);
    return;
  }
  const shown = new Notification(title, options);
  shown.onclick = () => {
    window.focus();
    shown.close();
    location.assign(href);
  };
}

export const notify = new Notify();
