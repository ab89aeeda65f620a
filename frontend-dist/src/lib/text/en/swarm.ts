export const swarm = {
  name: 'Swarm',
  blank: 'An empty screen: nothing was put out since the last start.',
  reading: 'Reading the swarm …',
  done: (done: number, total: number) => `${done} of ${total} done`,
  progress: 'Tasks done',
  elapsed: 'Time at work',
  counts: 'Agents by state',
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel',
  cancelTitle: 'Cancel this run?',
  cancelText: 'Every agent ends now. Tasks that are done stay done; unfinished work is lost.',
  cancelYes: 'End every agent',
  cancelNo: 'Keep going',
  wish: {
    PAUSE: (stopped: number, all: number) => `Pausing … ${stopped} of ${all} stopped`,
    CANCEL: (stopped: number, all: number) => `Cancelling … ${stopped} of ${all} ended`,
    RUN: () => 'Starting again …'
  },
  holding: (left: number) =>
    left ? `Holding: ${left} still at work, nothing new begins` : 'Holding: nothing new begins',
  pauses: {
    label: 'Pause in another way',
    asked: 'asked for',
    levels: {
      hold: {
        name: 'Hold',
        keeps: 'Begins nothing new. Agents at work finish; their work is checked and merged.'
      },
      interrupt: {
        name: 'Interrupt',
        keeps: 'Ctrl-C, and ten seconds to end. Who ends goes on later as a new attempt with what it did; who does not is frozen.'
      },
      freeze: { name: 'Freeze', keeps: 'Every process stops where it is and goes on from there.' },
      hibernate: {
        name: 'Hibernate',
        keeps: 'Ends every process. Files and what was shown stay; agents go on later as new attempts with what they did.'
      }
    }
  },
  usage: {
    label: 'Models',
    tokens: (into: string, out: string) => `${into} tokens in, ${out} out`,
    note: (into: string, out: string) => `${into} tokens asked, ${out} answered, as the providers count them`,
    costNote: 'By the prices set for the models',
    limit: 'Set a limit',
    change: 'Change the limit'
  },
  budget: {
    raise: 'Raise the limit',
    raised: 'The limit is changed. The run goes on when you resume it.',
    elsewhere: 'Open Settings, Models',
    notAllowed: 'A member of the team can raise it.'
  },
  /** What an agent's program did last. */
  kinds: {
    command: 'runs',
    output: 'got',
    message: 'says',
    file: 'wrote',
    plan: 'plan',
    error: 'trouble',
    usage: 'used',
    session: 'began'
  } as Record<string, string>,
  wall: 'Wall',
  plan: 'Plan',
  planNote: 'The plan and the conversation that this swarm came from',
  tiles: 'Tiles',
  others: 'More tasks',
  result: 'See the result',
  whyFailed: 'See what failed',
  after: (titles: string[]) => `Starts after ${titles.join(', ')}`,
  ready: 'Starts as soon as there is room.',
  noPane: 'It ended before it had a terminal.',
  proof: 'Proved by',
  attempt: (n: number) => `attempt ${n}`,
  exit: (code: number) => `exit ${code}`,
  note: {
    connecting: 'Connecting …',
    lost: 'Connection lost. Trying again; nothing is lost.',
    gone: 'This terminal was closed.',
    revoked: 'Your access was withdrawn. Ask an owner of the team.',
    refused: 'You are signed out. Sign in to go on.',
    resynced: 'Repainted: some output was skipped.',
    agentLost: 'The agent was lost. Resume or retry to start it again.',
    away: 'The workspace does not run.',
    quiet: (minutes: number) => `Quiet for ${minutes} min`,
    paused: 'Paused',
    needsYou: 'Needs you',
    typing: (name: string) => `${name} is typing`,
    somebody: 'Somebody else',
    you: 'You are typing'
  },
  focus: {
    back: 'All terminals',
    take: 'Take over',
    handBack: 'Hand back',
    pauseAgent: 'Pause agent',
    resumeAgent: 'Resume agent',
    retry: 'Try again',
    noTerminal: 'This task has no terminal yet.',
    driving: (keys: string) => `You are typing here. ${keys} or “Hand back” gives it back to the agent.`,
    agentHas: (key: string) => `The agent has the keyboard. Press ${key} to take over, Esc for all terminals.`,
    otherHas: (name: string) => `${name} is typing. Esc goes back to all terminals.`,
    nobody: (key: string) => `Nobody has the keyboard. Press ${key} to take over, Esc for all terminals.`,
    mayNot: 'You may watch. Typing needs the role member.',
    ended: (code?: number) =>
      `This agent has ended${code === undefined ? '' : `, exit ${code}`}. What it put out stays here.`,
    hint: (key: string) => `Nothing was typed: press ${key} to take over first.`
  },
  do: {
    group: 'Swarm',
    tile: (n: number) => `Bring agent ${n} into the selected tile`,
    next: 'Next tile',
    previous: 'Previous tile',
    above: 'Tile above',
    below: 'Tile below',
    open: 'Open the selected agent',
    back: 'Back to all terminals',
    pause: 'Pause or resume the swarm',
    cancel: 'Cancel the swarm …',
    wall: 'Show all terminals, or four',
    message: 'Write a message to the swarm or an agent',
    take: 'Take over, or hand back',
    leave: 'Hand the keyboard back'
  },
  rewind: {
    open: 'Rewind',
    live: 'Back to live',
    marked: 'Rewound',
    slider: 'Moment in the output',
    reading: 'Reading what is kept …',
    from: 'Kept from the first byte.',
    later: 'The oldest output is no longer kept.',
    play: 'Play',
    stop: 'Stop'
  }
};
