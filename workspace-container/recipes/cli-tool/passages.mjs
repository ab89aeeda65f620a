// Passages of the tool, in both languages, that follow from the entity's fields.
import { fieldTable, literal } from '../lib/javascript.mjs';
import { sample } from '../lib/parameters.mjs';

const WRONG = { text: 'x'.repeat(501), integer: '1.5', number: 'many', money: '-1', boolean: 'maybe', date: '2026-13-45', email: 'nobody' };

export const WANTED = {
  text: 'takes a text of at most 500 characters',
  integer: 'takes a whole number',
  number: 'takes a number',
  money: 'takes an amount from 0 with at most two decimals',
  boolean: 'takes yes or no',
  date: 'takes a date as YYYY-MM-DD',
  email: 'takes an e-mail address',
};

const READERS = {
  text: ['  text: (text) => (text.length <= 500 ? text : undefined),'],
  integer: ['  integer: (text) => (/^-?\\d{1,15}$/.test(text) ? Number(text) : undefined),'],
  number: ['  number: (text) =>', "    text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined,"],
  money: ['  money: (text) =>', '    /^\\d{1,12}(\\.\\d{1,2})?$/.test(text) ? Number(text) : undefined,'],
  boolean: ['  boolean: (text) => ({ yes: true, no: false })[text],'],
  date: ['  date: (text) => (isDate(text) ? text : undefined),'],
  email: ['  email: (text) => (EMAIL.test(text) ? text : undefined),'],
};

const HELPERS = {
  date: ['const isDate = (text) =>', '  /^\\d{4}-\\d\\d-\\d\\d$/.test(text) &&', '  new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;'],
  email: ['const EMAIL = /^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$/;'],
};

/** A record's values as a person types them. */
export function typed(record) {
  const word = (value) => (value === true ? 'yes' : value === false ? 'no' : String(value));
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, word(value)]));
}

export const wrongText = ({ type }) => WRONG[type];

const types = (fields) => [...new Set(fields.map((field) => field.type))];
const required = (fields) => fields.filter((field) => field.required).map((field) => field.name);

export function cliPassages(fields) {
  const record = sample(fields);
  return {
    firstRequired: required(fields)[0],
    fieldTable: fieldTable(fields),
    fieldHelpers: types(fields).flatMap((type) => HELPERS[type] ?? []).join('\n'),
    fieldReaders: types(fields).flatMap((type) => READERS[type]).join('\n'),
    fieldWanted: types(fields).map((type) => `  ${type}: '${WANTED[type]}',`).join('\n'),
    sample: literal(record),
    optionSample: literal(typed(record)),
    requiredProblems: `[${required(fields).map((name) => `'--${name} is required'`).join(', ')}]`,
    readerTests: fields.map(readerTest).join('\n'),
    pythonTable: fields.map(({ name, type, required: needed }) => `    "${name}": ("${type}", ${needed ? 'True' : 'False'}),`).join('\n'),
    pythonSample: python(record),
    pythonOptions: python(typed(record)),
    pythonRequired: `[${required(fields).map((name) => `"--${name} is required"`).join(', ')}]`,
    pythonTests: fields.map(pythonTest).join('\n'),
    fieldRows: ['| option | takes | required |', '|---|---|---|', ...fields.map(row)].join('\n'),
  };
}

const row = ({ name, type, required: needed }) => `| \`--${name}\` | ${WANTED[type].replace('takes ', '')} | ${needed ? 'yes' : 'no'} |`;
const jsText = (field) => (field.type === 'text' ? "'x'.repeat(501)" : `'${wrongText(field)}'`);
const pyText = (field) => (field.type === 'text' ? '"x" * 501' : `"${wrongText(field)}"`);

const readerTest = (field) => `
test('--${field.name} ${WANTED[field.type]}', () => {
  const { problems } = read({ ...options, ${field.name}: ${jsText(field)} });
  assert.deepEqual(problems, ['--${field.name} ${WANTED[field.type]}']);
});`;

const pythonTest = (field) => `
    def test_${field.name}_${WANTED[field.type].replace(/[^a-z0-9]+/gi, '_')}(self):
        _, problems = read({**OPTIONS, "${field.name}": ${pyText(field)}})
        self.assertEqual(["--${field.name} ${WANTED[field.type]}"], problems)
`;

function python(record) {
  const scalar = (value) => (value === true ? 'True' : value === false ? 'False' : JSON.stringify(value));
  const parts = Object.entries(record).map(([name, value]) => `"${name}": ${scalar(value)}`);
  const short = `{${parts.join(', ')}}`;
  return short.length <= 60 ? short : `{\n${parts.map((part) => `    ${part},\n`).join('')}}`;
}
