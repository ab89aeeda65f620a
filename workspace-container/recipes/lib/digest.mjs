// What pins a recipe: SHA-256 over its own folder and the shared lib/ it runs on. For every file, ordered by its path
// relative to the catalogue (by UTF-8 bytes): path, NUL, length in decimal, NUL, content. The planner computes the same.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @returns {string} 64 lower-case hex digits. Throws if there is no such recipe folder. */
export function digestOf(catalogueDir, recipeId) {
  const paths = [...filesBelow(catalogueDir, recipeId), ...filesBelow(catalogueDir, 'lib')];
  paths.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const hash = createHash('sha256');
  for (const path of paths) {
    const content = readFileSync(join(catalogueDir, path));
    hash.update(path).update('\0').update(String(content.length)).update('\0').update(content);
  }
  return hash.digest('hex');
}

function filesBelow(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(root, path);
    return entry.isFile() ? [path] : [];
  });
}

/** A plan may pin the whole digest or a prefix of at least 12 digits. */
export function matches(pinned, actual) {
  return /^[0-9a-f]{12,64}$/.test(pinned) && actual.startsWith(pinned);
}
