// What a {{label}} is, and when its values are accepted.

{{fieldHelpers}}

export const fields = {
{{fieldTable}}
};

const checks = {
{{fieldChecks}}
};

/** @returns {{values: object, problems: object}} problems by field name */
export function validate(input) {
  const values = {};
  const problems = {};
  for (const [name, { type, required }] of Object.entries(fields)) {
    const value = input[name];
    if (value === undefined || value === null || value === '') {
      if (required) problems[name] = 'is required';
    } else if (checks[type](value)) {
      values[name] = value;
    } else {
      problems[name] = messages[type];
    }
  }
  for (const name of Object.keys(input)) {
    if (!Object.hasOwn(fields, name)) problems[name] = 'is not a field';
  }
  return { values, problems };
}

const messages = {
{{fieldMessages}}
};
