import { dev, version } from '$app/environment';
import { goto } from '$app/navigation';

const ASK_MS = 5 * 60_000;

/** Whether the server holds another version of this app, and going over to it. */
class Update {
  ready = $state(false);
  #registration: ServiceWorkerRegistration | undefined;
  #page: string | undefined;

  /** Registers the service worker. @returns a function that ends the watching */
  open(): () => void {
    // In development every file is fresh from the server.
    if (dev) return () => undefined;
    const visible = () => document.hidden || void this.look();
    document.addEventListener('visibilitychange', visible);
    const timer = setInterval(visible, ASK_MS);
    void this.#register();
    return () => {
      document.removeEventListener('visibilitychange', visible);
      clearInterval(timer);
    };
  }

  /** The build of the page that the gateway says it holds: where that changes, it is time to look. */
  served(page: string | undefined): void {
    if (page === undefined || page === this.#page) return;
    const before = this.#page;
    this.#page = page;
    if (before !== undefined) void this.look();
  }

  async look(): Promise<void> {
    try {
      const answer = await fetch('/_app/version.json', { cache: 'no-store' });
      if (!answer.ok) return;
      const { version: served } = (await answer.json()) as { version: string };
      this.ready = served !== version;
      if (this.ready) await this.#registration?.update();
      // This page came from the server and is the new one already.
      else this.#registration?.waiting?.postMessage('take-over');
    } catch {
      // nobody answers: another time
    }
  }

  /** Goes over to the new version: the page is loaded anew. */
  async take(): Promise<void> {
    const waiting = this.#registration?.waiting;
    if (waiting) {
      const taken = new Promise((done) =>
        navigator.serviceWorker.addEventListener('controllerchange', done, { once: true })
      );
      waiting.postMessage('take-over');
      await Promise.race([taken, new Promise((done) => setTimeout(done, 3000))]);
    }
    location.reload();
  }

  async #register(): Promise<void> {
    if (!('serviceWorker' in navigator)) return;
    navigator.serviceWorker.addEventListener('message', ({ data, ports }) => {
      if (data === 'version?') ports[0]?.postMessage(version);
      // From a notification: the deep link it stands for.
      const href = (data as { go?: string } | undefined)?.go;
      if (href?.startsWith('/')) void goto(href);
    });
    navigator.serviceWorker.startMessages();
    try {
      this.#registration = await navigator.serviceWorker.register('/service-worker.js', {
        updateViaCache: 'none'
      });
      await this.look();
    } catch (e) {
      console.warn('The service worker was not registered', e);
    }
  }
}

export const update = new Update();
