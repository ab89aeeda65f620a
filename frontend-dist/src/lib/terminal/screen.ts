import { WebglAddon } from '@xterm/addon-webgl';
import { Terminal } from '@xterm/xterm';
import type { Screen } from './connection';
import { Paced } from './paced';
import { silence } from './silence';
import { terminalTheme } from './theme';
import { tmuxWidths } from './widths';

/** Chromium keeps 16 WebGL contexts a page and drops the oldest; some are left to others. */
const CONTEXTS = 14;
const SCROLLBACK = 2000;
let contexts = 0;

/** An xterm.js that shows one pane and answers nothing. It can move from one place of the page to another. */
export class PaneScreen implements Screen {
  readonly terminal: Terminal;
  readonly element = document.createElement('div');
  readonly #paced = new Paced(
    (bytes, drawn) => this.terminal.write(bytes, drawn),
    (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    }
  );
  #webgl: WebglAddon | undefined;
  #opened = false;

  constructor() {
    this.terminal = new Terminal({
      cols: 80,
      rows: 24,
      scrollback: SCROLLBACK,
      fontFamily: "'JetBrains Mono Variable', monospace",
      fontSize: 13,
      lineHeight: 1.15,
      theme: terminalTheme(),
      disableStdin: true,
      cursorInactiveStyle: 'outline',
      allowProposedApi: true
    });
    silence(this.terminal);
    this.terminal.unicode.register(tmuxWidths);
    this.terminal.unicode.activeVersion = tmuxWidths.version;
  }

  /** Shows it in this place, and no more where it was before. */
  show(host: HTMLElement): void {
    host.append(this.element);
    this.pace(0);
    if (!this.#opened) {
      this.#opened = true;
      this.terminal.open(this.element);
    }
  }

  hide(host: HTMLElement): void {
    if (this.element.parentElement !== host) return;
    this.decelerate();
    this.element.remove();
  }

  /** Takes the page's colours over again. */
  restyle(): void {
    this.terminal.options.theme = terminalTheme();
  }

  /** The last line with a character on it, without colours. */
  lastLine(): string {
    const buffer = this.terminal.buffer.active;
    for (let row = buffer.baseY + this.terminal.rows - 1; row >= 0; row--) {
      const line = buffer.getLine(row)?.translateToString(true).trim();
      if (line) return line;
    }
    return '';
  }

  /** Draws by WebGL while there is a context to spare. */
  accelerate(): void {
    if (this.#webgl || contexts >= CONTEXTS || !this.#opened) return;
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
    const canvases = [...this.element.querySelectorAll('canvas')];
    this.#webgl.dispose();
    // Without this its context counts until it happens to be collected.
    for (const canvas of canvases) {
      canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
    }
    this.#webgl = undefined;
    contexts--;
  }

  write(bytes: Uint8Array, drawn: () => void): void {
    this.#paced.put(bytes, drawn);
  }

  /** Draws at most once in so many milliseconds; 0 as soon as output comes. */
  pace(milliseconds: number): void {
    this.#paced.every = milliseconds;
  }

  size(cols: number, rows: number): void {
    this.#paced.flush();
    if (cols !== this.terminal.cols || rows !== this.terminal.rows) {
      this.terminal.resize(cols, rows);
    }
  }

  close(): void {
    this.#paced.flush();
    this.decelerate();
    this.terminal.dispose();
    this.element.remove();
  }
}
