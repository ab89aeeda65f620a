const count = (n: number, one: string, many: string) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

export const proof = {
  title: (task: string) => `Proof of “${task}”`,
  about: 'Each check ran on a clean export, first of the base, then of what the task made.',
  gone: 'This proof is not here any more. A new attempt has replaced it, or the link is of another swarm.',
  close: 'Close',
  checks: 'Checks',
  list: 'Evidence',
  show: ', show the proof',
  none: 'No check has run yet.',
  due: 'Will be checked',
  wroteInputs: 'Read its files: the task wrote them',
  theCheck: 'the check',
  verdict: {
    proved: 'Red before, green now',
    'green-before': 'Green before too',
    'no-base': 'Green, no base run',
    failed: 'Red now'
  },
  sentence: {
    proved: 'The check fails on the base and passes on the commit. The task made the difference.',
    'green-before': 'The check was green before: it proves nothing new.',
    'no-base': 'The check passes on the commit. It did not run on a base, so nothing shows that it could fail.',
    failed: 'The check fails on the commit.'
  },
  base: 'Before',
  baseOf: 'on the base',
  now: 'After',
  commitStage: 'on the task’s commit',
  mergedStage: 'on the merged tree',
  borrowed: 'This is the base run of the task’s own commit: the merged tree has none of its own.',
  noMergedBase: 'No base run: it is made before the merge, and this evidence has none.',
  emptyBase: 'No run: the workspace was empty before this task, so there was no base to check.',
  green: 'Green',
  red: 'Red',
  exit: (code: number) => `exit ${code}`,
  noBaseOutput: 'What the check put out on the base is not kept.',
  noOutput: 'The check put out nothing.',
  reading: 'Reading the output …',
  lines: (n: number) => count(n, 'line', 'lines'),
  earlier: (n: number) => `Show ${count(n, 'earlier line', 'earlier lines')}`,
  cutLead: 'Only the first 8 MiB of this output are kept.',
  raw: 'Open as plain text',
  output: 'Output',
  digest: {
    equal: 'Digest verified: these bytes are the ones that the evidence names.',
    differs: 'These bytes are not the ones that the evidence names. Do not trust this output.',
    cut: 'The digest covers the whole output, of which 8 MiB are kept: it can’t be checked here.',
    insecure: 'The browser checks digests only over https or on this machine.',
    unknown: 'The evidence names no digest of this output.'
  },
  facts: 'Facts',
  commit: 'Commit',
  stage: 'Stage',
  checkDigest: 'Check, SHA-256',
  outputDigest: 'Output, SHA-256',
  assurance: 'Assurance',
  finished: 'Finished',
  stages: {
    COMMIT: 'Commit: the task’s own commit',
    MERGED: 'Merged: the commit merged into main'
  },
  assurances: {
    sandboxed: 'Sandboxed: the check ran where the agent could not reach it, so the agent could not fake its result.',
    cooperative: 'Cooperative: the check ran without a sandbox, so an agent that wanted to could have influenced it.'
  },
  inputs: 'The task itself wrote what this check reads. Read these files before you trust it:',
  moreInputs: (n: number) => `and ${n.toLocaleString('en')} more`,
  runs: 'Runs of this check',
  newest: 'newest',
  shown: 'shown',
  again: 'Run it again',
  againNote: 'Runs all checks of this task on the same commit, in the same sandbox. The evidence so far stays.',
  running: (done: number, all: number) => `Running again: ${done} of ${count(all, 'check', 'checks')} done`,
  ran: (green: number, all: number) =>
    green === all ? `Ran again: ${count(all, 'check', 'checks')} green` : `Ran again: ${all - green} of ${all} red`,
  slow: 'Still running. The result appears here when it arrives.',
  notAllowed: 'A member of the team can run it again.',
  notSettled: 'It can run again once the task is done or has failed.',
  group: 'Proof'
};
