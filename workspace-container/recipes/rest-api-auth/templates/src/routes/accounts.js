// Registration, login, and who am I.
import { join } from 'node:path';
import { Collection } from '../collection.js';
import { HttpError, badInput } from '../http.js';
import { hash, matches } from '../passwords.js';
import { issue } from '../tokens.js';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
// Somebody unknown costs the same time as a wrong password.
const nobody = hash('nobody has this password');

function credentials({ email, password }) {
  const fields = {};
  if (typeof email !== 'string' || email.length > 254 || !EMAIL.test(email)) {
    fields.email = 'must be an e-mail address';
  }
  if (typeof password !== 'string' || password.length > 200) {
    fields.password = 'must be a text of at most 200 characters';
  } else if (password.length < 10) {
    fields.password = 'must have at least 10 characters';
  }
  if (Object.keys(fields).length > 0) throw badInput(fields);
  return { email: email.toLowerCase(), password };
}

export default function accountRoutes({ dataDir, secret }) {
  const accounts = new Collection(join(dataDir, 'accounts.json'));

  async function register({ json }) {
    const { email, password } = credentials(await json());
    const passwordHash = await hash(password);
    if (accounts.find((account) => account.email === email)) {
      throw new HttpError(409, 'taken', 'This e-mail has an account.');
    }
    const { id } = accounts.add({ email, passwordHash });
    return { status: 201, body: { id, email } };
  }

  async function login({ json }) {
    const { email, password } = credentials(await json());
    const account = accounts.find((one) => one.email === email);
    const stored = account?.passwordHash ?? (await nobody);
    if (!(await matches(password, stored)) || !account) {
      throw new HttpError(401, 'unauthorized', 'E-mail or password is wrong.');
    }
    return { body: issue(account.id, secret) };
  }

  function me({ accountId }) {
    const account = accounts.get(accountId);
    if (!account) throw new HttpError(401, 'unauthorized', 'Account is gone.');
    return { body: { id: account.id, email: account.email } };
  }

  return [
    { method: 'POST', path: '/register', open: true, handle: register },
    { method: 'POST', path: '/login', open: true, handle: login },
    { method: 'GET', path: '/me', handle: me },
  ];
}
