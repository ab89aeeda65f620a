import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import * as children from './children.mjs';
import * as show from './console.mjs';
import { fill, readTemplate } from './template.mjs';

/** The work did not succeed; the message is all a person needs. */
export class StepFailed extends Error {}

/** What a step can do. Every act is printed as it happens, and done again on a second run only where something is missing. */
export class Step {
  #changed = [];
  #lines = 0;

  constructor({ recipe, task, names, fields, recipeDir, role, folder, request, inbox }) {
    Object.assign(this, { recipe, task, names, fields, recipeDir, role, folder, request, inbox });
    this.cwd = resolve(folder);
    mkdirSync(this.cwd, { recursive: true });
  }

  get summary() {
    return { files: this.#changed.length, lines: this.#lines };
  }

  say(text) {
    show.note(text);
  }

  heading(text) {
    show.heading(text);
  }

  /** Writes a file from a template of the recipe. `more` adds values to the template's names. */
  template(path, why, { from = path, more = {} } = {}) {
    const text = fill(readTemplate(this.recipeDir, from), { ...this.names, ...more });
    return this.write(path, text, why);
  }

  /** Writes a file line by line while showing it. A file that already reads so is left alone. */
  async write(path, text, why) {
    await this.messages();
    show.heading(path, why);
    const target = this.#path(path);
    if (existsSync(target) && readFileSync(target, 'utf8') === text) {
      show.note('already as it should be');
      return;
    }
    mkdirSync(dirname(target), { recursive: true });
    const file = openSync(target, 'w', text.startsWith('#!') ? 0o755 : 0o644);
    try {
      const lines = text.replace(/\n$/, '').split('\n');
      for (const [index, line] of lines.entries()) {
        writeSync(file, `${line}\n`);
        show.codeLine(index + 1, line);
        if (index % 40 === 39) await this.messages();
      }
      this.#lines += lines.length;
    } finally {
      closeSync(file);
    }
    this.#changed.push(path);
  }

  /** Replaces exact passages of a file: [[before, after]…]. A passage that is already replaced is left alone. */
  async edit(path, replacements, why) {
    await this.messages();
    show.heading(path, why);
    const target = this.#path(path);
    let text = readFileSync(target, 'utf8');
    for (const [before, after] of replacements) {
      if (text.includes(after)) continue;
      if (!text.includes(before)) throw new StepFailed(`${path} has no passage "${before.trim().split('\n')[0]}" to change`);
      text = text.replace(before, () => after);
    }
    writeFileSync(target, text);
    this.#changed.push(path);
    await this.diff(path);
  }

  async diff(path) {
    const { lines } = await children.run('git', ['--no-pager', 'diff', '--no-color', '--no-ext-diff', '-U2', '--', path], { cwd: this.cwd });
    lines.slice(4).forEach(show.diffLine);
  }

  read(path) {
    return readFileSync(this.#path(path), 'utf8');
  }

  has(path) {
    return existsSync(this.#path(path));
  }

  /** Runs a program and shows what it prints. Any exit code but 0 fails the step, unless `tolerate`. */
  async run(command, args = [], { tolerate = false, env = {}, seconds = 120, show: visible = true } = {}) {
    await this.messages();
    show.line();
    show.line(`${show.green('$')} ${show.bold(show.clip([command, ...args].map(quoted).join(' '), 78))}`);
    const onLine = (text) => visible && show.line(`  ${output(text)}`);
    const result = await children.run(command, args, { cwd: this.cwd, env: children.environment(env), onLine, seconds });
    const said = `${command} ${args[0] ?? ''} ended with ${result.exitCode} after ${result.millis} ms`;
    if (result.exitCode === 0) show.good(said);
    else if (tolerate) show.note(said);
    else throw new StepFailed(said);
    return result;
  }

  /** Starts the program under work, calls `talk(http)`, and ends it. `http` prints each request and answer. */
  async serving(command, args, talk, env = {}) {
    const dataDir = mkdtempSync(join(tmpdir(), 'orchflow-data-'));
    show.line();
    show.line(`${show.green('$')} ${show.bold([command, ...args].join(' '))}`);
    const child = children.start(command, args, { cwd: this.cwd, env: children.environment({ PORT: '0', DATA_DIR: dataDir, ...env }) });
    try {
      const origin = await children.origin(child);
      show.note(`up at ${origin}`);
      const http = (method, path, body, headers) => this.#call(origin, method, path, body, headers);
      return await talk(Object.assign(http, { origin }));
    } catch (error) {
      throw error instanceof StepFailed ? error : new StepFailed(error.message);
    } finally {
      await children.stop(child);
      rmSync(dataDir, { recursive: true, force: true });
    }
  }

  async #call(origin, method, path, body, headers = {}) {
    const init = { method, headers: { ...headers } };
    if (body !== undefined) {
      init.body = typeof body === 'string' ? body : JSON.stringify(body);
      init.headers['content-type'] ??= 'application/json';
    }
    show.line(`  ${show.blue('→')} ${method} ${show.clip(path, 30)} ${show.dim(show.clip(hidden(init.body ?? ''), 40))}`);
    const answer = await fetch(origin + path, init);
    const text = await answer.text();
    const colour = answer.status < 400 ? show.green : show.yellow;
    show.line(`  ${show.blue('←')} ${colour(answer.status)} ${show.dim(show.clip(hidden(text), 70))}`);
    let json;
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
    return { status: answer.status, headers: answer.headers, text, json };
  }

  /** Ends the step: the work cannot be done. */
  fail(why) {
    throw new StepFailed(why);
  }

  /** Fails the step unless `ok`; either way it is said. */
  expect(ok, what) {
    if (!ok) throw new StepFailed(`expected: ${what}`);
    show.good(what);
  }

  /** A safe point: prints what people wrote to this agent, and keeps it as a note in the repository. */
  async messages() {
    for (const { from, text } of this.inbox.take()) {
      show.line();
      show.line(show.yellow(`✉ message from ${show.clip(from, 60)}`));
      show.wrap(text, 74).forEach((part) => show.line(show.yellow(`  │ ${part}`)));
      const path = `notes/${this.task.step}.md`;
      mkdirSync(this.#path('notes'), { recursive: true });
      const before = this.has(path) ? this.read(path) : `# Notes for ${this.task.title}\n`;
      const entry = `\n**${show.clip(from, 80)}**: ${text.replace(/\s+/g, ' ').trim()}\n`;
      if (!before.includes(entry)) {
        writeFileSync(this.#path(path), before + entry);
        this.#changed.push(path);
      }
      show.note(`kept in ${path}; this playbook has fixed steps and does not change course`);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Commits what this step changed. Nothing changed: nothing committed. */
  async commit(message) {
    await this.messages();
    const identity = { name: `orchflow ${this.role}`, mail: `${this.role}@agents.orchflow.invalid` };
    const env = children.environment({
      GIT_AUTHOR_NAME: identity.name,
      GIT_AUTHOR_EMAIL: identity.mail,
      GIT_COMMITTER_NAME: identity.name,
      GIT_COMMITTER_EMAIL: identity.mail,
    });
    const git = (...args) => children.run('git', ['-c', 'safe.directory=*', '-c', 'commit.gpgsign=false', ...args], { cwd: this.cwd, env });
    show.heading('commit');
    await must(git('add', '--all', '--', '.'));
    const staged = await must(git('diff', '--cached', '--stat=76'));
    if (staged.lines.length === 0) {
      show.note('nothing to commit: all of it was there already');
      return;
    }
    staged.lines.forEach((text) => show.line(` ${text.replace(/\++/, show.green).replace(/-+$/, show.red)}`));
    await must(git('commit', '--quiet', '--no-verify', '-m', message));
    const head = await must(git('log', '-1', '--format=%h %s'));
    show.good(head.lines[0]);
  }

  #path(path) {
    return join(this.cwd, path);
  }
}

async function must(running) {
  const result = await running;
  if (result.exitCode !== 0) throw new StepFailed(`git: ${result.lines.join(' ')}`);
  return result;
}

const quoted = (word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`);

/** Tokens and passwords stay out of the picture. */
function hidden(text) {
  return String(text).replace(/"(token|password)":"[^"]*"/g, '"$1":"…"');
}

function output(text) {
  const clipped = show.clip(text, 76);
  if (/^\s*(✔|ok\b)/.test(text)) return show.green(clipped);
  if (/^\s*(✖|not ok\b)/.test(text)) return show.red(clipped);
  return show.dim(clipped);
}
