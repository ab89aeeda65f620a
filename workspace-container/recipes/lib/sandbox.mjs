// A place of its own for the result under judgement: a throw-away copy of the tree, own pid, mount, ipc and user
// namespaces where the kernel allows them, an environment with nothing of ours in it. Loopback is shared: that is how a
// probe speaks to it from outside.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as children from './children.mjs';

const SPACES = ['--pid', '--mount', '--ipc', '--uts', '--fork', '--kill-child', '--mount-proc'];
const WAYS = [
  { name: 'own user, pid, mount and ipc namespaces', prefix: ['unshare', '--user', '--map-root-user', ...SPACES] },
  { name: 'own pid, mount and ipc namespaces', prefix: ['unshare', ...SPACES] },
];
// Seen from inside, what belongs to orchflow is empty.
const HIDE = 'for folder in /run/orchflow; do [ -d "$folder" ] && mount -t tmpfs none "$folder"; done 2>/dev/null; exec "$@"';

export class Sandbox {
  #root = mkdtempSync(join(tmpdir(), 'orchflow-probe-'));
  #way = WAYS.find(({ prefix }) => spawnSync(prefix[0], [...prefix.slice(1), 'true'], { stdio: 'ignore' }).status === 0);
  #started = [];

  constructor(tree) {
    this.tree = join(this.#root, 'tree');
    this.data = join(this.#root, 'data');
    mkdirSync(this.data);
    cpSync(tree, this.tree, { recursive: true, filter: (path) => !path.endsWith('/.git'), verbatimSymlinks: true });
  }

  get description() {
    return this.#way ? `the result runs in ${this.#way.name}` : 'no namespaces to be had here: the result runs as a plain child';
  }

  read(path) {
    return readFileSync(join(this.tree, path), 'utf8');
  }

  replace(path, text) {
    writeFileSync(join(this.tree, path), text);
  }

  /** Runs a program of the tree to its end. */
  run(argv, { env = {}, seconds = 60, input } = {}) {
    const [command, ...args] = this.#inside(argv);
    return children.run(command, args, { cwd: this.tree, env: this.#environment(env), seconds, input });
  }

  /** Starts a server of the tree. @returns {Promise<string>} its origin */
  async serve(argv, env = {}) {
    const [command, ...args] = this.#inside(argv);
    const child = children.start(command, args, { cwd: this.tree, env: this.#environment({ PORT: '0', ...env }) });
    this.#started.push(child);
    return children.origin(child);
  }

  /** Ends what `serve` started, without warning: what was answered as done has to be on disk by then. */
  async kill() {
    await Promise.all(this.#started.splice(0).map((child) => children.kill(child)));
  }

  async close() {
    await this.kill();
    rmSync(this.#root, { recursive: true, force: true });
  }

  #inside(argv) {
    return this.#way ? [...this.#way.prefix, 'sh', '-c', HIDE, 'sh', ...argv] : argv;
  }

  #environment(extra) {
    const { PATH = '/usr/local/bin:/usr/bin:/bin' } = process.env;
    return { PATH, LANG: 'C.UTF-8', HOME: this.data, TMPDIR: this.data, DATA_DIR: this.data, NO_COLOR: '1', ...extra };
  }
}
