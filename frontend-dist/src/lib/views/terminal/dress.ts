import { mac } from '../../action/keys';
import { SearchAddon } from '@xterm/addon-search';
import { WebLinksAddon } from '@xterm/addon-web-links';
import type { Terminal } from '@xterm/xterm';
import { titleOf, webAddress } from './words';


export interface Dress {
  /** A link is under the pointer, or none any more. */
  link(address: string | undefined, at: MouseEvent): void;
  title(title: string): void;
  paste(text: string): void;
  search(): void;
}

/** Full-screen programs have their own scrolling, and often their own Ctrl+F. */
export const fullScreen = (terminal: Terminal) => terminal.buffer.active.type === 'alternate';

/** Copies the selection. @returns whether there was one */
export function copy(terminal: Terminal): boolean {
  const text = terminal.getSelection();
  if (!text) return false;
  void write(text).then(() => terminal.focus());
  return true;
}

async function write(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without https, or leave: the old way.
    const field = document.createElement('textarea');
    field.value = text;
    field.style.cssText = 'position:fixed;opacity:0';
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
}

function opened(event: MouseEvent, text: string): void {
  const address = webAddress(text);
  if (address && (mac ? event.metaKey : event.ctrlKey)) {
    window.open(address, '_blank', 'noopener,noreferrer');
  }
}

/** @returns whether the terminal itself is to handle it */
function key(terminal: Terminal, event: KeyboardEvent, dress: Dress): boolean {
  const mod = mac ? event.metaKey : event.ctrlKey;
  if (event.type !== 'keydown' || !mod || event.altKey) return true;
  const letter = event.key.toLowerCase();
  if (letter === 'c' && (event.shiftKey || mac || terminal.hasSelection())) {
    event.preventDefault();
    if (copy(terminal)) terminal.clearSelection();
    return false;
  }
  // The browser's paste follows.
  if (letter === 'v' && (event.shiftKey || mac)) return false;
  if (letter === 'f' && (event.shiftKey || mac || !fullScreen(terminal))) {
    event.preventDefault();
    event.stopPropagation();
    dress.search();
    return false;
  }
  return true;
}

/**
 * Gives a terminal links, a search and the keys for the clipboard. Not the addon for graphemes: it
 * and tmux 3.3a differ in the columns of ❤️, 1️⃣, 👍🏽 and Devanagari, and then the cursor stands wrong.
 */
export function dress(terminal: Terminal, host: HTMLElement, with_: Dress) {
  const search = new SearchAddon({ highlightLimit: 1000 });
  const hover = {
    hover: (event: MouseEvent, text: string) => with_.link(webAddress(text), event),
    leave: (event: MouseEvent) => with_.link(undefined, event)
  };
  const links = new WebLinksAddon(opened, hover);
  terminal.loadAddon(search);
  terminal.loadAddon(links);
  terminal.options.linkHandler = { activate: opened, ...hover };
  terminal.attachCustomKeyEventHandler((event) => key(terminal, event, with_));
  const titles = terminal.onTitleChange((title) => with_.title(titleOf(title)));
  const paste = (event: ClipboardEvent) => {
    if (!(event.target instanceof Element) || !event.target.closest('.xterm')) return;
    event.preventDefault();
    event.stopPropagation();
    with_.paste(event.clipboardData?.getData('text/plain') ?? '');
  };
  host.addEventListener('paste', paste, true);
  return {
    search,
    undress: () => {
      host.removeEventListener('paste', paste, true);
      titles.dispose();
      terminal.attachCustomKeyEventHandler(() => true);
      terminal.options.linkHandler = null;
      links.dispose();
      search.dispose();
    }
  };
}
