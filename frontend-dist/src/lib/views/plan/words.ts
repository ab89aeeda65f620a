import { t } from '../../text';

/** `local planner, 93 % sure`. */
export function origin(plan: { source: 'local' | 'llm'; confidence: number }): string {
  const sure = plan.confidence > 0.99 ? t.plan.verySure : t.plan.sure(Math.round(plan.confidence * 100));
  return `${plan.source === 'local' ? t.plan.local : t.plan.model}, ${sure}`;
}
