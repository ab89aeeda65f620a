// Files of a clone. A path that leads out of it, by dots, absolute or by a link, is refused.
import { lstatSync, mkdirSync, readFileSync, readdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

const LARGEST = 4 * 1024 * 1024;

export class Refused extends Error {}

export class Clone {
  #root;

  constructor(root) {
    this.#root = realpathSync(root);
  }

  /** @returns the text of a file */
  read(path) {
    const at = this.there(path);
    const found = statSync(at);
    if (!found.isFile()) throw new Refused(`${path} is no file`);
    if (found.size > LARGEST) throw new Refused(`${path} has ${found.size} bytes: read a part of it with run`);
    const bytes = readFileSync(at);
    if (bytes.includes(0)) throw new Refused(`${path} is no text`);
    return bytes.toString('utf8');
  }

  isFolder(path) {
    return statSync(this.there(path)).isDirectory();
  }

  /** Names in a folder, those of folders with a slash. */
  names(path) {
    return readdirSync(this.there(path), { withFileTypes: true })
      .map((one) => (one.isDirectory() ? `${one.name}/` : one.name))
      .sort();
  }

  /** @returns whether it was there before */
  write(path, content) {
    const at = this.#within(path);
    const known = lstatSync(at, { throwIfNoEntry: false });
    if (known?.isDirectory()) throw new Refused(`${path} is a folder`);
    if (known && !known.isFile() && !known.isSymbolicLink()) throw new Refused(`${path} is no file`);
    if (known) {
      // Through a link only to what is there, and in the clone.
      writeFileSync(this.there(path), content);
      return true;
    }
    this.#held(this.#nearest(dirname(at)), path);
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(join(realpathSync(dirname(at)), at.slice(dirname(at).length + 1)), content, { flag: 'wx' });
    return false;
  }

  /** The real path of what is there. */
  there(path) {
    const at = this.#within(path);
    if (!lstatSync(at, { throwIfNoEntry: false })) throw new Refused(`there is no ${path}`);
    let real;
    try {
      real = realpathSync(at);
    } catch {
      throw new Refused(`${path} is a link to nothing`);
    }
    return this.#held(real, path);
  }

  #within(path) {
    if (path === '' || path.includes('\0')) throw new Refused('a path is a text without NUL');
    return this.#held(resolve(this.#root, path), path);
  }

  #held(at, path) {
    const way = relative(this.#root, at);
    if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) throw new Refused(`${path} leads out of the clone`);
    return at;
  }

  /** The real path of the first folder above that is there. */
  #nearest(at) {
    if (lstatSync(at, { throwIfNoEntry: false })) {
      try {
        return realpathSync(at);
      } catch {
        throw new Refused(`${relative(this.#root, at)} is a link to nothing`);
      }
    }
    return this.#nearest(dirname(at));
  }
}
