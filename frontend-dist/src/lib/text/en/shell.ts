export const shell = {
  name: 'orchflow',
  skip: 'Skip to the content',
  chat: 'Chat',
  swarm: 'Swarm',
  runs: 'Runs',
  terminal: 'Terminal',
  settings: 'Settings',
  main: 'Main',
  workspace: 'Workspace',
  making: 'Making your workspace …',
  reading: 'One moment …',
  signOut: 'Sign out',
  stopped: 'The workspace does not run.',
  start: 'Start it',
  connection: {
    live: 'Live',
    connecting: 'Connecting',
    lost: 'Connection lost, trying again',
    revoked: 'Your access was withdrawn'
  },
  noWorkspace: 'There is no such workspace, or it is another team’s.',
  toWorkspaces: 'Open another',
  go: {
    group: 'Go to',
    chat: 'Go to the chat',
    runs: 'Go to past runs',
    terminal: 'Go to the terminals',
    settings: 'Go to settings'
  }
};
