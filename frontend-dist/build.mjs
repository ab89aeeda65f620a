// Builds the page into the folder given as the first argument, unless nothing it is made of changed.
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compress } from './compress.mjs';

const home = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
process.chdir(home);

function files(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).sort().flatMap((name) => files(join(path, name)));
}

function key(...paths) {
  const hash = createHash('sha256').update(process.version);
  for (const file of paths.flatMap(files)) hash.update(file).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

function upToDate(stamp, wanted) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
}

const run = (...command) => execFileSync(command[0], command.slice(1), { stdio: 'inherit' });

const packages = key('package.json', 'package-lock.json', '.npmrc');
if (!upToDate('node_modules/.orchflow-key', packages)) {
  run('npm', 'ci', '--no-audit', '--no-fund');
  writeFileSync('node_modules/.orchflow-key', packages);
}

const stamp = join(out, '..', 'page.key');
const sources = key('package-lock.json', 'build.mjs', 'compress.mjs', 'generate.mjs', '../docs/reference', 'src', 'static', 'svelte.config.js', 'vite.config.ts', 'tsconfig.json');
if (!upToDate(stamp, sources) || !existsSync(join(out, 'META-INF/resources/index.html'))) {
  run('npm', 'run', '--silent', 'build');
  const resources = join(out, 'META-INF/resources');
  rmSync(resources, { recursive: true, force: true });
  mkdirSync(resources, { recursive: true });
  cpSync('build', resources, { recursive: true });
  compress(resources);
  writeFileSync(stamp, sources);
}
