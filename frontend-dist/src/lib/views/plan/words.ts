import type { Adapter, PlanTask } from '../../api/types';
import { doerOf } from '../../state/tasks';
import { t } from '../../text';

/** `local planner, 93 % sure`. */
export function origin(plan: { source: 'local' | 'llm'; confidence: number }): string {
  const sure = plan.confidence > 0.99 ? t.plan.verySure : t.plan.sure(Math.round(plan.confidence * 100));
  return `${plan.source === 'local' ? t.plan.local : t.plan.model}, ${sure}`;
}

/** `Codex · structured`, `Command`; a program that is not known is called by its id. */
export function doerWords(task: Pick<PlanTask, 'adapter' | 'profile'>, adapter: Adapter | undefined): string {
  const doer = doerOf(task);
  switch (doer.kind) {
    case 'recipe':
      return t.plan.doer.recipe;
    case 'command':
      return t.plan.doer.command;
    case 'program':
      return adapter ? `${adapter.title} · ${adapter.label}` : doer.profile;
  }
}

/** Whether the program is there and only finds no model. */
export const lacksModel = (adapter: Adapter): boolean =>
  !adapter.ready && adapter.installed === true && adapter.wire !== undefined && !adapter.model;
