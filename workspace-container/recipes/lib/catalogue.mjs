import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds catalogue.json: the one this runner lies in. */
export const catalogueDir = dirname(dirname(fileURLToPath(import.meta.url)));

export function readCatalogue() {
  return JSON.parse(readFileSync(join(catalogueDir, 'catalogue.json'), 'utf8'));
}

/** @returns the recipe and its task for `<recipe>/<step>`; throws with a message for people. */
export function find(reference) {
  const [recipeId, stepId] = reference.replace(/@.*$/, '').split('/');
  const recipes = readCatalogue().recipes;
  const recipe = recipes.find((candidate) => candidate.id === recipeId);
  if (!recipe) {
    throw new Error(`no recipe ${recipeId}; there are ${recipes.map((known) => known.id).join(', ')}`);
  }
  const task = recipe.tasks.find((candidate) => candidate.step === stepId);
  if (!task) {
    throw new Error(`${recipeId} has no step ${stepId}; it has ${recipe.tasks.map((known) => known.step).join(', ')}`);
  }
  return { recipe, task };
}
