export const chat = {
  label: 'Conversation',
  hello: 'What should be built?',
  helloNote:
    'Say it in a sentence. You get a plan to read and change; after your approval agents work on it, each in a terminal that you can watch and take over.',
  examples: 'Examples',
  noKey: 'No key needed',
  about: (seconds: number) =>
    seconds < 90 ? `about ${Math.max(1, Math.round(seconds))} s` : `about ${Math.round(seconds / 60)} min`,
  measured: (runs: number, on: string, at: string) => `Median of ${runs} runs on ${on}, ${at}`,
  exampleTexts: [
    'Build me a REST API with auth for a book shop',
    'Make a small web app for a to-do list with tests',
    'Make a command-line tool that counts words in files, with tests',
    'Build a web app for plants'
  ],
  message: 'Message',
  placeholder: 'Describe what you want built',
  more: 'Say more, or change what you asked for',
  viewer: 'You can read this conversation. To write, ask an owner of the team to make you a member.',
  keys: 'Enter sends, Shift+Enter makes a new line',
  send: 'Send',
  sending: 'Sending …',
  reading: 'Reading your message …',
  choices: 'Choices',
  planHere: 'Plan, shown here',
  showPlan: 'Show this plan',
  latest: 'Jump to latest',
  new: 'New conversation',
  all: 'Conversations',
  focus: 'Write a message',
  group: 'Chat',
  copy: 'Copy',
  copied: 'Copied',
  progress: (done: number, total: number) => `${done} of ${total} tasks done`,
  openSwarm: 'Open the swarm',
  ghost: {
    label: 'Plan for what you are typing',
    planned: (tasks: number) => `${tasks} ${tasks === 1 ? 'task' : 'tasks'}`,
    asks: 'It would ask first:',
    none: 'No plan fits yet:',
    later: 'No preview right now. You can still send.',
    said: (tasks: number) => `Plan with ${tasks} tasks`
  }
};
