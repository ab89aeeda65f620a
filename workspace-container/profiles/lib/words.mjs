// A model's words, drawn as they come: whole lines, as wide as the pane.
import { columns, cyan, print, visible, width, wrap } from './screen.mjs';

export class Words {
  #rest = '';
  #begun = false;

  write(text) {
    this.#rest += visibleLines(text);
    const lines = this.#rest.split('\n');
    lines.slice(0, -1).forEach((line) => this.#draw(wrap(line, columns() - 2)));
    let last = lines.at(-1);
    while (width(last) > columns() - 2) {
      const [first, ...more] = wrap(last, columns() - 2);
      if (more.length === 0) break; // Only blanks are too many, and the last word may go on.
      this.#draw([first]);
      last = after(last, first);
    }
    this.#rest = last;
  }

  /** What is left of them; the next ones begin anew. */
  end() {
    if (this.#rest.trim()) this.#draw(wrap(this.#rest, columns() - 2));
    this.#rest = '';
    this.#begun = false;
  }

  #draw(lines) {
    for (const line of lines) {
      if (!this.#begun && !line.trim()) continue;
      print(this.#begun ? [`  ${line}`.trimEnd()] : ['', `${cyan('●')} ${line}`]);
      this.#begun = true;
    }
  }
}

const visibleLines = (text) => text.replace(/\r\n?/g, '\n').split('\n').map(visible).join('\n');

/** What follows a line that was drawn: blanks between words may have become fewer. */
function after(text, line) {
  let at = 0;
  for (const character of line) {
    if (character === ' ') continue;
    at = text.indexOf(character, at) + character.length;
  }
  return text.slice(at).trimStart();
}
