// Passages of JavaScript that follow from an entity's fields; shared by the recipes that generate JavaScript.
import { sample, wrongValue } from './parameters.mjs';

const CHECKS = {
  text: ["  text: (value) => typeof value === 'string' && value.length <= 500,"],
  integer: ['  integer: (value) => Number.isSafeInteger(value),'],
  number: ['  number: (value) => Number.isFinite(value),'],
  money: [
    '  money: (value) =>',
    '    Number.isFinite(value) && value >= 0 && cents(value),',
  ],
  boolean: ["  boolean: (value) => typeof value === 'boolean',"],
  date: ["  date: (value) => typeof value === 'string' && isDate(value),"],
  email: ["  email: (value) => typeof value === 'string' && EMAIL.test(value),"],
};

const MESSAGES = {
  text: 'must be a text of at most 500 characters',
  integer: 'must be a whole number',
  number: 'must be a number',
  money: 'must be an amount from 0 with at most two decimals',
  boolean: 'must be true or false',
  date: 'must be a date as YYYY-MM-DD',
  email: 'must be an e-mail address',
};

const HELPERS = {
  money: ['const cents = (value) => Number(value.toFixed(2)) === value;'],
  date: [
    'const isDate = (text) =>',
    '  /^\\d{4}-\\d\\d-\\d\\d$/.test(text) &&',
    '  new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;',
  ],
  email: ['const EMAIL = /^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$/;'],
};

const types = (fields) => [...new Set(fields.map((field) => field.type))];

export const fieldTable = (fields) =>
  fields.map(({ name, type, required }) => `  ${name}: { type: '${type}', required: ${required} },`).join('\n');
export const fieldChecks = (fields) => types(fields).flatMap((type) => CHECKS[type]).join('\n');
export const fieldMessages = (fields) => types(fields).map((type) => `  ${type}: '${MESSAGES[type]}',`).join('\n');
export const fieldHelpers = (fields) => types(fields).flatMap((type) => HELPERS[type] ?? []).join('\n');

/** An object literal, one field a line when it does not fit into `width`. */
export function literal(object, indent = '', width = 60) {
  const parts = Object.entries(object).map(([key, value]) => `${key}: ${scalar(value)}`);
  const short = `{ ${parts.join(', ')} }`;
  if (parts.length === 0) return '{}';
  return short.length <= width ? short : `{\n${parts.map((part) => `${indent}  ${part},\n`).join('')}${indent}}`;
}

function scalar(value) {
  return typeof value === 'string' ? `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'` : JSON.stringify(value);
}

/** One test for every field: a value of the wrong kind is refused, and the field is named. */
export const fieldTests = (fields, item) =>
  fields
    .map(
      (field) => `
test('${field.name}: ${scalar(wrongValue(field)).replaceAll("'", '"')} is refused', () => {
  const { problems } = validate({ ...${item}, ${field.name}: ${scalar(wrongValue(field))} });
  assert.deepEqual(problems, {
    ${field.name}: '${MESSAGES[field.type]}',
  });
});`,
    )
    .join('\n');

export const missing = (fields) =>
  literal(Object.fromEntries(fields.filter((field) => field.required).map((field) => [field.name, 'is required'])), '  ');

/** Everything a template may want to know of the fields. */
export function passages(fields, item) {
  return {
    fieldTable: fieldTable(fields),
    fieldChecks: fieldChecks(fields),
    fieldMessages: fieldMessages(fields),
    fieldHelpers: fieldHelpers(fields),
    fieldTests: fieldTests(fields, item),
    missing: missing(fields),
    sample: literal(sample(fields, 0)),
    otherSample: literal(sample(fields, 1)),
  };
}
