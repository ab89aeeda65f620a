import { kept } from './kept';

export type Theme = 'system' | 'light' | 'dark';
export type Contrast = 'system' | 'high';

/** How the app looks. `app.html` sets the same attributes before the first paint. */
class Appearance {
  theme = $state<Theme>(kept.get<Theme>('theme') ?? 'system');
  contrast = $state<Contrast>(kept.get<Contrast>('contrast') ?? 'system');
  /** What the theme comes to now. */
  scheme = $state<'light' | 'dark'>('dark');
  /** Counts the changes, for those who draw with the tokens' values themselves. */
  changes = $state(0);
  readonly #light = matchMedia('(prefers-color-scheme: light)');
  readonly #more = matchMedia('(prefers-contrast: more)');

  constructor() {
    this.#light.addEventListener('change', () => this.#apply());
    this.#more.addEventListener('change', () => this.#apply());
    this.#apply();
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    kept.set('theme', theme);
    this.#apply();
  }

  setContrast(contrast: Contrast): void {
    this.contrast = contrast;
    kept.set('contrast', contrast);
    this.#apply();
  }

  #apply(): void {
    const light = this.theme === 'light' || (this.theme === 'system' && this.#light.matches);
    const high = this.contrast === 'high' || this.#more.matches;
    this.scheme = light ? 'light' : 'dark';
    document.documentElement.dataset.theme = this.scheme;
    document.documentElement.dataset.contrast = high ? 'high' : 'normal';
    this.changes++;
  }
}

export const appearance = new Appearance();
