// Reads profiles and refuses what is not one: orchestration reads the same files.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isAbsolute, join } from 'node:path';
import { READERS } from './events/readers.mjs';
import { names } from './template.mjs';

export const folder = fileURLToPath(new URL('..', import.meta.url));
const ID = /^[a-z][a-z0-9-]*$/;

const text = (value) => typeof value === 'string' && value !== '';
const bool = (value) => typeof value === 'boolean';
const texts = (value) => Array.isArray(value) && value.every((each) => typeof each === 'string');
const orNull = (check) => (value) => value === null || check(value);
const oneOf = (...all) => (value) => all.includes(value);
const shape = (fields) => (value) => {
  const given = value !== null && typeof value === 'object' ? Object.keys(value) : [];
  return given.length === Object.keys(fields).length && given.every((key) => fields[key]?.(value[key]));
};
const each = (check) => (value) => Array.isArray(value) && value.every(check);
const within = (path) => text(path) && !isAbsolute(path) && !path.split('/').includes('..');
const file = (value) =>
  shape({ path: within, lines: texts })(value) || shape({ path: within, json: (json) => json !== null && typeof json === 'object' })(value);

const FIELDS = {
  id: (value) => text(value) && ID.test(value),
  title: text,
  program: (value) => text(value) && !value.includes('/'),
  kind: oneOf('command', 'acp'),
  wire: oneOf('responses', 'chat', 'messages', null),
  structured: bool,
  install: text,
  licence: orNull(text),
  tried: orNull(text),
  headless: texts,
  resume: orNull(texts),
  interactive: orNull(texts),
  stdin: orNull(text),
  files: each(file),
  environment: shape({
    set: (value) => value !== null && typeof value === 'object' && Object.values(value).every((one) => typeof one === 'string'),
    unset: texts,
  }),
  events: (value) => Object.hasOwn(READERS, value),
  capabilities: shape({ streaming: bool, batch: bool, structured: bool, resume: bool, mcp: bool }),
  off: each(shape({ what: text, by: text })),
};

export function ids(from = folder) {
  return readdirSync(from)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();
}

/** @returns the profile, or undefined if there is none of this name @throws {Error} if the file is no profile */
export function readProfile(id, from = folder) {
  if (!ids(from).includes(id)) return undefined;
  const profile = JSON.parse(readFileSync(join(from, `${id}.json`), 'utf8'));
  const wrong = problems(profile);
  if (profile.id !== id) wrong.push(`id is not ${id}`);
  if (wrong.length > 0) throw new Error(`${id}.json: ${wrong.join('; ')}`);
  return profile;
}

/** What is wrong with a profile, each in a few words; empty: nothing. */
export function problems(profile) {
  const wrong = [];
  for (const key of Object.keys(profile)) if (!Object.hasOwn(FIELDS, key)) wrong.push(`${key} is no field`);
  for (const [key, check] of Object.entries(FIELDS)) {
    if (!Object.hasOwn(profile, key)) wrong.push(`${key} is missing`);
    else if (!check(profile[key])) wrong.push(`${key} is not valid`);
  }
  return wrong.length > 0 ? wrong : [...disagreements(profile), ...templateProblems(profile)];
}

function disagreements(profile) {
  const wrong = [];
  if (profile.structured !== (profile.events !== 'text')) wrong.push('structured does not agree with events');
  if (profile.structured !== profile.capabilities.structured) wrong.push('structured does not agree with capabilities');
  if (profile.capabilities.resume !== (profile.resume !== null)) wrong.push('resume does not agree with capabilities');
  const written = JSON.stringify([profile.headless, profile.environment.set, profile.files]);
  for (const { by } of profile.off) {
    if (!written.includes(JSON.stringify(by).slice(1, -1))) wrong.push(`off: ${by} is nowhere in the profile`);
  }
  return wrong;
}

/** A key that is shown by `ps` or lies in a file outlives its task's care. */
function templateProblems(profile) {
  const wrong = [];
  const check = (where, all, forbidden) => {
    for (const one of all) {
      try {
        const found = names(one).find((name) => forbidden.includes(name));
        if (found) wrong.push(`${where} must not hold {{${found}}}`);
      } catch (error) {
        wrong.push(`${where}: ${error.message}`);
      }
    }
  };
  check('headless', profile.headless, ['token', 'session']);
  check('resume', profile.resume ?? [], ['token']);
  check('interactive', profile.interactive ?? [], ['token', 'prompt']);
  check('stdin', profile.stdin === null ? [] : [profile.stdin], ['token']);
  check('files', profile.files.flatMap((one) => [one.path, ...(one.lines ?? [JSON.stringify(one.json)])]), ['token']);
  check('environment', Object.values(profile.environment.set), ['prompt', 'session']);
  return wrong;
}
