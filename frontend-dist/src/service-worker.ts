/// <reference types="@sveltejs/kit" />
/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
import { build, files, prerendered, version } from '$service-worker';
import { ANSWERS, answersOf, isForgetting, keeps, MOST_ANSWERS, stamped } from './lib/shell/answers';

// The app without a network. Pages and files of one version live in one cache; a version's cache
// stays as long as a page of that version is open, so that versions never mix. What the API last
// answered is kept for one person at a time.

const worker = self as unknown as ServiceWorkerGlobalScope;
const APP = 'orchflow-app-';
const CACHE = APP + version;
const PAGE = '/';
/** The cache of the person who is signed in, by the last answer that named them. */
const WHO = '/orchflow-person';
const WHO_CACHE = 'orchflow-person';
const ANSWER_MS = 1_000;

const shipped = new Set([...build, ...files, ...prerendered]);

worker.addEventListener('install', (event) => event.waitUntil(keepApp()));

async function keepApp(): Promise<void> {
  const cache = await caches.open(CACHE);
  // Hashed names change with their content; the others are asked for anew.
  await cache.addAll([...build].map((path) => new Request(path)));
  await cache.addAll([...files, PAGE].map((path) => new Request(path, { cache: 'reload' })));
}

worker.addEventListener('activate', (event) =>
  event.waitUntil(
    (async () => {
      await worker.clients.claim();
      await tidy();
    })()
  )
);

worker.addEventListener('message', (event) => {
  if (event.data === 'take-over') event.waitUntil(worker.skipWaiting());
});

/** Deletes the caches of versions that no page shows. A page that does not say its version keeps them all. */
async function tidy(): Promise<void> {
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const used = await Promise.all(pages.map(versionOf));
  if (used.includes(undefined)) return;
  for (const name of await caches.keys()) {
    if (name.startsWith(APP) && name !== CACHE && !used.includes(name.slice(APP.length))) {
      await caches.delete(name);
    }
  }
}

function versionOf(page: Client): Promise<string | undefined> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => done(String(data));
    page.postMessage('version?', [port2]);
    setTimeout(() => done(undefined), ANSWER_MS);
  });
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== worker.location.origin) return;
  if (url.pathname.startsWith('/api/')) {
    if (request.method === 'GET' && keeps(url.pathname)) event.respondWith(answer(event, url));
    else if (isForgetting(request.method, url.pathname)) event.respondWith(forgetAfter(request));
  } else if (request.method !== 'GET') {
    return;
  } else if (request.mode === 'navigate') {
    event.respondWith(page(event));
  } else if (shipped.has(url.pathname) || url.pathname.startsWith('/_app/immutable/')) {
    event.respondWith(file(request, url));
  }
});

/** The server's page while it answers, else the one of this version. */
async function page(event: FetchEvent): Promise<Response> {
  event.waitUntil(tidy());
  try {
    return await fetch(event.request);
  } catch (e) {
    const kept = await (await caches.open(CACHE)).match(PAGE);
    if (kept) return kept;
    throw e;
  }
}

/** A file of this version or, by its hashed name, of another that is still open. */
async function file(request: Request, url: URL): Promise<Response> {
  const mine = await (await caches.open(CACHE)).match(url.pathname);
  if (mine) return mine;
  if (url.pathname.startsWith('/_app/immutable/')) {
    for (const name of await caches.keys()) {
      const kept = name.startsWith(APP) && (await (await caches.open(name)).match(url.pathname));
      if (kept) return kept;
    }
  }
  return fetch(request);
}

/** What the server answers; where nobody does, its last answer with the time it was given. */
async function answer(event: FetchEvent, url: URL): Promise<Response> {
  const address = url.pathname + url.search;
  try {
    const response = await fetch(event.request);
    if (response.status === 401) event.waitUntil(forget());
    else if (response.ok) event.waitUntil(keep(url.pathname, address, response.clone()));
    else if ([502, 504].includes(response.status)) return (await lastKnown(address)) ?? response;
    return response;
  } catch (e) {
    const last = await lastKnown(address);
    if (last) return last;
    throw e;
  }
}

async function lastKnown(address: string): Promise<Response | undefined> {
  const who = await person();
  return who ? (await caches.open(answersOf(who))).match(address) : undefined;
}

async function keep(path: string, address: string, response: Response): Promise<void> {
  if (path === '/api/auth/me') {
    const { userId } = (await response.clone().json()) as { userId: string };
    if (userId !== (await person())) {
      await forget();
      await (await caches.open(WHO_CACHE)).put(WHO, new Response(userId));
    }
  }
  const who = await person();
  if (!who) return;
  const cache = await caches.open(answersOf(who));
  // The oldest go first: what is kept again becomes the newest.
  await cache.delete(address);
  await cache.put(address, await stamped(response, new Date()));
  const addresses = await cache.keys();
  for (const old of addresses.slice(0, Math.max(0, addresses.length - MOST_ANSWERS))) {
    await cache.delete(old);
  }
}

async function person(): Promise<string | undefined> {
  return (await (await caches.open(WHO_CACHE)).match(WHO))?.text();
}

async function forgetAfter(request: Request): Promise<Response> {
  const response = await fetch(request);
  if (response.ok) await forget();
  return response;
}

async function forget(): Promise<void> {
  await caches.delete(WHO_CACHE);
  for (const name of await caches.keys()) {
    if (name.startsWith(ANSWERS)) await caches.delete(name);
  }
}

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { href } = event.notification.data as { href: string };
  event.waitUntil(
    (async () => {
      const pages = await worker.clients.matchAll({ type: 'window' });
      const open = pages.find((p) => p.url.includes(href)) ?? pages[0];
      if (!open) return void (await worker.clients.openWindow(href));
      await open.focus();
      open.postMessage({ go: href });
    })()
  );
});
