import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Evidence, SwarmTask } from '../src/lib/api/types';
import {
  baseOf,
  checksOf,
  compared,
  greenOf,
  KEPT_BYTES,
  located,
  repeated,
  verdictOf
} from '../src/lib/views/proof/proofs';

const run = (id: string, check: string, more: Partial<Evidence> = {}): Evidence => ({
  id,
  command: `do ${check}`,
  exitCode: 0,
  outputSha256: '',
  outputUrl: `/out/${id}`,
  outputBytes: 0,
  checkSha256: check,
  inputsChanged: [],
  commit: 'c0ffee',
  stage: 'COMMIT',
  assurance: 'sandboxed',
  finishedAt: '2026-01-01T00:00:00Z',
  ...more
});
const task = (...evidence: Evidence[]): SwarmTask => ({
  id: 't',
  title: 'T',
  role: 'r',
  state: 'DONE',
  attempts: 1,
  dependsOn: [],
  checks: [],
  evidence
});

describe('the checks of a task', () => {
  const t = task(
    run('1', 'a', { baselineExitCode: 1 }),
    run('2', 'b', { baselineExitCode: 0 }),
    run('3', 'a', { stage: 'MERGED' }),
    run('4', 'c'),
    run('5', 'b', { exitCode: 2, baselineExitCode: 0 })
  );
  const [a, b, c] = checksOf(t);

  it('are grouped by digest, with every run', () => {
    expect(checksOf(t).map((x) => [x.sha256, x.runs.map((r) => r.id), x.latest.id])).toEqual([
      ['a', ['1', '3'], '3'],
      ['b', ['2', '5'], '5'],
      ['c', ['4'], '4']
    ]);
  });

  it('prove something only where the base was red', () => {
    expect(verdictOf(a!, a!.runs[0]!)).toBe('proved');
    expect(verdictOf(b!, b!.runs[0]!)).toBe('green-before');
    expect(verdictOf(b!, b!.latest)).toBe('failed');
    expect(verdictOf(c!, c!.latest)).toBe('no-base');
  });

  it('take the base of the commit for the merged tree, and for nothing else', () => {
    expect(baseOf(a!, a!.latest)?.id).toBe('1');
    expect(baseOf(c!, c!.latest)).toBeUndefined();
    const later = checksOf(task(run('1', 'a', { baselineExitCode: 1 }), run('2', 'a')))[0]!;
    expect(baseOf(later, later.latest)).toBeUndefined();
  });

  it('are counted by their last runs', () => {
    expect(greenOf([t])).toEqual({ green: 2, all: 3 });
    expect(greenOf([{}])).toEqual({ green: 0, all: 0 });
  });

  it('are found by a piece of evidence', () => {
    expect(located([task(), t], '5')?.check.sha256).toBe('b');
    expect(located([t], 'other')).toBeUndefined();
  });

  it('are repeated when each has a run that was not there before', () => {
    expect(repeated(t, new Set(['1', '2', '3', '4']))).toEqual({ done: 1, all: 3 });
    expect(repeated(t, new Set())).toEqual({ done: 3, all: 3 });
  });
});

describe('an output', () => {
  const bytes = new TextEncoder().encode('ok\n');
  const digest = createHash('sha256').update(bytes).digest('hex');

  it('is verified only where every byte is as the evidence says', async () => {
    expect(await compared(bytes, digest, 3)).toBe('equal');
    expect(await compared(new TextEncoder().encode('no\n'), digest, 3)).toBe('differs');
  });

  it('is not called verified where it was cut, or where no digest is known', async () => {
    expect(await compared(bytes, digest, KEPT_BYTES + 1)).toBe('cut');
    expect(await compared(bytes, undefined, 3)).toBe('unknown');
  });
});
