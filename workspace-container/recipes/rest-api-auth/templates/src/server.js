// Finds the route for a request, checks who asks, and answers. The routes lie
// in routes/: each file gives a list of {method, path, open?, handle}.
import { createServer as createHttpServer } from 'node:http';
import { readdirSync } from 'node:fs';
import { HttpError, readJson, send } from './http.js';
import { verify } from './tokens.js';

const folder = new URL('./routes/', import.meta.url);

/** @param context {dataDir, secret}: given to every routes file */
export async function createServer(context) {
  const routes = [];
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.js')) continue;
    const { default: make } = await import(new URL(file, folder));
    routes.push(...make(context).map(compile));
  }
  return createHttpServer(async (request, response) => {
    try {
      await dispatch(routes, context, request, response);
    } catch (error) {
      refuse(response, error);
    }
  });
}

function compile(route) {
  const pattern = route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)');
  return { ...route, pattern: new RegExp(`^${pattern}$`) };
}

async function dispatch(routes, context, request, response) {
  const url = new URL(request.url, 'http://localhost');
  const here = routes.filter((route) => route.pattern.test(url.pathname));
  if (here.length === 0) {
    throw new HttpError(404, 'not_found', `Nothing at ${url.pathname}.`);
  }
  const route = here.find(({ method }) => method === request.method);
  if (!route) {
    const allow = here.map(({ method }) => method).join(', ');
    response.setHeader('allow', allow);
    throw new HttpError(405, 'method_not_allowed', `Here only ${allow}.`);
  }
  const accountId = route.open ? undefined : authenticate(request, context);
  const answer = await route.handle({
    accountId,
    params: route.pattern.exec(url.pathname).groups ?? {},
    query: url.searchParams,
    json: () => readJson(request),
  });
  send(response, answer.status ?? 200, answer.body, answer.headers);
}

function authenticate(request, { secret }) {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  const accountId = scheme === 'Bearer' ? verify(token, secret) : undefined;
  if (!accountId) {
    throw new HttpError(401, 'unauthorized', 'A valid token is needed.');
  }
  return accountId;
}

function refuse(response, error) {
  if (error instanceof HttpError) {
    send(response, error.status, error.body);
    return;
  }
  console.error(error);
  send(response, 500, { error: 'internal', message: 'It is our fault.' });
}
