import type { Evidence, SwarmTask } from '../../api/types';

/** One check of a task with every run of it, oldest first. */
export interface Check {
  sha256: string;
  command: string;
  runs: Evidence[];
  latest: Evidence;
}

export type Verdict = 'failed' | 'refuted' | 'proved' | 'green-before' | 'no-base';

/** The checks of a task that have run, in the order of their first runs. */
export function checksOf(task: Pick<SwarmTask, 'evidence'>): Check[] {
  const checks = new Map<string, Check>();
  for (const run of task.evidence ?? []) {
    const known = checks.get(run.checkSha256);
    if (known) {
      known.runs.push(run);
      known.latest = run;
    } else {
      const { checkSha256: sha256, command } = run;
      checks.set(sha256, { sha256, command, runs: [run], latest: run });
    }
  }
  return [...checks.values()];
}

/** The run that has the base's result: a run on the merged tree uses the one of the commit before it. */
export function baseOf(check: Check, run: Evidence): Evidence | undefined {
  if (run.baselineExitCode !== undefined) return run;
  if (run.stage !== 'MERGED') return undefined;
  const before = check.runs.slice(0, check.runs.indexOf(run));
  return before.findLast((r) => r.baselineExitCode !== undefined);
}

export function verdictOf(check: Check, run: Evidence): Verdict {
  if (run.exitCode !== 0) return 'failed';
  if (run.objection) return 'refuted';
  const base = baseOf(check, run)?.baselineExitCode;
  if (base === undefined) return 'no-base';
  return base === 0 ? 'green-before' : 'proved';
}

/** Whether a run counts: with an objection, exit code 0 does not. */
export const passed = (run: Evidence): boolean => run.exitCode === 0 && !run.objection;

/** Where in a swarm a piece of evidence belongs. */
export function located(
  tasks: readonly SwarmTask[],
  evidenceId: string
): { task: SwarmTask; check: Check; run: Evidence } | undefined {
  for (const task of tasks) {
    for (const check of checksOf(task)) {
      const run = check.runs.find((r) => r.id === evidenceId);
      if (run) return { task, check, run };
    }
  }
  return undefined;
}

/** Checks whose last run is green, and all that have run. */
export function greenOf(tasks: readonly Pick<SwarmTask, 'evidence'>[]): { green: number; all: number } {
  const checks = tasks.flatMap(checksOf);
  return { green: checks.filter((c) => passed(c.latest)).length, all: checks.length };
}

/** The checks that ran again since `before`, and whether that was all of them. */
export function repeated(task: SwarmTask, before: ReadonlySet<string>): { done: number; all: number } {
  const checks = checksOf(task);
  return { done: checks.filter((c) => !before.has(c.latest.id)).length, all: checks.length };
}

/** The server keeps no more of an output; its digest covers the whole. */
export const KEPT_BYTES = 8 << 20;

export type Digest = 'equal' | 'differs' | 'cut' | 'insecure' | 'unknown';

export async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, '0')).join('');
}

/**
 * Compares an output with the digest that the evidence names.
 *
 * @param size bytes of the whole output, where known
 */
export async function compared(
  bytes: Uint8Array,
  expected: string | undefined,
  size: number | undefined
): Promise<Digest> {
  if (!expected) return 'unknown';
  if ((size ?? bytes.length) > KEPT_BYTES) return 'cut';
  if (!globalThis.crypto?.subtle) return 'insecure';
  return (await sha256(bytes)) === expected ? 'equal' : 'differs';
}
