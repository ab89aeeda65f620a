const PREFIX = 'orchflow:';
/** Choices of this browser, whoever uses it. Everything else is the person's who is signed in. */
const OF_THE_BROWSER = new Set(['theme', 'contrast']);

/** Small things that this browser keeps for its person: drafts, choices. Never fails: a full store keeps nothing. */
export const kept = {
  get<T>(key: string): T | undefined {
    try {
      const text = localStorage.getItem(PREFIX + key);
      return text === null ? undefined : (JSON.parse(text) as T);
    } catch {
      return undefined;
    }
  },
  set(key: string, value: unknown): void {
    try {
      if (value === undefined) localStorage.removeItem(PREFIX + key);
      else localStorage.setItem(PREFIX + key, JSON.stringify(value));
    } catch {
      // private window or full store
    }
  },
  /** Forgets all keys that begin so. */
  clear(prefix: string): void {
    for (const key of keys()) {
      if (key.startsWith(prefix)) localStorage.removeItem(PREFIX + key);
    }
  },
  /** Forgets all that is the person's: they have signed out, or somebody else has signed in. */
  forgetPerson(): void {
    for (const key of keys()) {
      if (!OF_THE_BROWSER.has(key)) localStorage.removeItem(PREFIX + key);
    }
  }
};

function keys(): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => key.slice(PREFIX.length));
  } catch {
    return [];
  }
}
