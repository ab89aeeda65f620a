// The hands of orchflow's own agent: orchestration holds the conversation with the model and says what to do here.
import { constants } from 'node:os';
import { Activity } from './activity.mjs';
import { WAYS, reach } from './channel.mjs';
import { Inbox, asPrompt } from './inbox.mjs';
import { Refused, readInput } from './main.mjs';
import { Question, quoted } from './question.mjs';
import { bad, banner, event, good, note, person } from './render.mjs';
import { print, visible } from './screen.mjs';
import { Tools } from './tools.mjs';
import { Watched } from './watched.mjs';

const CANNOT = 2;
const LOST = 4;
const MOST_INTERRUPTIONS = 20;

/** @returns the exit code */
export async function main(env = process.env) {
  try {
    const input = readInput(env.ORCHFLOW_INPUT);
    const address = env.ORCHFLOW_MODEL_ADDRESS;
    const token = env.ORCHFLOW_MODEL_TOKEN;
    if (!(address && token && input.model?.name)) {
      throw new Refused(CANNOT, 'this task has no model: configure a model provider that speaks chat or messages');
    }
    print(banner(input.task?.title ?? 'Task', [input.model.name, input.task?.role].filter(Boolean).join(' · ')));
    const activity = new Activity(address, token);
    try {
      return await new Runner({ input, address, token, env, activity }).run();
    } finally {
      await activity.close();
    }
  } catch (error) {
    process.stderr.write(`orchflow-model: ${visible(error.message)}\n`);
    return error.exitCode ?? CANNOT;
  }
}

class Runner {
  #input;
  #address;
  #token;
  #inbox;
  #question;
  #watched;
  #tools;
  #told = [];

  constructor({ input, address, token, env, activity }) {
    this.#input = input;
    this.#address = address;
    this.#token = token;
    this.#inbox = new Inbox(env.ORCHFLOW_INBOX);
    this.#watched = new Watched(activity);
    this.#question = new Question(this.#inbox, this.#watched);
    const { ORCHFLOW_MODEL_TOKEN: _, ...rest } = env;
    this.#tools = new Tools({
      root: process.cwd(),
      env: rest,
      watch: { event: (one) => this.#watched.event(one), output: (bytes) => this.#watched.output(bytes) },
      question: (text) => this.#asked(text),
    });
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.once(name, () => {
        this.#tools.stop();
        process.exit(128 + constants.signals[name]);
      });
    }
  }

  async run() {
    for (let interruptions = 0; interruptions <= MOST_INTERRUPTIONS; interruptions++) {
      const channel = await reach(this.#address, this.#token, WAYS.tools);
      if (!channel) return LOST;
      const exitCode = await this.#conversation(channel, interruptions > 0);
      if (exitCode !== undefined) return exitCode;
      print(note('the connection to orchflow is lost: coming again'));
    }
    print(bad(`The connection to orchflow was lost ${MOST_INTERRUPTIONS} times: retry the task when orchflow is well.`));
    return LOST;
  }

  /** @returns the exit code; nothing where the connection was lost */
  async #conversation(channel, interrupted) {
    const forget = channel.onLost(() => {
      this.#question.stop();
      this.#tools.stop();
    });
    const { prompt, model } = this.#input;
    // A conversation that begins anew has not heard what people said in the one before.
    const all = this.#told.length > 0 ? `${prompt}\n${asPrompt(this.#told)}` : prompt;
    channel.send({ type: 'hello', prompt: all, model, interrupted });
    try {
      for (let line = await channel.next(); line !== undefined; line = await channel.next()) {
        const exitCode = await this.#heard(line, channel);
        if (exitCode !== undefined) return exitCode;
      }
      this.#watched.silent();
      return undefined;
    } finally {
      forget();
      await channel.close();
    }
  }

  async #heard(line, channel) {
    if (line.type === 'text') {
      this.#watched.words(String(line.text));
      return undefined;
    }
    this.#watched.silent();
    switch (line.type) {
      case 'usage':
        print(event({ kind: 'usage', input: line.input, output: line.output }));
        return undefined;
      case 'note':
        print(note(String(line.text)));
        return undefined;
      case 'call': {
        const result = await this.#tools.call(line.tool, line.arguments);
        channel.send({ type: 'result', id: line.id, ...result, messages: this.#messages() });
        return undefined;
      }
      case 'end':
        return this.#ended(line, channel);
      default:
        throw new Error(`orchflow says ${line.type}, which this runner does not know: update the workspace`);
    }
  }

  #ended({ exitCode, text }, channel) {
    this.#watched.said(String(text), exitCode === 0);
    print(exitCode === 0 ? good('The agent ended its turn') : bad(String(text)));
    const messages = exitCode === 0 ? this.#messages() : [];
    channel.send({ type: 'over', messages });
    return messages.length > 0 ? undefined : exitCode;
  }

  async #asked(text) {
    const messages = await this.#question.ask(text);
    this.#told.push(...messages);
    return messages.length > 0 ? quoted(messages) : 'Nobody answered: the connection was lost.';
  }

  #messages() {
    const messages = this.#inbox.take();
    messages.forEach((one) => print(person(one)));
    this.#told.push(...messages);
    return messages;
  }
}
