// Passages of the page that follow from the fields.
import { literal } from '../lib/javascript.mjs';

const INPUTS = {
  text: 'type="text" maxlength="500"',
  integer: 'type="number" step="1"',
  number: 'type="number" step="any"',
  money: 'type="number" min="0" step="0.01"',
  boolean: 'type="checkbox"',
  date: 'type="date"',
  email: 'type="email"',
};
const NUMBERS = new Set(['integer', 'number', 'money']);

export const TYPES = {
  text: 'text, at most 500 characters',
  integer: 'whole number',
  number: 'number',
  money: 'amount from 0, two decimals',
  boolean: 'yes or no',
  date: 'date',
  email: 'e-mail address',
};

/** `wateringDays` → `Watering days` */
export function caption(name) {
  const words = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.replace(/^./, (letter) => letter.toUpperCase());
}

function input({ name, type, required }) {
  const mark = required ? ' class="required"' : '';
  return `          <p>
            <label for="${name}"${mark}>${caption(name)}</label>
            <input id="${name}" name="${name}"
              ${INPUTS[type]}${required ? ' required' : ''}
              aria-describedby="${name}-problem">
          </p>
          <p class="problem" id="${name}-problem"></p>`;
}

const kind = (type) => (type === 'boolean' ? 'boolean' : NUMBERS.has(type) ? 'number' : 'text');
const list = (names) => `[${names.map((name) => `'${name}'`).join(', ')}]`;

export function pagePassages(fields) {
  const rows = fields.map(({ name, type, required }) => `| \`${name}\` | ${TYPES[type]} | ${required ? 'yes' : 'no'} |`);
  return {
    inputs: fields.map(input).join('\n'),
    headings: fields.map(({ name }) => `              <th scope="col">${caption(name)}</th>`).join('\n'),
    fieldKinds: literal(Object.fromEntries(fields.map(({ name, type }) => [name, kind(type)]))),
    fieldNames: list(fields.map(({ name }) => name)),
    requiredNames: list(fields.filter(({ required }) => required).map(({ name }) => name)),
    fieldRows: ['| field | value | required |', '|---|---|---|', ...rows].join('\n'),
  };
}
