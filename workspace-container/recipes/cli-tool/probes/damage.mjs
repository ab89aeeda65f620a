import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { program } from '../calling.mjs';

export default async function damage({ sandbox, expect, options }) {
  const call = program(sandbox, options);
  for (const [what, content] of [['half a file', '[{"id": 1,'], ['a file of something else', '{"a": 1}'], ['no JSON at all', '\u0000\u0001']]) {
    writeFileSync(join(sandbox.data, 'records.json'), content);
    for (const command of ['list', 'stats', 'export']) {
      const { exitCode, lines } = await call([command]);
      expect(exitCode === 1 && lines.length === 1 && lines[0].includes('records.json'), `${what}: ${command} ends with 1 and one line that names the file`);
    }
  }
}
