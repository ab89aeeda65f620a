// Parameters arrive as strings (from a plan that people may have edited), so everything is checked here again.

const FIELD_TYPES = ['text', 'integer', 'number', 'money', 'boolean', 'date', 'email'];
const RESERVED = new Set(['id', 'createdAt', 'updatedAt', 'createdBy', 'constructor', 'prototype', 'toString']);

// Entities whose files or paths the recipes themselves need.
const TAKEN = new Set(['store', 'cli', 'command', 'commands', 'record', 'records', 'app', 'page', 'route', 'routes', 'account', 'accounts', 'health', 'http', 'token', 'tokens', 'collection', 'server', 'main', 'throttle', 'password', 'passwords', 'login', 'register', 'me', 'api']);

// Words that generated code uses for something else, or that its language keeps for itself.
const WORDS_IN_USE = new Set(
  ('abstract and as assert async await boolean break byte case catch char class const continue debugger def default del delete ' +
    'do double elif else enum eval except export extends false final finally float for from function global goto if implements import in ' +
    'instanceof int interface is lambda let long native new none not null or package pass private protected public raise return ' +
    'short static super switch synchronized this throw throws transient true try typeof undefined var void volatile while with yield ' +
    'add after all ada arguments before body call checks command describe dir existing exit field fields file help id input join json limit ' +
    'line lines list location main messages name number object offset open other output page params path print problems process query read record records ' +
    'remove replace request response result run sample sample send server set start stats status stop store str sys table test text time token total ' +
    'type update url validate value values version window document event form html').split(' '),
);

const SHAPES = {
  entity: [/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens, such as "order-item"'],
  entities: [/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens, such as "order-items"'],
  project: [/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'],
  language: [/^[a-z]+$/, 'lower-case letters'],
};

/**
 * Given values over the recipe's defaults, checked.
 * @returns strings by name, as the catalogue lists them. Throws naming parameter and value.
 */
export function resolve(recipe, given) {
  const values = {};
  for (const { name, default: fallback } of recipe.parameters) {
    values[name] = String(given?.[name] ?? fallback);
    const shape = SHAPES[name];
    if (values[name].length > 400 || (shape && !shape[0].test(values[name]))) {
      throw new Error(`parameter ${name}: "${values[name].slice(0, 80)}" should be ${shape ? shape[1] : 'shorter'}`);
    }
  }
  for (const name of ['entity', 'entities']) {
    if (TAKEN.has(values[name])) throw new Error(`parameter ${name}: "${values[name]}" is a part of the program itself; choose another word`);
  }
  if (values.entity && values.entity === values.entities) throw new Error(`parameter entities: "${values.entities}" should differ from entity`);
  if (values.language && !recipe.languages.includes(values.language)) {
    throw new Error(`parameter language: "${values.language}" should be one of ${recipe.languages.join(', ')}`);
  }
  if (values.fields !== undefined) parseFields(values.fields);
  return values;
}

/** `title:text!,price:money` → [{name, type, required}]; `!` marks a required field. 1 to 12 fields. */
export function parseFields(text) {
  const fields = text.split(',').map((part) => {
    const found = /^\s*([a-z][A-Za-z0-9]{0,30}):([a-z]+)(!?)\s*$/.exec(part);
    if (!found || !FIELD_TYPES.includes(found[2]) || RESERVED.has(found[1])) {
      throw new Error(`parameter fields: "${part}" should be name:type or name:type!, type one of ${FIELD_TYPES.join(', ')}`);
    }
    return { name: found[1], type: found[2], required: found[3] === '!' };
  });
  if (fields.length > 12 || new Set(fields.map((field) => field.name)).size !== fields.length) {
    throw new Error('parameter fields: at most 12, each name once');
  }
  if (!fields.some((field) => field.required)) fields[0].required = true;
  return fields;
}

export const camel = (words) => words.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
export const pascal = (words) => camel(words).replace(/^./, (letter) => letter.toUpperCase());
export const spaced = (words) => words.replaceAll('-', ' ');
export const sentence = (words) => spaced(words).replace(/^./, (letter) => letter.toUpperCase());

const variable = (word, suffix) => (WORDS_IN_USE.has(word) ? word + suffix : word);

/** Names derived from the parameters, for templates, titles and checks; with what the recipe's language adds. */
export function names(recipe, values) {
  const variant = recipe.variants?.[values.language] ?? {};
  if (!values.entity) return { ...values, ...variant };
  return {
    ...values,
    ...variant,
    ENV: `${values.entities.replaceAll('-', '_').toUpperCase()}_FILE`,
    item: variable(camel(values.entity), 'Record'),
    items: variable(camel(values.entities), 'Records'),
    Item: pascal(values.entity),
    Items: pascal(values.entities),
    snake: values.entity.replaceAll('-', '_'),
    snakes: values.entities.replaceAll('-', '_'),
    label: spaced(values.entity),
    labels: spaced(values.entities),
    Label: sentence(values.entity),
    Labels: sentence(values.entities),
  };
}

const TEXTS = {
  title: ['First light', 'The long way home', 'A quiet table'],
  name: ['Amber', 'Birch', 'Cedar'],
  author: ['Ada Winter', 'Chidi Okafor', 'Mira Novak'],
  isbn: ['9780131103627', '9780262033848', '9781491950357'],
  genre: ['essay', 'novel', 'history'],
  status: ['open', 'planned', 'closed'],
  city: ['Lisbon', 'Oslo', 'Quito'],
};
const NUMBERS = { integer: [3, 12, 40], number: [1.5, 2.25, 7], money: [12.5, 7.99, 30] };

/** A valid record of these fields; `variant` 0..2 gives different ones. */
export function sample(fields, variant = 0) {
  return Object.fromEntries(fields.map((field) => [field.name, sampleValue(field, variant)]));
}

export function sampleValue({ name, type }, variant) {
  switch (type) {
    case 'text':
      return (TEXTS[name] ?? [`${name} one`, `${name} two`, `${name} three`])[variant];
    case 'boolean':
      return variant % 2 === 0;
    case 'date':
      return ['2026-01-15', '2026-03-02', '2026-11-30'][variant];
    case 'email':
      return ['ada@example.org', 'chidi@example.org', 'mira@example.org'][variant];
    case 'integer':
      return /year/i.test(name) ? [1998, 2014, 2025][variant] : NUMBERS.integer[variant];
    default:
      return NUMBERS[type][variant];
  }
}

/** A value that a field of this type must refuse. */
export function wrongValue({ type }) {
  const wrong = { text: 42, integer: 1.5, number: 'many', money: -1, boolean: 'yes', date: '2026-13-45', email: 'nobody' };
  return wrong[type];
}
