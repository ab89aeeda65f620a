export const error = {
  again: 'Try again.',
  reload: 'Reload the page.',
  server: 'Try again. If it stays, look at `./orchflow logs`.',
  silent: 'orchflow does not answer.',
  silentHint:
    'Check that `./orchflow up` is still running; this page goes on by itself when it is back.',
  answered: (status: number) => `The server answered ${status}.`,
  later: (seconds: number | undefined) =>
    seconds ? `Try again in ${seconds} s.` : 'Try again in a moment.',
  restarting: (service: string) => `The service ${service} restarts by itself.`,
  fields: {
    title: 'Title',
    role: 'Role',
    command: 'Command',
    acceptance: 'A check',
    dependsOn: 'Order',
    id: 'Id',
    recipe: 'Recipe',
    tasks: 'Tasks',
    name: 'Name',
    displayName: 'Name',
    email: 'E-mail',
    password: 'Password',
    new: 'New password',
    text: 'Message',
    gitUrl: 'Git address',
    profile: 'Agent program',
    prompt: 'What it shall do',
    model: 'Model',
    url: 'Address',
    wires: 'Dialects',
    key: 'Key',
    models: 'Models'
  } as Record<string, string>,
  ofTask: (what: string, number: number) => `${what} of task ${number}`,
  ofModel: (what: string, number: number) => `${what} of model ${number}`,
  task: (number: number) => `Task ${number}`,
  hints: {
    400: 'Correct it, then try again.',
    401: 'Sign in again, then repeat what you did.',
    403: 'Ask an owner of the team for a role that may do this.',
    404: 'It may have been deleted. Reload the page.',
    409: 'The state has changed meanwhile. Look at what is shown now.',
    412: 'Somebody changed it before you. Reload to see their version, then make your change again.',
    413: 'Make it smaller, then try again.'
  } as Record<number, string>
};
