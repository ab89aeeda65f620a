const count = (n: number, one: string, many: string) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

export const result = {
  title: 'Result',
  back: 'To the swarm',
  summary: (done: number, total: number) => `${done} of ${count(total, 'task', 'tasks')} done`,
  green: (green: number, all: number) =>
    green === all ? `${count(all, 'check', 'checks')} green` : `${green} of ${count(all, 'check', 'checks')} green`,
  took: (time: string) => `took ${time}`,
  atWork: (time: string) => `at work for ${time}`,
  download: 'Download the files',
  downloadNote: 'The main branch of the workspace as a zip file.',
  run: 'How to run it',
  runNote: 'In a terminal of this workspace, or where you unpack the files:',
  noRun: 'This run names no commands. Look at the files in a terminal, or download them.',
  terminal: 'Open a terminal',
  commits: 'Commits',
  noCommits: 'No task has a commit yet.',
  commitOf: (task: string) => `the commit of ${task}`,
  command: 'the command',
  changes: 'What was made',
  attempt: (n: number) => `attempt ${n}`,
  notYet: 'Nothing to show until it is done.',
  neverRan: 'It did not run.',
  files: (n: number) => count(n, 'file', 'files'),
  reading: 'Reading the changes …',
  unchanged: 'This task changed no file.',
  tooLarge:
    'The changes are too large to show here (more than 32 MiB). Download the files, or look at the commit in a terminal with `git show`.',
  path: 'the path',
  binary: 'binary',
  binaryNote: 'A binary file: there are no lines to compare.',
  onlyRenamed: 'Renamed, its lines are the same.',
  noLines: 'No line changed: the file is empty, or only its mode changed.',
  diffOf: (path: string) => `Changes of ${path}`,
  before: 'Before',
  after: 'After',
  line: 'Line',
  showLines: (n: number) => `Show ${count(n, 'line', 'lines')}`,
  ofLines: (n: number) => `of ${count(n, 'line', 'lines')}`,
  letters: { added: 'A', deleted: 'D', renamed: 'R', copied: 'C', changed: 'M' },
  kinds: { added: 'Added', deleted: 'Deleted', renamed: 'Renamed', copied: 'Copied', changed: 'Changed' },
  failed: (task: string) => `“${task}” failed`,
  failedProgram: 'Its program failed before any check ran.',
  programExit: (code: number) => `Its program ended with exit ${code}; no check ran.`,
  whole: 'Whole proof',
  lastLines: 'The end of what it put out',
  retry: 'Try again',
  retryNote: 'Makes another attempt at this task.',
  retried: 'Asked for another attempt …',
  pane: 'Open the pane',
  edit: 'Edit the plan',
  editing: 'Preparing the plan …',
  editNote: 'Asks for the same again in the chat, with the tasks of this plan to change before another run.',
  noWish: 'What this plan was made for is no longer in its conversation.',
  noPlan: 'The answer brought no plan.',
  lookAtChat: 'Look at the chat, and ask there.',
  ask: 'Ask for a change',
  askNote: 'Opens the chat with a message to look over; nothing is sent before you do.',
  cancelledToo: (titles: string[]) =>
    `${titles.length === 1 ? 'One task was' : `${titles.length} tasks were`} cancelled because of it: ${titles.join(', ')}.`,
  notAllowed: 'A member of the team can try again.',
  cancelled: (done: number, total: number) =>
    `This run was cancelled after ${done} of ${count(total, 'task', 'tasks')}. What finished tasks made is kept, and shown below.`,
  paused: 'Paused: every program below is stopped.',
  running: (done: number, total: number) =>
    `Still at work: ${done} of ${count(total, 'task', 'tasks')} done. Finished tasks are shown below.`,
  resume: 'Resume',
  watch: 'Watch it',
  unknown: 'There is no such run in this workspace.',
  toRuns: 'Past runs',
  draft: (what: { task: string; check?: string; exitCode?: number; reason?: string; tail: string }) =>
    [
      what.check
        ? `The check \`${what.check}\` of task “${what.task}” failed${what.exitCode === undefined ? '' : ` with exit ${what.exitCode}`}.`
        : `Task “${what.task}” failed${what.reason ? `: ${what.reason}` : '.'}`,
      what.tail && `Its output ended with:\n\`\`\`\n${what.tail}\n\`\`\``,
      'Change the plan so that it works.'
    ]
      .filter(Boolean)
      .join('\n\n'),
  group: 'Result'
};
