// Makes the types of the API's calls out of its OpenAPI files.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import openapi, { astToString } from 'openapi-typescript';

const home = dirname(fileURLToPath(import.meta.url));
const out = join(home, 'src/lib/api/generated');

mkdirSync(out, { recursive: true });
for (const service of ['auth', 'workspaces', 'orchestration', 'terminal']) {
  const source = pathToFileURL(join(home, `../docs/reference/${service}.yaml`));
  writeFileSync(join(out, `${service}.d.ts`), astToString(await openapi(source)));
}
