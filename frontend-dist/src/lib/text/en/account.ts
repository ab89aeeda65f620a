export const account = {
  signIn: 'Sign in to orchflow',
  setUp: 'Set up orchflow',
  create: 'Create an account',
  first: 'This is the first account. It owns this orchflow and can invite others.',
  name: 'Your name',
  email: 'E-mail',
  password: 'Password',
  code: 'Code',
  codeNote: 'if you were given one',
  busy: 'One moment …',
  signInDo: 'Sign in',
  createDo: 'Create account',
  toCreate: 'No account yet? Create one',
  toSignIn: 'I have an account already',
  expired: 'Your session has ended',
  expiredNote: 'Sign in again to go on. What you see and have typed stays as it is.'
};
