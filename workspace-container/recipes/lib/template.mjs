import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Fills `{{name}}`. A value may name others (`test/{{entity}}.test.js`), one level deep; a name without a value is an
 * error, so that no hole reaches a file.
 */
export function fill(text, values) {
  return once(once(text, values), values);
}

function once(text, values) {
  return text.replace(/\{\{(\w+)\}\}/g, (hole, name) => {
    if (values[name] === undefined) throw new Error(`template names ${hole}, which has no value`);
    return String(values[name]);
  });
}

export function readTemplate(recipeDir, path) {
  return readFileSync(join(recipeDir, 'templates', path), 'utf8');
}
