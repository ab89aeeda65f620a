import { graph } from './graph';

export const chat = {
  label: 'Conversation',
  title: 'What should be built?',
  intro:
    'Say it in a sentence. You read and change a plan; after your approval agents work on it, each in a terminal that you can watch and take over.',
  examples: 'Examples',
  noKey: 'No key needed',
  about: (seconds: number) =>
    seconds < 90 ? `about ${Math.round(seconds)} s` : `about ${Math.round(seconds / 60)} min`,
  composer: {
    label: 'Message',
    placeholder: 'Build me a REST API with auth',
    send: 'Send',
    keys: 'Enter sends, Shift+Enter makes a new line',
    viewer: 'You may read here, not write.',
    viewerNote: 'Ask an owner of the team to make you a member.'
  },
  ghost: {
    label: 'Plan as you type',
    tasks: (n: number) => (n === 1 ? '1 task' : `${n} tasks`),
    recipe: (name: string) => `recipe ${name}`,
    none: 'No plan fits yet',
    choose: 'It could be one of these',
    order: (role: string, title: string, after: number[]) =>
      `${role}: ${title}, ${after.length ? graph.after(after) : graph.atOnce}`,
    idle: 'The plan appears here while you type.'
  },
  source: { local: 'local planner', llm: 'model' },
  confidence: (value: number) =>
    value > 0.99 ? 'over 99 % sure' : `${Math.round(value * 100)} % sure`,
  thinking: 'Reading your message …',
  choices: 'Choices',
  latest: 'Jump to latest',
  planHere: 'Plan, shown here',
  planShow: 'Show this plan',
  progress: (done: number, total: number) => `${done} of ${total} done`,
  openSwarm: 'Open the swarm',
  code: 'the code',
  conversations: 'Conversations',
  untitled: 'New conversation',
  fresh: 'New conversation',
  reading: 'Reading the conversation …'
};
