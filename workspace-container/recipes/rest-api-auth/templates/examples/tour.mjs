// A walk through the API: node examples/tour.mjs http://127.0.0.1:3000
const origin = process.argv[2] ?? 'http://127.0.0.1:3000';
const password = 'correct horse';
const email = `tour-${Date.now()}@example.org`;
let token;

async function call(method, path, body) {
  const headers = { 'content-type': 'application/json' };
  if (token) headers.authorization = `Bearer ${token}`;
  const init = { method, headers, body: JSON.stringify(body) };
  const answer = await fetch(origin + path, init);
  const text = await answer.text();
  console.log(`${method} ${path} -> ${answer.status}`);
  return text ? JSON.parse(text) : undefined;
}

await call('GET', '/{{entities}}');
await call('POST', '/register', { email, password });
({ token } = await call('POST', '/login', { email, password }));
const {{item}} = await call('POST', '/{{entities}}', {{sample}});
console.log({{item}});
await call('GET', `/{{entities}}/${{{item}}.id}`);
await call('GET', '/{{entities}}?limit=5');
await call('DELETE', `/{{entities}}/${{{item}}.id}`);
