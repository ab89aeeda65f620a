export const review = {
  title: (task: string) => `Review: ${task}`,
  about: 'The checks passed. Its changes are merged once you take them.',
  waiting: 'Waits for your review',
  open: 'Review',
  openOf: (task: string) => `Review the changes of ${task}`,
  close: 'Close the review',
  gone: 'This task does not wait for a review any more.',
  decline: 'Not this part',
  declined: 'Sent back',
  declineOf: (path: string, block: string) => `Do not take this part of ${path}: ${block}`,
  declineFile: 'Not this file',
  why: 'What should be different here?',
  whyOf: (path: string, block: string) => `What should be different in ${path} ${block}`,
  all: 'Anything else it should know',
  allHint: 'What should be different as a whole (optional)',
  accept: 'Merge the changes',
  sendBack: (parts: number) =>
    parts === 0 ? 'Send back' : `Send back with ${parts} ${parts === 1 ? 'part' : 'parts'} marked`,
  thinks: 'The agent starts again from what main is now, with its own work at hand, and reads what you say.',
  cannot: 'This task is done by a fixed command, which reads nothing: sent back, it fails.',
  say: 'Mark a part or say what should be different.',
  notAllowed: 'A member of the team can take or send back changes.',
  returned: (times: number) => (times ? `Came back ${times} ${times === 1 ? 'time' : 'times'}` : 'Sent back'),
  accepted: 'Taken in review',
  conflicts: {
    label: 'Will conflict',
    main: (task: string) => `“${task}” and what is merged already`,
    task: (task: string, other: string) => `“${task}” and “${other}”`,
    swarm: (task: string) => `“${task}” and another run of this workspace`,
    files: (paths: string[], more: number) => `${paths.join(', ')}${more ? ` and ${more} more` : ''}`,
    note: 'Merged as they are now, these would conflict. Whichever is later goes back to its agent, or fails.'
  }
};
