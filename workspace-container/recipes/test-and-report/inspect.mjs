// What can be known of a repository by reading it. Used by the steps, and by the probes that hold them to it.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

const LANGUAGES = {
  '.js': 'JavaScript', '.mjs': 'JavaScript', '.cjs': 'JavaScript', '.jsx': 'JavaScript', '.ts': 'TypeScript', '.tsx': 'TypeScript',
  '.py': 'Python', '.java': 'Java', '.kt': 'Kotlin', '.go': 'Go', '.rs': 'Rust', '.rb': 'Ruby', '.php': 'PHP', '.c': 'C', '.h': 'C',
  '.cc': 'C++', '.cpp': 'C++', '.hpp': 'C++', '.cs': 'C#', '.swift': 'Swift', '.sh': 'Shell', '.bash': 'Shell', '.sql': 'SQL',
  '.html': 'HTML', '.css': 'CSS', '.scss': 'CSS', '.svelte': 'Svelte', '.vue': 'Vue', '.md': 'Markdown', '.json': 'JSON',
  '.yml': 'YAML', '.yaml': 'YAML', '.toml': 'TOML', '.xml': 'XML',
};
const OURS = /^(reports\/|notes\/|REPORT\.md$)/;
const SKIPPED = new Set(['.git', 'node_modules', '__pycache__', '.venv', 'venv', 'target', 'dist', 'build']);
const TEST_FILE = /(^|\/)(tests?|__tests__|spec)\/|[._-](test|spec)\.[a-z]+$|(^|\/)test_[^/]+\.py$|_test\.(py|go)$|Test\.(java|kt)$/;
const READ_LIMIT = 2 * 1024 * 1024; // bytes; larger files are counted, not read

/** Paths of the repository's own files, sorted; what this recipe wrote is left out. */
export function files(root, folder = '') {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : files(root, path);
      return entry.isFile() && !OURS.test(path) ? [path] : [];
    })
    .sort();
}

function text(root, path) {
  const content = readFileSync(join(root, path));
  return content.length > READ_LIMIT || content.includes(0) ? undefined : content.toString('utf8');
}

const lineCount = (content) => (content === '' ? 0 : content.split('\n').length - (content.endsWith('\n') ? 1 : 0));

/** @returns {{files, lines, testFiles, languages: {[name]: {files, lines}}, runners}} */
export function survey(root) {
  const paths = files(root);
  const languages = {};
  let lines = 0;
  for (const path of paths) {
    const name = LANGUAGES[extname(path).toLowerCase()];
    const content = text(root, path);
    if (content === undefined) continue;
    const count = lineCount(content);
    lines += count;
    if (!name) continue;
    languages[name] ??= { files: 0, lines: 0 };
    languages[name].files += 1;
    languages[name].lines += count;
  }
  const byLines = Object.entries(languages).sort(([a, one], [b, two]) => two.lines - one.lines || (a < b ? -1 : 1));
  return {
    files: paths.length,
    lines,
    testFiles: paths.filter((path) => TEST_FILE.test(path)).length,
    languages: Object.fromEntries(byLines),
    runners: runners(root, paths),
  };
}

/** How its tests are run: [{name, argv}], in the order in which they are run. */
export function runners(root, paths) {
  const found = [];
  const has = (pattern) => paths.some((path) => pattern.test(path));
  const script = npmTest(root);
  if (script) found.push({ name: 'npm test', argv: ['sh', '-c', script] });
  else if (has(/[._-]test\.[cm]?js$|(^|\/)test\/.*\.[cm]?js$/)) found.push({ name: 'node --test', argv: ['node', '--test'] });
  if (has(/(^|\/)test_[^/]+\.py$|_test\.py$/)) {
    const pattern = has(/(^|\/)test_[^/]+\.py$/) ? 'test_*.py' : '*_test.py';
    const folder = ['tests', 'test'].find((one) => paths.some((path) => path.startsWith(`${one}/`) && path.endsWith('.py'))) ?? '.';
    const where = existsSync(join(root, folder, '__init__.py')) ? ['-t', '.'] : [];
    found.push({ name: 'python3 unittest', argv: ['python3', '-B', '-m', 'unittest', 'discover', '-s', folder, '-p', pattern, ...where] });
  }
  if (has(/^go\.mod$/)) found.push({ name: 'go test', argv: ['go', 'test', '-v', './...'] });
  if (has(/^Cargo\.toml$/)) found.push({ name: 'cargo test', argv: ['cargo', 'test', '--offline'] });
  if (has(/^pom\.xml$/)) found.push({ name: 'mvn test', argv: ['mvn', '-o', '-q', 'test'] });
  if (found.length === 0 && has(/^Makefile$/) && /^test:/m.test(text(root, 'Makefile') ?? '')) {
    found.push({ name: 'make test', argv: ['make', 'test'] });
  }
  return found;
}

function npmTest(root) {
  if (!existsSync(join(root, 'package.json'))) return undefined;
  try {
    const script = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts?.test;
    return typeof script === 'string' && !/no test specified/.test(script) ? script : undefined;
  } catch {
    return undefined;
  }
}

const COUNTS = [
  [/^(?:#|ℹ) pass (\d+)/m, /^(?:#|ℹ) fail (\d+)/m], // node
  [/^Tests:.*?(\d+) passed/m, /^Tests:.*?(\d+) failed/m], // jest
  [/^\s*(\d+) passing/m, /^\s*(\d+) failing/m], // mocha
  [/^test result:.*? (\d+) passed/m, /^test result:.*? (\d+) failed/m], // cargo
  [/=.* (\d+) passed/m, /=.* (\d+) failed/m], // pytest
];

/** @returns {{passed, failed}} or {} where the output gives no figures */
export function counts(lines) {
  const output = lines.join('\n').replace(/\u001b\[[0-9;]*m/g, '');
  const unittest = /^Ran (\d+) tests?/m.exec(output);
  if (unittest) {
    const failed = [...output.matchAll(/(?:failures|errors)=(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0);
    return { passed: Number(unittest[1]) - failed, failed };
  }
  const go = [...output.matchAll(/^\s*--- (PASS|FAIL)/gm)];
  if (go.length > 0) {
    const failed = go.filter(([, word]) => word === 'FAIL').length;
    return { passed: go.length - failed, failed };
  }
  for (const [pass, fail] of COUNTS) {
    const passed = pass.exec(output);
    const failed = fail.exec(output);
    if (passed || failed) return { passed: Number(passed?.[1] ?? 0), failed: Number(failed?.[1] ?? 0) };
  }
  return {};
}

const SECRETS = /-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bghp_[A-Za-z0-9]{36}\b|\bsk-[A-Za-z0-9]{32,}\b/;

/** Common problems: [{kind, path?, detail}], sorted by kind and path. */
export function findings(root) {
  const paths = files(root);
  const found = [];
  const missing = (name, pattern) => {
    if (!paths.some((path) => pattern.test(path))) found.push({ kind: 'missing', detail: name });
  };
  missing('README', /^readme/i);
  missing('LICENSE', /^(licen[cs]e|copying)/i);
  missing('.gitignore', /^\.gitignore$/);
  missing('tests', TEST_FILE);
  for (const path of paths) {
    const content = text(root, path);
    if (content === undefined) continue;
    const lines = lineCount(content);
    const source = LANGUAGES[extname(path).toLowerCase()];
    if (source && !['JSON', 'Markdown', 'XML', 'YAML'].includes(source) && lines > 400) found.push({ kind: 'long file', path, detail: `${lines} lines` });
    const marks = (content.match(/\b(TODO|FIXME|XXX)\b/g) ?? []).length;
    if (marks > 0) found.push({ kind: 'open mark', path, detail: `${marks} TODO, FIXME or XXX` });
    if (SECRETS.test(content)) found.push({ kind: 'secret', path, detail: 'looks like a private key or token' });
    if (extname(path) === '.json' && !path.startsWith('.vscode/') && !/tsconfig/.test(path)) {
      try {
        JSON.parse(content);
      } catch (error) {
        found.push({ kind: 'syntax', path, detail: 'is not JSON' });
      }
    }
    if (/^<{7} |^>{7} /m.test(content)) found.push({ kind: 'conflict', path, detail: 'holds marks of a merge conflict' });
  }
  return found.sort((a, b) => order(a).localeCompare(order(b), 'en'));
}

const order = ({ kind, path = '', detail }) => `${kind}\u0000${path}\u0000${detail}`;
