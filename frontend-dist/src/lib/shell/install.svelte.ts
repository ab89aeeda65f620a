interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

/** Making the app one of the device's own, where the browser offers it. */
class Install {
  #event = $state.raw<InstallPrompt>();

  /** Begins to listen for the browser's offer. @returns a function that ends it */
  open(): () => void {
    const offered = (event: Event) => (this.#event = event as InstallPrompt);
    const done = () => (this.#event = undefined);
    addEventListener('beforeinstallprompt', offered);
    addEventListener('appinstalled', done);
    return () => {
      removeEventListener('beforeinstallprompt', offered);
      removeEventListener('appinstalled', done);
    };
  }

  get possible(): boolean {
    return this.#event !== undefined;
  }

  async ask(): Promise<void> {
    await this.#event?.prompt();
    this.#event = undefined;
  }
}

export const install = new Install();
