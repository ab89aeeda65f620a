/** Small things that this browser keeps for its person: drafts, choices. Never fails: a full store keeps nothing. */
export const kept = {
  get<T>(key: string): T | undefined {
    try {
      const text = localStorage.getItem(`orchflow:${key}`);
      return text === null ? undefined : (JSON.parse(text) as T);
    } catch {
      return undefined;
    }
  },
  set(key: string, value: unknown): void {
    try {
      if (value === undefined) localStorage.removeItem(`orchflow:${key}`);
      else localStorage.setItem(`orchflow:${key}`, JSON.stringify(value));
    } catch {
      // private window or full store
    }
  },
  /** Forgets all keys that begin so. */
  clear(prefix: string): void {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(`orchflow:${prefix}`)) localStorage.removeItem(key);
    }
  }
};
