// `{{name}}` in a profile's texts. The names are few and fixed, so that a typing error is found out at once.
const PLACE = /\{\{([^{}]*)\}\}/g;

export const NAMES = new Set(['model', 'address', 'wire', 'session', 'prompt', 'title', 'home', 'cwd', 'shell', 'permission', 'token']);

/** The names that a text uses. @throws {Error} at a name that does not exist */
export function names(text) {
  return [...text.matchAll(PLACE)].map(([whole, name]) => {
    if (!NAMES.has(name)) throw new Error(`${whole} is no name for a template; there are ${[...NAMES].join(', ')}`);
    return name;
  });
}

/**
 * @param values by name; an absent one is an error only where it is used
 * @param escape what is done to each value
 */
export function fill(text, values, escape = (value) => value) {
  names(text);
  return text.replace(PLACE, (whole, name) => {
    const value = values[name];
    if (value === undefined || value === null) throw new Error(`there is no ${name} for ${whole}`);
    return escape(String(value));
  });
}

/** Inside the quotes of a JSON string; TOML and YAML read it the same way. */
export const quoted = (value) => JSON.stringify(value).slice(1, -1);

/** Fills every string and every key of a JSON value. */
export function fillAll(value, values) {
  if (typeof value === 'string') return fill(value, values);
  if (Array.isArray(value)) return value.map((each) => fillAll(each, values));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [fill(key, values), fillAll(each, values)]));
}
