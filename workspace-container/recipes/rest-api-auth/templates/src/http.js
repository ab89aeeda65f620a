// Reading requests and writing answers: JSON in, JSON out, errors as one shape.

const BODY_LIMIT = 64 * 1024; // bytes

/** An answer that is not a success: `{error, message, fields?}` with its status. */
export class HttpError extends Error {
  constructor(status, code, message, fields) {
    super(message);
    this.status = status;
    this.body = { error: code, message, fields };
  }
}

export const badInput = (fields) =>
  new HttpError(400, 'validation_failed', 'Some fields are not valid.', fields);

/** The request's JSON object. 400 for anything else, 413 beyond 64 KiB. */
export async function readJson(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > BODY_LIMIT) {
      throw new HttpError(413, 'too_large', `At most ${BODY_LIMIT} bytes.`);
    }
    chunks.push(chunk);
  }
  let value;
  try {
    value = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new HttpError(400, 'not_json', 'The body is not JSON.');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new HttpError(400, 'not_json', 'The body is not a JSON object.');
  }
  return value;
}

export function send(response, status, body, headers = {}) {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(text);
}
