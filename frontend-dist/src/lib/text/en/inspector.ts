import type { News } from '../../views/swarm/inspector/away';

export const inspector = {
  name: 'Inspector',
  needsYou: 'Needs you',
  openPane: 'Open',
  openPaneOf: (task: string) => `Open the pane of ${task}`,
  asks: 'The program asks for a person.',
  since: (ago: string) => `asked ${ago}`,
  away: 'While you were away',
  news: ({ done, needsYou, failed }: News) =>
    [
      done && `${done} done`,
      needsYou && `${needsYou} ${needsYou === 1 ? 'needs' : 'need'} you`,
      failed && `${failed} failed`
    ]
      .filter(Boolean)
      .join(', '),
  dismiss: 'Dismiss',
  terminals: {
    label: (n: number) => `Its terminals (${n})`,
    running: 'running',
    exited: (code?: number) => (code === undefined ? 'ended' : `exit ${code}`)
  },
  mail: {
    label: 'Messages among agents',
    all: 'all',
    people: 'people',
    read: 'read',
    waits: 'not read yet',
    refused: (why: string) => `not sent: ${why}`
  },
  tasks: 'Tasks',
  details: 'Details',
  select: 'Select a task to see its agent, its checks and its evidence.',
  role: 'Role',
  adapter: 'Adapter',
  program: 'Program',
  capOnly: 'time and process cap only',
  capNote: 'It has a model and a login of its own, which orchflow neither counts nor limits',
  labels: {
    structured: 'Its own events say what it does',
    observed: 'Its pane and its exit say what it does'
  },
  tokens: 'Tokens',
  inOut: (into: string, out: string) => `${into} in, ${out} out`,
  cost: 'Cost',
  attempt: 'Attempt',
  state: 'State',
  started: 'Started',
  took: 'Took',
  running: 'Running for',
  waitsFor: 'Waits for',
  commit: 'Commit',
  process: 'Process',
  exited: 'Exit code',
  evidence: 'Evidence',
  message: 'Message',
  to: 'To',
  swarm: 'the whole swarm',
  agentOf: (role: string, task: string) => `${role}: ${task}`,
  placeholder: 'Tell it something',
  send: 'Send',
  sends: 'Enter sends, Shift+Enter makes a line',
  sent: (to: string) => `Sent to ${to}.`,
  notAllowed: 'A member of the team can send messages.'
};
