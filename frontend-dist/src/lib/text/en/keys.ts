export const keys = {
  palette: 'Commands',
  placeholder: 'Search actions, swarms, settings …',
  found: 'What was found',
  recent: 'Recent',
  none: (query: string) => `Nothing matches “${query}”.`,
  move: 'choose',
  take: 'go',
  close: 'close',
  allKeys: 'all keys',
  map: 'Keyboard',
  mapNote: (palette: string) =>
    `Single keys work while no field has the keyboard. ${palette} finds every action by name.`,
  then: 'then',
  or: 'or',
  terminal: 'In a terminal',
  terminalNote:
    'A terminal that you drive takes every key for its program. Only these stay with orchflow:',
  groups: {
    workspaces: 'Workspaces',
    swarms: 'Swarms',
    conversations: 'Conversations',
    settings: 'Settings'
  },
  open: 'Open the command palette',
  openMap: 'Show all keys',
  dismiss: 'Close'
};
