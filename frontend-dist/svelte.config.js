import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Changes with what the app is built from, and with nothing else. */
function version() {
  const digest = createHash('sha256');
  const folder = import.meta.dirname ?? '.';
  for (const root of ['src', 'static']) {
    const files = readdirSync(join(folder, root), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort();
    for (const file of files) digest.update(file.slice(folder.length)).update(readFileSync(file));
  }
  for (const file of ['package-lock.json', 'svelte.config.js', 'vite.config.ts']) {
    digest.update(readFileSync(join(folder, file)));
  }
  return digest.digest('hex').slice(0, 12);
}

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true },
  kit: {
    adapter: adapter({ pages: 'build', assets: 'build', fallback: 'index.html', strict: false }),
    // `lib/shell/update.svelte.ts` registers it: the page says when a new version may take over.
    serviceWorker: { register: false },
    version: { name: version() }
  }
};
