// What a program finds when it starts: files in its empty home, and its environment.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fill, fillAll, quoted } from './template.mjs';

/** Values are escaped as in a JSON string where the file's language reads such strings. */
const QUOTING = /\.(toml|json|ya?ml)$/;

/**
 * @param ours paths that an earlier call wrote; only these are written again
 * @throws {Error} if a file is there already: then this is a person's home and no sandbox's
 */
export function writeFiles(profile, values, ours = new Set()) {
  for (const file of profile.files) {
    const path = join(values.home, file.path);
    const content = file.lines
      ? file.lines.map((line) => fill(line, values, QUOTING.test(file.path) ? quoted : undefined)).join('\n')
      : JSON.stringify(fillAll(file.json, values), null, 2);
    mkdirSync(dirname(path), { recursive: true });
    try {
      writeFileSync(path, `${content}\n`, { mode: 0o600, flag: ours.has(path) ? 'w' : 'wx' });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      throw new Error(`${path} is there already, and it is not for orchflow-program to change: it needs an empty HOME`);
    }
    ours.add(path);
  }
}

export function environment(profile, values, from = process.env) {
  const all = { ...from };
  for (const name of profile.environment.unset) delete all[name];
  for (const [name, text] of Object.entries(profile.environment.set)) all[name] = fill(text, values);
  return all;
}
