// Reviewer: hands the program what it does not expect, mends what gives way, and writes down what was seen.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { language } from '../languages.mjs';

const CHANGES = {
  node: {
    'src/store.js': [
      [
        "    return JSON.parse(readFileSync(this.#file, 'utf8'));\n",
        `    let records;
    try {
      records = JSON.parse(readFileSync(this.#file, 'utf8'));
    } catch (error) {
      throw new DamagedFile(\`\${this.#file}: \${error.message}\`);
    }
    if (!Array.isArray(records)) {
      throw new DamagedFile(\`\${this.#file}: holds no list\`);
    }
    return records;
`,
      ],
      ['export class Store {', '/** The file is there, but is not ours. */\nexport class DamagedFile extends Error {}\n\nexport class Store {'],
    ],
    'src/cli.js': [
      ["import { Store } from './store.js';", "import { DamagedFile, Store } from './store.js';"],
      [
        '    if (!(error instanceof UsageError)) throw error;\n',
        `    if (error instanceof DamagedFile) {
      process.stderr.write(\`{{entities}}: \${error.message}\\n\`);
      return 1;
    }
    if (!(error instanceof UsageError)) throw error;
`,
      ],
    ],
  },
  python: {
    'src/store.py': [
      [
        `        with open(self._file, encoding="utf-8") as stream:
            return json.load(stream)
`,
        `        try:
            with open(self._file, encoding="utf-8") as stream:
                records = json.load(stream)
        except (OSError, ValueError) as error:
            raise DamagedFile(f"{self._file}: {error}") from error
        if not isinstance(records, list):
            raise DamagedFile(f"{self._file}: holds no list")
        return records
`,
      ],
      ['class Store:', 'class DamagedFile(Exception):\n    """The file is there, but is not ours."""\n\n\nclass Store:'],
    ],
    'src/cli.py': [
      ['from src.store import Store', 'from src.store import DamagedFile, Store'],
      [
        '    except UsageError as error:\n',
        `    except DamagedFile as error:
        print(f"{{entities}}: {error}", file=sys.stderr)
        return 1
    except UsageError as error:
`,
      ],
    ],
  },
};

export default async function review(step) {
  const lang = language(step);
  const before = await attack(step, lang);
  const broken = before.filter(({ held }) => !held);
  step.say(broken.length === 0 ? 'Everything holds.' : `Gives way: ${broken.map(({ tried }) => tried).join('; ')}.`);
  for (const [path, changes] of Object.entries(CHANGES[lang.name])) {
    const filled = changes.map((pair) => pair.map((text) => text.replaceAll('{{entities}}', step.names.entities)));
    await step.edit(path, filled, 'a damaged file is reported in one line');
  }
  const after = await attack(step, lang);
  for (const { tried, held } of after) step.expect(held, `holds: ${tried}`);
  if (!(broken.length === 0 && step.has('docs/review.md'))) {
    await step.write('docs/review.md', report(step, before, after), 'what was tried, and what was seen');
  }
  await step.commit('fix: a damaged file is reported in one line; review notes');
}

async function attack(step, lang) {
  const folder = mkdtempSync(join(tmpdir(), 'orchflow-try-'));
  const file = join(folder, 'try.json');
  const call = (words) => step.run(...lang.call(words), { env: { ...lang.env, [step.names.ENV]: file }, tolerate: true });
  const seen = [];
  const note = (tried, { exitCode, lines }, wanted) => {
    const held = exitCode === wanted && lines.length <= 1;
    seen.push({ tried, seen: `${exitCode}, ${lines.length} lines`, held });
  };
  try {
    note('an option without a value', await call(['add', '--x']), 2);
    note('an id that is a path', await call(['remove', '../../etc/passwd']), 2);
    writeFileSync(file, '[{"id": 1');
    note('half a file', await call(['list']), 1);
    writeFileSync(file, '"text"');
    note('a file of something else', await call(['list']), 1);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return seen;
}

function report(step, before, after) {
  const rows = after.map((row, index) => `| ${row.tried} | ${before[index].seen} | ${row.seen} |`);
  return `# Review of ${step.names.project}

What the program was handed, and how it ended (exit code, lines printed)
before and after the reviewer's change.

| tried | before | after |
|---|---|---|
${rows.join('\n')}

Changed: a damaged file is reported in one line with exit code 1 instead of a
stack trace. Left open: two calls at the same moment; the later one wins.
`;
}
