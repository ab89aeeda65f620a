import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { catalogueDir, find, readCatalogue } from './catalogue.mjs';
import * as show from './console.mjs';
import { digestOf, matches } from './digest.mjs';
import { Inbox } from './inbox.mjs';
import { names, parseFields, resolve } from './parameters.mjs';
import { Step, StepFailed } from './step.mjs';
import { fill } from './template.mjs';

const USAGE = `usage: orchflow-recipe <recipe>/<step> [--set name=value]…   run one step in the current git clone
       orchflow-recipe --list                              recipes and steps
       orchflow-recipe --digest <recipe>                   what a plan pins
Parameters and the pinned digest come from the file named by ORCHFLOW_INPUT, where there is one.`;

/** @returns exit code: 0 done, 1 the work failed, 2 wrong call, 3 refused (digest) */
export async function main(args) {
  try {
    if (args[0] === '--list') return list();
    if (args[0] === '--digest' && args.length === 2) {
      return printDigest(args[1]);
    }
    if (!args[0] || args[0].startsWith('-')) {
      show.line(USAGE);
      return 2;
    }
    return await runStep(args[0], args.slice(1));
  } catch (error) {
    show.line();
    show.bad(error.message.split('\n')[0]);
    error.message.split('\n').slice(1, 20).forEach((text) => show.line(show.dim(`  ${show.clip(text, 78)}`)));
    if (!(error instanceof StepFailed) && process.env.ORCHFLOW_DEBUG) show.line(error.stack);
    return 1;
  }
}

function printDigest(recipeId) {
  if (!readCatalogue().recipes.some((recipe) => recipe.id === recipeId)) throw new Error(`no recipe ${recipeId}`);
  show.line(digestOf(catalogueDir, recipeId));
  return 0;
}

function list() {
  for (const recipe of readCatalogue().recipes) {
    show.line(`${show.bold(recipe.id.padEnd(18))} ${recipe.title}`);
    for (const task of recipe.tasks) {
      const after = task.dependsOn.length ? show.dim(` after ${task.dependsOn.join(', ')}`) : '';
      show.line(`  ${task.step.padEnd(16)} ${show.cyan(task.role.padEnd(10))} ${task.title}${after}`);
    }
  }
  return 0;
}

async function runStep(reference, options) {
  const { recipe, task } = find(reference);
  const input = readInput();
  if (input && !pinned(input, recipe)) return 3;
  const given = { ...input?.parameters, ...settings(options) };
  const values = resolve(recipe, given);
  const named = names(recipe, values);
  const step = new Step({
    recipe,
    task: { ...task, title: fill(task.title, named) },
    names: named,
    fields: values.fields ? parseFields(values.fields) : [],
    recipeDir: join(catalogueDir, recipe.id),
    role: task.role,
    folder: folderOf(given),
    request: input?.request ?? '',
    inbox: new Inbox(input?.messages, process.env.ORCHFLOW_INBOX),
  });
  show.banner(`${task.role} · ${step.task.title}`, `recipe ${recipe.id}/${task.step} · fixed playbook, no model involved`);
  const started = performance.now();
  const module = await import(pathToFileURL(join(step.recipeDir, 'steps', `${task.step}.mjs`)));
  await module.default(step);
  await step.messages();
  const { files, lines } = step.summary;
  show.line();
  show.line(show.green('━'.repeat(80)));
  show.good(`${step.task.title}: ${files} files, ${lines} lines, ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return 0;
}

function readInput() {
  const path = process.env.ORCHFLOW_INPUT;
  return path ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

function pinned(input, recipe) {
  const wanted = input.digest ?? /@([0-9a-f]+)$/.exec(input.recipe ?? '')?.[1] ?? '';
  const actual = digestOf(catalogueDir, recipe.id);
  if (matches(wanted, actual)) return true;
  show.bad(`refused: the plan pinned ${recipe.id}@${wanted || 'nothing'}, here is ${actual.slice(0, 12)}`);
  return false;
}

/** Where in the clone the program goes: `.`, or one folder. */
function folderOf({ folder = '.' }) {
  if (folder !== '.' && !/^[a-z0-9][a-z0-9-]{0,60}$/.test(folder)) {
    throw new Error(`parameter folder: "${folder}" should be one folder of lower-case letters, digits and hyphens`);
  }
  return folder;
}

function settings(options) {
  const values = {};
  for (let index = 0; index < options.length; index += 2) {
    const found = /^(\w+)=(.*)$/s.exec(options[index + 1] ?? '');
    if (options[index] !== '--set' || !found) throw new Error(`cannot read "${options.slice(index).join(' ')}"; ${USAGE.split('\n')[0]}`);
    values[found[1]] = found[2];
  }
  return values;
}
