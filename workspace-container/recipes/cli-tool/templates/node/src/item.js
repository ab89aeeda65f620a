// What a {{label}} is, and how its values are read from the command line.

{{fieldHelpers}}

export const fields = {
{{fieldTable}}
};

const readers = {
{{fieldReaders}}
};

/** @returns {{values: object, problems: string[]}} */
export function read(options) {
  const values = {};
  const problems = [];
  for (const [name, { type, required }] of Object.entries(fields)) {
    const text = options[name];
    if (text === undefined || text === '') {
      if (required) problems.push(`--${name} is required`);
      continue;
    }
    const value = readers[type](text);
    if (value === undefined) problems.push(`--${name} ${wanted[type]}`);
    else values[name] = value;
  }
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(fields, name)) problems.push(`--${name} is unknown`);
  }
  return { values, problems };
}

const wanted = {
{{fieldWanted}}
};
