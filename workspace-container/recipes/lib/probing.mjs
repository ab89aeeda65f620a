import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { catalogueDir, readCatalogue } from './catalogue.mjs';
import * as show from './console.mjs';
import { parseFields } from './parameters.mjs';
import { Sandbox } from './sandbox.mjs';

/** @returns exit code: 0 all expectations hold, 1 one does not, 2 wrong call */
export async function main(args) {
  const probe = locate(args[0]);
  if (!probe) {
    show.line('usage: orchflow-probe <recipe>/<probe> [--name value]…   judges the tree in the current directory\n');
    available().forEach((name) => show.line(`  ${name}`));
    return 2;
  }
  const options = read(args.slice(1));
  const sandbox = new Sandbox(process.cwd());
  const tally = { held: 0, broken: 0 };
  show.line(show.dim(`probe ${args[0]}: ${sandbox.description}`));
  try {
    const { default: judge } = await import(pathToFileURL(probe));
    await judge(harness(sandbox, options, tally));
  } catch (error) {
    tally.broken += 1;
    show.bad(error.message.split('\n')[0]);
    error.message.split('\n').slice(1, 12).forEach((text) => show.line(show.dim(`  ${show.clip(text, 78)}`)));
  } finally {
    await sandbox.close();
  }
  show.line(`${tally.held} expectations hold, ${tally.broken} do not`);
  return tally.broken === 0 && tally.held > 0 ? 0 : 1;
}

function harness(sandbox, options, tally) {
  return {
    sandbox,
    options,
    fields: options.fields ? parseFields(options.fields) : [],
    has: (path) => existsSync(join(sandbox.tree, path)),
    /** One expectation; the rest of the probe goes on either way. */
    expect(ok, what) {
      tally[ok ? 'held' : 'broken'] += 1;
      if (ok) show.good(what);
      else show.bad(what);
      return ok;
    },
    /** A client of one origin. Answers: {status, headers, text, json}; an answer that is no JSON has json undefined. */
    client: (origin) => (method, path, body, headers) => call(origin + path, method, body, headers),
  };
}

async function call(url, method, body, headers = {}) {
  const init = { method, headers: { ...headers }, signal: AbortSignal.timeout(10_000) };
  if (body !== undefined) {
    init.body = typeof body === 'string' ? body : JSON.stringify(body);
    init.headers['content-type'] ??= 'application/json';
  }
  const answer = await fetch(url, init);
  const text = await answer.text();
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: answer.status, headers: answer.headers, text, json };
}

function locate(reference) {
  if (!/^[a-z-]+\/[a-z-]+$/.test(reference ?? '')) return undefined;
  const [recipe, probe] = reference.split('/');
  const path = join(catalogueDir, recipe, 'probes', `${probe}.mjs`);
  return existsSync(path) ? path : undefined;
}

function available() {
  return readCatalogue().recipes.flatMap(({ id }) =>
    readdirSync(join(catalogueDir, id, 'probes')).map((file) => `${id}/${file.replace('.mjs', '')}`),
  );
}

function read(words) {
  const options = {};
  for (let index = 0; index < words.length; index += 2) {
    options[words[index].replace(/^--/, '')] = words[index + 1] ?? '';
  }
  return options;
}
