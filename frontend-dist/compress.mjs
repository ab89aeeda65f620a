// Writes `.br` and `.gz` beside every file of a folder that gets smaller by it: the gateway gives them out as they are.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const SMALLEST = 1024;
const TEXT = /\.(js|mjs|css|html|svg|json|webmanifest|txt|wasm|ico|ttf)$/;

const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length
    }
  });
const gzip = (bytes) => gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION });

export function compress(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) {
      compress(path);
    } else if (TEXT.test(name) && statSync(path).size > SMALLEST) {
      const bytes = readFileSync(path);
      for (const [suffix, packed] of [['.br', brotli(bytes)], ['.gz', gzip(bytes)]]) {
        if (packed.length < bytes.length) writeFileSync(path + suffix, packed);
      }
    }
  }
}
