// What `--list` prints: a line for each profile, and how to get what is missing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ids, readProfile } from './profile.mjs';
import { find, version } from './program.mjs';

export async function listing() {
  // Some programs write into their home even when they are only asked for their version.
  const home = mkdtempSync(join(tmpdir(), 'orchflow-program-'));
  try {
    const env = { ...process.env, HOME: home, DISABLE_AUTOUPDATER: '1', OPENCODE_DISABLE_AUTOUPDATE: '1' };
    const rows = await Promise.all(ids().map((id) => row(readProfile(id), env)));
    const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((cells) => cells[column].length)));
    return rows.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function row(profile, env) {
  const path = find(profile.program);
  const label = profile.structured ? 'structured' : 'observed';
  if (!path) return [profile.id, profile.title, label, 'not found', profile.install];
  return [profile.id, profile.title, label, (await version(path, env)) ?? 'version unknown', path];
}
