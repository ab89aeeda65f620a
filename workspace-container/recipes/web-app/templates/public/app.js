// The page: shows the {{labels}}, adds, changes and removes them.
const api = '/api/{{entities}}';
const form = document.getElementById('form');
const rows = document.getElementById('rows');
const statusLine = document.getElementById('status');
const cancel = document.getElementById('cancel');
const title = document.getElementById('form-title');
const fields = {{fieldKinds}};
let editing;

async function call(method, path, body) {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(path, { method, headers, body });
  const content = answer.status === 204 ? undefined : await answer.json();
  return { ok: answer.ok, content };
}

function readForm() {
  const values = {};
  for (const [name, kind] of Object.entries(fields)) {
    const input = form.elements[name];
    if (kind === 'boolean') values[name] = input.checked;
    else if (input.value === '') continue;
    else if (kind === 'number') values[name] = Number(input.value);
    else values[name] = input.value;
  }
  return values;
}

function showProblems(problems = {}) {
  for (const name of Object.keys(fields)) {
    const text = problems[name] ?? '';
    document.getElementById(`${name}-problem`).textContent = text;
    form.elements[name].setAttribute('aria-invalid', String(text !== ''));
  }
  const first = Object.keys(problems)[0];
  if (first) form.elements[first]?.focus();
}

function startEditing({{item}}) {
  editing = {{item}}?.id;
  title.textContent = editing ? 'Change the {{label}}' : 'Add a {{label}}';
  cancel.hidden = !editing;
  for (const [name, kind] of Object.entries(fields)) {
    const value = {{item}}?.[name];
    if (kind === 'boolean') form.elements[name].checked = value === true;
    else form.elements[name].value = value ?? '';
  }
  showProblems();
}

function cell(text) {
  const element = document.createElement('td');
  element.textContent = text === true ? 'yes' : text === false ? 'no' : text;
  return element;
}

function button(text, what, act) {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = text;
  element.setAttribute('aria-label', `${text} ${what}`);
  element.addEventListener('click', act);
  return element;
}

function row({{item}}) {
  const names = Object.keys(fields);
  const element = document.createElement('tr');
  element.append(...names.map((name) => cell({{item}}[name] ?? '')));
  const actions = document.createElement('td');
  const what = String({{item}}[names[0]] ?? '');
  actions.append(
    button('Change', what, () => startEditing({{item}})),
    button('Remove', what, async () => {
      await call('DELETE', `${api}/${{{item}}.id}`);
      await refresh(`Removed ${what}.`);
    }),
  );
  element.append(actions);
  return element;
}

async function refresh(message) {
  const { content } = await call('GET', api);
  rows.replaceChildren(...content.items.map(row));
  const count = content.items.length;
  const total = `${count} ${count === 1 ? '{{label}}' : '{{labels}}'}`;
  statusLine.textContent = message ? `${message} ${total}.` : `${total}.`;
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const path = editing ? `${api}/${editing}` : api;
  const body = JSON.stringify(readForm());
  const { ok, content } = await call(editing ? 'PUT' : 'POST', path, body);
  showProblems(ok ? {} : content.fields);
  if (ok) {
    startEditing();
    await refresh('Saved.');
  }
});

form.addEventListener('reset', (event) => {
  event.preventDefault();
  startEditing();
});

await refresh();
