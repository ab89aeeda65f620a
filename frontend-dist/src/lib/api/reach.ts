/** What the answers of the last calls tell about the server; whoever cares listens. */
export interface Reached {
  /** The server answered. `lastKnown`: the service worker answered in its place, from this time. */
  answered(lastKnown: Date | undefined): void;
  /** Nobody answered. */
  silent(): void;
  /** The server knows no session any more. */
  signedOut(): void;
}

/** Header of an answer that the service worker kept from an earlier one. */
export const LAST_KNOWN = 'x-orchflow-last-known';

const listeners = new Set<Partial<Reached>>();

export const reach = {
  /** @returns a function that ends it */
  watch(listener: Partial<Reached>): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  answered(response: Response): void {
    const kept = response.headers.get(LAST_KNOWN);
    for (const l of listeners) l.answered?.(kept ? new Date(kept) : undefined);
    // A refused sign-in is no lost session.
    if (response.status === 401 && !response.url.endsWith('/api/auth/login')) {
      for (const l of listeners) l.signedOut?.();
    }
  },
  silent(): void {
    for (const l of listeners) l.silent?.();
  }
};
