export const settings = {
  title: 'Settings',
  nav: 'Settings',
  sections: {
    look: 'Look',
    account: 'Account',
    tokens: 'Access tokens',
    team: 'Team',
    workspaces: 'Workspaces',
    notifications: 'Notifications',
    about: 'About'
  }
};
