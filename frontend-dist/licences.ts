// Writes `licences.txt`: the licences of every package that the page is built from.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const PACKAGE = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** The folder of the package that a module's file belongs to, or nothing for our own. */
function folderOf(id: string): string | undefined {
  return PACKAGE.exec(id.replace(/^\0/, '').replaceAll('\\', '/'))?.[1];
}

function noticeOf(folder: string): { name: string; text: string } | undefined {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  const { name, version, license } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  if (!name) return undefined;
  const text = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)(\.|$)/i.test(entry));
  const body = text ? readFileSync(join(folder, text), 'utf8').trim() : `Licence: ${license}`;
  return { name, text: `${name} ${version} (${license})\n\n${body}\n` };
}

export function licences(): Plugin {
  return {
    name: 'licences',
    apply: 'build',
    applyToEnvironment: (environment) => environment.name === 'client',
    generateBundle() {
      const folders = new Set([...this.getModuleIds()].map(folderOf).filter((f) => f !== undefined));
      const notices = [...folders].map(noticeOf).filter((n) => n !== undefined);
      notices.sort((a, b) => a.name.localeCompare(b.name));
      const line = `\n${'-'.repeat(78)}\n\n`;
      const source = notices.map((notice) => notice.text).join(line);
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source });
    }
  };
}
