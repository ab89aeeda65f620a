// Serves what lies in public/, and hands /api/… to the routes in routes/: each
// file there gives a list of {method, path, handle}.
import { createServer as createHttpServer } from 'node:http';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';

const routesFolder = new URL('./routes/', import.meta.url);
const publicFolder = new URL('../public/', import.meta.url);
const BODY_LIMIT = 64 * 1024; // bytes
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const HEADERS = {
  'x-content-type-options': 'nosniff',
};

/** An answer that is not a success: `{error, fields?}` with its status. */
export class HttpError extends Error {
  constructor(status, message, fields) {
    super(message);
    this.status = status;
    this.body = { error: message, fields };
  }
}

/** @param context {dataDir}: given to every routes file */
export async function createServer(context) {
  const routes = [];
  for (const file of readdirSync(routesFolder).sort()) {
    if (!file.endsWith('.js')) continue;
    const { default: make } = await import(new URL(file, routesFolder));
    routes.push(...make(context).map(compile));
  }
  return createHttpServer(async (request, response) => {
    try {
      await answer(routes, request, response);
    } catch (error) {
      const known = error instanceof HttpError;
      if (!known) console.error(error);
      send(response, known ? error.status : 500, known ? error.body : {});
    }
  });
}

function compile(route) {
  const pattern = route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)');
  return { ...route, pattern: new RegExp(`^${pattern}$`) };
}

async function answer(routes, request, response) {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (!pathname.startsWith('/api/')) {
    await sendFile(request, response, pathname);
    return;
  }
  const here = routes.filter(({ pattern }) => pattern.test(pathname));
  const route = here.find(({ method }) => method === request.method);
  if (!route) throw new HttpError(here.length ? 405 : 404, 'Not here.');
  const { status = 200, body } = await route.handle({
    params: route.pattern.exec(pathname).groups ?? {},
    json: () => readJson(request),
  });
  send(response, status, body);
}

async function sendFile(request, response, pathname) {
  if (request.method !== 'GET') throw new HttpError(405, 'Only GET.');
  const name = pathname === '/' ? 'index.html' : pathname.slice(1);
  const type = TYPES[extname(name)];
  if (!type || !/^[\w-]+\.\w+$/.test(name)) throw new HttpError(404, 'None.');
  let content;
  try {
    content = await readFile(new URL(name, publicFolder));
  } catch {
    throw new HttpError(404, 'No such page.');
  }
  response.writeHead(200, { ...HEADERS, 'content-type': type });
  response.end(content);
}

async function readJson(request) {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
    throw new HttpError(415, 'The body has to be JSON.');
  }
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new HttpError(413, 'Too large.');
    chunks.push(chunk);
  }
  try {
    const value = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (value && typeof value === 'object' && !Array.isArray(value)) {
      return value;
    }
  } catch {
    // answered below, like everything else that is no JSON object
  }
  throw new HttpError(400, 'The body is not a JSON object.');
}

function send(response, status, body) {
  const text = body === undefined ? '' : JSON.stringify(body);
  const type = 'application/json; charset=utf-8';
  response.writeHead(status, { ...HEADERS, 'content-type': type });
  response.end(text);
}
