// A task from its first turn to the last message that people sent.
import { constants } from 'node:os';
import { READERS } from './events/readers.mjs';
import { environment, writeFiles } from './home.mjs';
import { asPrompt } from './inbox.mjs';
import { version } from './program.mjs';
import * as draw from './render.mjs';
import { print } from './screen.mjs';
import { fill } from './template.mjs';
import { Turn } from './turn.mjs';

const VERSION_MILLIS = 5000;

/** A key pressed in the pane reaches the program by itself; the same signal twice would make many of them give up at once. */
const SECOND_HAND_MILLIS = 300;

export class Session {
  #profile;
  #path;
  #values;
  #inbox;
  #activity;
  #written = new Set();
  #turn;
  #interrupted;

  /**
   * @param path of the program
   * @param values of the templates but for prompt and session
   */
  constructor({ profile, path, values, inbox, activity }) {
    this.#profile = profile;
    this.#path = path;
    this.#values = { ...values };
    this.#inbox = inbox;
    this.#activity = activity;
  }

  /** @returns the exit code */
  async run(prompt, { role } = {}) {
    const listeners = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => [name, () => this.#pass(name)]);
    listeners.forEach(([name, listener]) => process.on(name, listener));
    try {
      await this.#introduce(role);
      if (this.#interrupted) return this.#cancelled().exitCode;
      let end = await this.#take(prompt, this.#profile.headless);
      while (end.exitCode === 0 && !this.#interrupted) {
        const messages = this.#messages();
        if (messages.length === 0 || !this.#canResume(messages.length)) return end.exitCode;
        end = await this.#take(asPrompt(messages), this.#profile.resume);
      }
      this.#notGiven(this.#messages().length, this.#interrupted ? `the agent was ended by ${this.#interrupted}` : 'the turn before did not end well');
      return end.exitCode;
    } finally {
      listeners.forEach(([name, listener]) => process.off(name, listener));
    }
  }

  async #introduce(role) {
    const profile = this.#profile;
    const found = await version(this.#path, environment(profile, this.#values), VERSION_MILLIS);
    const model = profile.wire === null ? 'a model of its own login' : this.#values.model;
    print(draw.banner(this.#values.title, [`${profile.title} ${found ?? '(version unknown)'}`, model, role].filter(Boolean).join(' · ')));
    if (profile.wire !== null && this.#values.wire && this.#values.wire !== profile.wire) {
      print(draw.note(`${profile.title} speaks ${profile.wire}, and the model is said to speak ${this.#values.wire}.`));
    }
  }

  async #take(prompt, argv) {
    const values = { ...this.#values, prompt };
    writeFiles(this.#profile, values, this.#written);
    const Reader = READERS[this.#profile.events];
    const started = performance.now();
    this.#turn = new Turn({
      path: this.#path,
      args: argv.map((argument) => fill(argument, values)),
      env: environment(this.#profile, values),
      stdin: this.#profile.stdin === null ? undefined : fill(this.#profile.stdin, values),
      reader: Reader ? new Reader(this.#values.cwd) : undefined,
      on: { event: (event) => this.#event(event), line: (line) => this.#line(line) },
    });
    let end = await this.#turn.done;
    this.#turn = undefined;
    if (this.#interrupted && end.exitCode <= 1 && end.reason) end = this.#cancelled();
    this.#tell(end, (performance.now() - started) / 1000);
    return end;
  }

  #cancelled() {
    return { exitCode: 128 + constants.signals[this.#interrupted], reason: `ended by ${this.#interrupted}` };
  }

  #event(event) {
    if (event.kind === 'session') this.#values.session = event.id;
    print(draw.event(event));
    this.#activity.push(event);
  }

  #line(line) {
    print(draw.foreign(line));
    if (line.trim()) this.#activity.push({ kind: 'output', text: line });
  }

  #tell({ exitCode, reason }, seconds) {
    const took = `after ${seconds.toFixed(1)} s`;
    print(['']);
    if (!reason) return print(draw.good(`${this.#profile.title} ended its turn ${took}.`));
    this.#activity.push({ kind: 'error', text: reason });
    return print(draw.bad(`${this.#profile.title} did not finish, ${took}: ${reason} (exit code ${exitCode})`));
  }

  #messages() {
    const messages = this.#inbox.take();
    for (const message of messages) {
      print(draw.person(message));
      this.#activity.push({ kind: 'message', text: `${message.from} wrote: ${message.text}` });
    }
    return messages;
  }

  #canResume(count) {
    const { resume, title } = this.#profile;
    if (resume === null) return this.#notGiven(count, `${title} cannot go on with a session`);
    if (this.#values.session === undefined && resume.some((argument) => argument.includes('{{session}}'))) {
      return this.#notGiven(count, `${title} did not name its session`);
    }
    return true;
  }

  #notGiven(count, why) {
    if (count > 0) {
      const text = `${count === 1 ? 'This message was' : `These ${count} messages were`} not given: ${why}.`;
      print(draw.event({ kind: 'error', text }));
      this.#activity.push({ kind: 'error', text });
    }
    return false;
  }

  #pass(name) {
    const again = this.#interrupted !== undefined;
    this.#interrupted = name;
    if (name === 'SIGINT' && !again) setTimeout(() => this.#turn?.signal(name), SECOND_HAND_MILLIS).unref();
    else this.#turn?.signal(name);
  }
}
