import { WebglAddon } from '@xterm/addon-webgl';
import { Terminal } from '@xterm/xterm';
import type { Screen } from './connection';
import { silence } from './silence';

/** Chromium keeps 16 WebGL contexts a page and drops the oldest. */
const CONTEXTS = 12;
let contexts = 0;

const THEME = {
  background: '#0b0c0e',
  foreground: '#d9dde2',
  cursor: '#e7e9ec',
  selectionBackground: '#2d4a6e',
  scrollbarSliderBackground: '#22262d80',
  scrollbarSliderHoverBackground: '#323842',
  black: '#1c2026',
  red: '#ff7a72',
  green: '#7bd88f',
  yellow: '#e8b45a',
  blue: '#7fb2ff',
  magenta: '#c79bf2',
  cyan: '#6fd3d0',
  white: '#d9dde2',
  brightBlack: '#6b747e',
  brightRed: '#ff9c96',
  brightGreen: '#a2e6b0',
  brightYellow: '#f3cd8b',
  brightBlue: '#a8cbff',
  brightMagenta: '#dcc0f8',
  brightCyan: '#9ce4e2',
  brightWhite: '#ffffff'
};

/** An xterm.js that shows one pane and answers nothing. */
export class PaneScreen implements Screen {
  readonly terminal: Terminal;
  #webgl: WebglAddon | undefined;

  constructor(host: HTMLElement, scrollback: number) {
    this.terminal = new Terminal({
      cols: 80,
      rows: 24,
      scrollback,
      fontFamily: "'JetBrains Mono Variable', monospace",
      fontSize: 13,
      lineHeight: 1.15,
      theme: THEME,
      disableStdin: true,
      cursorInactiveStyle: 'outline',
      allowProposedApi: true
    });
    silence(this.terminal);
    this.terminal.open(host);
  }

  /** True while no character stands anywhere. */
  isBlank(): boolean {
    const buffer = this.terminal.buffer.active;
    for (let row = 0; row < buffer.length; row++) {
      if (buffer.getLine(row)?.translateToString(true)) return false;
    }
    return true;
  }

  /** Draws by WebGL while there is a context to spare. For panes at full size: scaled down, its letters blur. */
  accelerate(): void {
    if (this.#webgl || contexts >= CONTEXTS) return;
    try {
      const webgl = new WebglAddon();
      webgl.onContextLoss(() => this.decelerate());
      this.terminal.loadAddon(webgl);
      this.#webgl = webgl;
      contexts++;
    } catch {
      // no WebGL here: the DOM renderer stays
    }
  }

  decelerate(): void {
    if (!this.#webgl) return;
    this.#webgl.dispose();
    this.#webgl = undefined;
    contexts--;
  }

  write(bytes: Uint8Array, drawn: () => void): void {
    this.terminal.write(bytes, drawn);
  }

  size(cols: number, rows: number): void {
    if (cols !== this.terminal.cols || rows !== this.terminal.rows) {
      this.terminal.resize(cols, rows);
    }
  }

  close(): void {
    this.decelerate();
    this.terminal.dispose();
  }
}
