// What the engine does around a recipe, as small as it can be: a repository, a clone per task, merges in order, and the
// acceptance checks on clean exports of the base and of the commit.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalogueDir as shipped, readCatalogue } from '../lib/catalogue.mjs';
import { digestOf } from '../lib/digest.mjs';
import { names, resolve } from '../lib/parameters.mjs';
import { fill } from '../lib/template.mjs';

export const catalogueDir = shipped;
export const here = dirname(fileURLToPath(import.meta.url));

export const recipe = (id) => readCatalogue().recipes.find((one) => one.id === id);

export class Engine {
  constructor(recipeId, parameters, { catalogue = shipped, seed } = {}) {
    this.recipe = recipe(recipeId);
    this.catalogue = catalogue;
    this.parameters = resolve(this.recipe, parameters);
    this.names = names(this.recipe, this.parameters);
    this.root = mkdtempSync(join(tmpdir(), 'recipe-test-'));
    this.main = join(this.root, 'main');
    mkdirSync(this.main);
    git(this.main, 'init', '--quiet', '--initial-branch=main');
    for (const [path, text] of Object.entries(seed ?? {})) this.put(this.main, path, text);
    git(this.main, 'add', '--all');
    git(this.main, 'commit', '--quiet', '--allow-empty', '-m', 'base');
    this.done = new Set();
  }

  put(folder, path, text) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  /** Tasks in waves: all whose dependencies are merged start from the same main. */
  waves() {
    const waves = [];
    const done = new Set();
    while (done.size < this.recipe.tasks.length) {
      const wave = this.recipe.tasks.filter((task) => !done.has(task.id) && task.dependsOn.every((id) => done.has(id)));
      wave.forEach((task) => done.add(task.id));
      waves.push(wave);
    }
    return waves;
  }

  clone(task) {
    const clone = mkdtempSync(join(this.root, `${task.id}-`));
    git(this.root, 'clone', '--quiet', this.main, clone);
    return clone;
  }

  /** Runs the step in a clone. @returns {Promise<{exitCode, output, clone}>} */
  async run(task, { clone = this.clone(task), input = {}, inbox } = {}) {
    const path = join(this.root, `${task.id}.input.json`);
    const digest = digestOf(this.catalogue, this.recipe.id);
    writeFileSync(
      path,
      JSON.stringify({ recipe: `${this.recipe.id}/${task.step}`, step: task.step, digest, parameters: this.parameters, task, request: 'for the test', ...input }),
    );
    const env = { ...this.environment(), ORCHFLOW_INPUT: path };
    if (inbox) env.ORCHFLOW_INBOX = inbox;
    return { ...(await collect('orchflow-recipe', [`${this.recipe.id}/${task.step}`], clone, env)), clone };
  }

  commands(task) {
    return task.acceptance.map(({ command }) => fill(command, this.names));
  }

  /** Runs one acceptance command on a clean export of a commit of `repository`. */
  async check(command, repository, commit) {
    const tree = mkdtempSync(join(this.root, 'export-'));
    const archive = execFileSync('git', ['-C', repository, 'archive', commit]);
    if (git(repository, 'ls-tree', commit) !== '') execFileSync('tar', ['-x', '-C', tree], { input: archive });
    const result = await collect('sh', ['-c', command], tree, this.environment());
    rmSync(tree, { recursive: true, force: true });
    return result;
  }

  /** What a person may type in the main checkout when all is done. */
  lines() {
    return this.recipe.run.map(({ label, command, ready }) => ({ label: fill(label, this.names), command: fill(command, this.names), ready }));
  }

  /**
   * Types a line in the main checkout, on a network of its own: lines name fixed ports. One that is `ready` without an end is
   * stopped then, as by Ctrl-C, and has to end well.
   */
  async type({ command, ready }) {
    const [program, ...args] = [...OWN_NETWORK, 'sh', '-c', `ip link set lo up; ${ready ? 'exec ' : ''}${command}`];
    return await collect(program, args, this.main, this.environment(), ready);
  }

  /** Merges the clone's head. @returns {boolean} false on a conflict */
  merge(clone) {
    git(this.main, 'fetch', '--quiet', clone, 'HEAD');
    const merged = spawnSync('git', ['-C', this.main, ...AS, 'merge', '--quiet', '--no-edit', 'FETCH_HEAD'], { encoding: 'utf8' });
    if (merged.status !== 0) git(this.main, 'merge', '--abort');
    return merged.status === 0;
  }

  environment() {
    const { NODE_TEST_CONTEXT: _context, ...env } = process.env;
    return { ...env, PATH: `${join(this.catalogue, 'bin')}:${env.PATH}`, NO_COLOR: '1' };
  }

  close() {
    rmSync(this.root, { recursive: true, force: true });
  }
}

const AS = ['-c', 'user.name=engine', '-c', 'user.email=engine@example.org'];

export function git(folder, ...args) {
  return execFileSync('git', ['-C', folder, ...AS, ...args], { encoding: 'utf8' }).trim();
}

const OWN_NETWORK = ['unshare', '--user', '--map-root-user', '--net', '--pid', '--fork', '--kill-child'];
const SECONDS = 30;

function collect(command, args, cwd, env, ready) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: ready !== undefined });
    let output = '';
    let stopped = false;
    const limit = ready && setTimeout(() => process.kill(-child.pid, 'SIGKILL'), SECONDS * 1000);
    const take = (chunk) => {
      output += chunk;
      if (ready && !stopped && output.includes(ready)) {
        stopped = true;
        process.kill(-child.pid, 'SIGINT');
      }
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('close', (exitCode) => {
      clearTimeout(limit);
      done({ exitCode: ready && !stopped ? exitCode || 1 : exitCode, output });
    });
  });
}
