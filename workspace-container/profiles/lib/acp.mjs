// A task given to a program that speaks the Agent Client Protocol: orchestration is its client, and this carries its streams.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { WAYS, reach } from './channel.mjs';
import { environment, writeFiles } from './home.mjs';
import { asPrompt } from './inbox.mjs';
import { Lines } from './lines.mjs';
import { version } from './program.mjs';
import { bad, banner, foreign, good, note, person } from './render.mjs';
import { print } from './screen.mjs';
import { fill } from './template.mjs';
import { Updates } from './updates.mjs';
import { Watched } from './watched.mjs';

const VERSION_MILLIS = 5000;
const END_MILLIS = 3000;
const CANCEL_MILLIS = 5000;
const LOST = 4;
const MOST_INTERRUPTIONS = 20;

export class AcpSession {
  #profile;
  #path;
  #values;
  #inbox;
  #watched;
  #updates;
  #written = new Set();
  #told = [];
  #id;
  #channel;
  #interrupted;

  /** As those of Session. */
  constructor({ profile, path, values, inbox, activity }) {
    this.#profile = profile;
    this.#path = path;
    this.#values = values;
    this.#inbox = inbox;
    this.#watched = new Watched(activity);
    this.#updates = new Updates(this.#watched, values.cwd);
  }

  /** @returns the exit code */
  async run(prompt, { role } = {}) {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => this.#signal(name));
    const found = await version(this.#path, environment(this.#profile, this.#values), VERSION_MILLIS);
    print(banner(this.#values.title, [`${this.#profile.title} ${found ?? '(version unknown)'}`, this.#values.model, role].filter(Boolean).join(' · ')));
    for (let interruptions = 0; interruptions <= MOST_INTERRUPTIONS && !this.#interrupted; interruptions++) {
      const channel = await reach(this.#values.address, this.#values.token, WAYS.acp);
      if (!channel) return LOST;
      const end = await this.#carry(channel, prompt);
      if (end) return this.#tell(end);
      print(note('the connection to orchflow is lost: coming again'));
    }
    return this.#interrupted ? 128 + constants.signals[this.#interrupted] : this.#tell({ exitCode: LOST, reason: 'the connection to orchflow was lost too often' });
  }

  #signal(name) {
    const again = this.#interrupted !== undefined;
    this.#interrupted = name;
    if (again || name !== 'SIGINT' || !this.#channel) process.exit(128 + constants.signals[name]);
    this.#channel.send({ orchflow: 'cancel' });
    setTimeout(() => process.exit(128 + constants.signals[name]), CANCEL_MILLIS).unref();
  }

  #tell({ exitCode, reason }) {
    print(['']);
    print(exitCode === 0 ? good(`${this.#profile.title} ended its turn.`) : bad(`${this.#profile.title} did not finish: ${reason} (exit code ${exitCode})`));
    if (exitCode !== 0) this.#watched.said(String(reason), false);
    return exitCode;
  }

  /** One connection is one process of the program. @returns how it ended; nothing where the connection was lost */
  async #carry(channel, prompt) {
    this.#channel = channel;
    const { profile, values } = { profile: this.#profile, values: this.#values };
    writeFiles(profile, values, this.#written);
    const child = spawn(this.#path, profile.headless.map((argument) => fill(argument, values)), { env: environment(profile, values), stdio: 'pipe' });
    const ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(`it could not be started: ${error.message}`));
      child.once('exit', (code, signal) => resolve(`its program ended ${signal ? `by ${signal}` : `with exit code ${code}`}`));
    });
    child.stdin.on('error', () => {});
    const out = new Lines((line) => this.#said(line, channel));
    child.stdout.on('data', (bytes) => out.write(bytes));
    const foreigners = new Lines((line) => print(foreign(line)));
    child.stderr.on('data', (bytes) => foreigners.write(bytes));
    // What people said in a session before is in the program's own memory of it.
    const all = this.#told.length > 0 && !this.#id ? `${prompt}\n${asPrompt(this.#told)}` : prompt;
    channel.send({ orchflow: 'hello', prompt: all, cwd: values.cwd, ...(this.#id ? { session: this.#id } : {}) });
    try {
      const died = ended.then((reason) => ({ exitCode: 1, reason }));
      return await Promise.race([this.#listen(channel, child), died]);
    } finally {
      this.#watched.silent();
      this.#channel = undefined;
      await channel.close();
      await this.#stop(child, ended);
    }
  }

  async #listen(channel, child) {
    for (let line = await channel.next(); line !== undefined; line = await channel.next()) {
      switch (line.orchflow) {
        case undefined:
          child.stdin.write(`${JSON.stringify(line)}\n`);
          break;
        case 'asked':
          this.#watched.silent();
          print(note(`waits for a person's yes: ${line.title}`));
          break;
        case 'permitted':
          this.#watched.silent();
          print(note(line.allowed ? `allowed, as its sandbox bounds it: ${line.title}` : `refused: ${line.title}`));
          break;
        case 'inbox': {
          const messages = this.#inbox.take();
          messages.forEach((one) => print(person(one)));
          this.#told.push(...messages);
          channel.send({ orchflow: 'messages', ...(messages.length > 0 ? { prompt: asPrompt(messages) } : {}) });
          break;
        }
        case 'end':
          return { exitCode: line.exitCode, reason: line.reason };
        default:
          return { exitCode: 1, reason: `orchflow says ${line.orchflow}, which this runner does not know: update the workspace` };
      }
    }
    return undefined;
  }

  #said(text, channel) {
    let line;
    try {
      line = JSON.parse(text);
      if (line === null || typeof line !== 'object' || Array.isArray(line)) throw new TypeError('no message');
    } catch {
      if (text.trim()) print(foreign(text));
      return;
    }
    delete line.orchflow; // Only the runner speaks for itself.
    this.#id = line.result?.sessionId ?? this.#id;
    if (line.method === 'session/update') this.#updates.take(line.params?.update);
    channel.send(line);
  }

  async #stop(child, ended) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.stdin.end();
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), END_MILLIS);
    await ended;
    clearTimeout(timer);
  }
}
