// The contract as OpenAPI 3.1, from the entity's fields.

const SCHEMAS = {
  text: { type: 'string', maxLength: 500 },
  integer: { type: 'integer' },
  number: { type: 'number' },
  money: { type: 'number', minimum: 0, multipleOf: 0.01 },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  email: { type: 'string', format: 'email' },
};

const json = (schema) => ({ content: { 'application/json': { schema } } });
const answer = (description, schema) => ({ description, ...(schema ? json(schema) : {}) });
const reference = (name) => ({ $ref: `#/components/schemas/${name}` });

export function openapi(names, fields) {
  const one = reference(names.Item);
  const body = { required: true, ...json(reference(`${names.Item}Values`)) };
  const account = { required: true, ...json(reference('Credentials')) };
  const bad = answer('Not valid', reference('Problem'));
  const missing = answer('Unknown', reference('Problem'));
  const denied = answer('No valid token', reference('Problem'));
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  return {
    openapi: '3.1.0',
    info: { title: names.project, version: '0.1.0' },
    security: [{ token: [] }],
    paths: {
      '/health': { get: { security: [], responses: { 200: answer('Well') } } },
      '/register': { post: { security: [], requestBody: account, responses: { 201: answer('Made'), 400: bad, 409: answer('Taken', reference('Problem')) } } },
      '/login': { post: { security: [], requestBody: account, responses: { 200: answer('A token for an hour'), 401: denied } } },
      '/me': { get: { responses: { 200: answer('The account'), 401: denied } } },
      [`/${names.entities}`]: {
        get: { responses: { 200: answer(`A page of ${names.labels}`), 401: denied } },
        post: { requestBody: body, responses: { 201: answer('Added', one), 400: bad, 401: denied } },
      },
      [`/${names.entities}/{id}`]: {
        parameters: [id],
        get: { responses: { 200: answer(`The ${names.label}`, one), 404: missing } },
        put: { requestBody: body, responses: { 200: answer('Replaced', one), 400: bad, 404: missing } },
        delete: { responses: { 204: answer('Removed'), 404: missing } },
      },
    },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: {
        [`${names.Item}Values`]: values(fields),
        [names.Item]: { allOf: [reference(`${names.Item}Values`), { type: 'object', required: ['id', 'createdAt'] }] },
        Credentials: { type: 'object', required: ['email', 'password'], properties: { email: SCHEMAS.email, password: { type: 'string', minLength: 10 } } },
        Problem: { type: 'object', required: ['error', 'message'], properties: { error: { type: 'string' }, message: { type: 'string' }, fields: { type: 'object' } } },
      },
    },
  };
}

function values(fields) {
  return {
    type: 'object',
    additionalProperties: false,
    required: fields.filter((field) => field.required).map((field) => field.name),
    properties: Object.fromEntries(fields.map((field) => [field.name, SCHEMAS[field.type]])),
  };
}
