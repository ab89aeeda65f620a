export const shell = {
  name: 'orchflow',
  skip: 'Skip to the content',
  chat: 'Chat',
  swarm: 'Swarm',
  runs: 'Runs',
  terminal: 'Terminal',
  settings: 'Settings',
  main: 'Main',
  breadcrumbs: 'Where you are',
  workspace: 'Workspace',
  workspaces: 'Workspaces',
  newWorkspace: 'New workspace …',
  making: 'Making your workspace …',
  reading: 'One moment …',
  signOut: 'Sign out',
  start: 'Start',
  stop: 'Stop',
  remove: 'Delete …',
  cancel: 'Cancel',
  commands: 'Commands',
  person: 'You and this app',
  connection: {
    live: 'Live',
    connecting: 'Connecting',
    lost: 'Reconnecting',
    offline: 'Offline',
    silent: 'No answer',
    revoked: 'Access withdrawn'
  },
  noWorkspace: 'There is no such workspace, or it is another team’s.',
  toWorkspaces: 'Open another',
  go: {
    group: 'Go to',
    general: 'General',
    chat: 'Write a message in the chat',
    swarm: 'Go to the swarm',
    runs: 'Go to the runs',
    terminal: 'Go to the terminals',
    settings: 'Go to settings'
  },
  work: {
    group: 'Workspace',
    start: 'Start the workspace',
    stop: 'Stop the workspace',
    remove: 'Delete the workspace …',
    create: 'New workspace …'
  },
  look: {
    group: 'Look',
    label: 'Theme',
    system: 'As the system',
    light: 'Light',
    dark: 'Dark',
    use: (theme: string) => `Theme: ${theme}`,
    contrastOn: 'High contrast on',
    contrastOff: 'High contrast as the system'
  },
  create: {
    title: 'New workspace',
    note: 'A workspace holds one project: its files, terminals, conversations and swarms.',
    name: 'Name',
    team: 'Team',
    git: 'Git repository',
    gitNote: 'optional, an https address to clone',
    gitWrong: 'Give an address that begins with https://',
    do: 'Create workspace',
    busy: 'Creating …'
  },
  confirm: {
    removeTitle: (name: string) => `Delete “${name}”?`,
    removeText:
      'Its files, terminals, conversations and runs are deleted. Nobody can bring them back. Download the archive first if you want to keep the files.',
    remove: 'Delete workspace',
    stopTitle: (name: string) => `Stop “${name}”?`,
    stopText:
      'Its terminals end, and running swarms pause. Files, conversations and runs stay, and you can start it again.',
    stop: 'Stop workspace'
  },
  swarms: {
    label: 'Running swarms',
    running: (n: number) => `${n} running`,
    needs: (n: number) => (n === 1 ? '1 needs you' : `${n} need you`),
    none: 'No swarm runs now.',
    untitled: (started: string) => `Swarm of ${started}`,
    pending: 'Swarm that has not begun',
    progress: (done: number, total: number) => `${done} of ${total} tasks`,
    all: 'All runs'
  },
  status: {
    label: 'Status',
    latency: (ms: number) => `${ms} ms`,
    latencyNote: (ms: number) => `A request to orchflow and back took ${ms} ms.`,
    working: (n: number) => (n === 1 ? '1 agent at work' : `${n} agents at work`),
    idle: 'No agents at work',
    cpu: (cores: string) => `CPU ${cores}`,
    memory: (size: string) => `Memory ${size}`,
    usage: 'What this workspace uses, as the kernel counts it',
    cores: 'Processor cores in use',
    memoryLong: 'Memory',
    disk: 'Disk',
    processes: 'Processes',
    tokens: (sum: string) => `${sum} tokens`,
    tokensNote: (into: string, out: string) => `All runs of this workspace: ${into} in, ${out} out.`,
    isolation: {
      none: 'No isolation',
      namespaces: 'Namespaces',
      container: 'Container',
      kubernetes: 'Kubernetes'
    } as Record<string, string>,
    isolationNote: {
      none: 'Programs run as this orchflow’s own user and can see the machine. Run only what you trust.',
      namespaces: 'Programs run in Linux namespaces of their own: own processes, own view of the files.',
      container: 'The workspace runs in a container of its own.',
      kubernetes: 'The workspace runs in a pod of its own.'
    } as Record<string, string>
  },
  banner: {
    offline: 'You are offline. This page goes on by itself when you are back.',
    silent: 'orchflow does not answer. This page goes on by itself when it is back.',
    known: (time: string) => `You see the state of ${time}. Changes are not possible now.`,
    degraded: (names: string) => `Not available now: ${names}.`,
    names: {
      auth: 'sign-in and teams',
      orchestration: 'plans and swarms',
      terminal: 'terminals',
      workspaces: 'workspaces'
    } as Record<string, string>,
    starting: 'orchflow is starting.',
    services: {
      auth: 'Sign-in and teams are away: who is signed in stays signed in.',
      orchestration:
        'Plans and swarms are away: terminals go on; chat and runs come back by themselves.',
      terminal: 'Terminals are away: panes reconnect by themselves; plans and swarms go on.',
      workspaces:
        'Workspaces are away: they cannot be started or stopped now; what runs goes on.'
    } as Record<string, string>,
    service: (name: string) => `The service ${name} restarts by itself.`,
    workspaceStarting: 'The workspace is starting.',
    workspaceStopping: 'The workspace is stopping.',
    workspaceStopped: 'The workspace is stopped. Start it to use terminals and swarms.',
    workspaceFailed: 'The workspace failed.',
    again: 'Start again',
    viewer: 'You may look at this workspace, not change it. Ask an owner of the team for the role “member”.',
    revoked: 'Your access to this workspace was withdrawn.',
    update: 'A new version of orchflow is ready.',
    reload: 'Reload',
    later: 'Later'
  },
  alerts: {
    needs: (role: string) => `${role} needs you`,
    completed: 'Swarm completed',
    failed: 'Swarm failed',
    open: 'Open',
    offer: 'Get a browser notification when an agent needs you or a swarm ends?',
    offerYes: 'Turn on',
  },
  crash: {
    unknown: 'There is no such page',
    unknownNote: 'The address may be wrong, or what it showed was deleted.',
    broken: 'Something went wrong on this page',
    brokenNote: 'Nothing on the server is lost. Reload the page; if it stays, tell who runs this orchflow.',
    home: 'Go to your workspace',
    reload: 'Reload'
  }
};
