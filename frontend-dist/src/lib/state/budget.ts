import type { Budget, Limits, Swarm } from '../api/types';
import { t } from '../text';

const b = t.models.budget;
const whole = new Intl.NumberFormat('en');

/** `12,345`. */
export const count = (n: number): string => whole.format(n);

/** `$2.50`; below a cent with as many digits as say something. */
export function usd(amount: number): string {
  const small = amount > 0 && amount < 0.01;
  const format: Intl.NumberFormatOptions = small ? { maximumSignificantDigits: 2 } : {};
  return amount.toLocaleString('en', { style: 'currency', currency: 'USD', ...format });
}

/** A budget as it is typed; empty is no limit. */
export interface BudgetText {
  tokens: string;
  usd: string;
  /** Of a swarm only, as the agents. */
  minutes: string;
  agents: string;
}

export const noBudget: BudgetText = { tokens: '', usd: '', minutes: '', agents: '' };

export interface Typed {
  budget: Budget;
  /** What cannot be read, by field. */
  wrong: Partial<BudgetText>;
}

export const textOf = (limits: Limits | undefined): BudgetText => ({
  tokens: limits?.tokens ? String(limits.tokens.limit) : '',
  usd: limits?.costUsd ? String(limits.costUsd.limit) : '',
  minutes: limits?.minutes === undefined ? '' : String(limits.minutes),
  agents: limits?.agents === undefined ? '' : String(limits.agents)
});

/** What was typed; `600000`, `600,000` and `600 000` are the same. */
export function typed(text: BudgetText): Typed {
  const result: Typed = { budget: {}, wrong: {} };
  for (const [field, wrong] of [['tokens', b.tokensWrong], ['minutes', b.minutesWrong], ['agents', b.agentsWrong]] as const) {
    const whole = text[field].trim();
    if (/^\d+([, _]?\d+)*$/.test(whole)) result.budget[field] = Number(whole.replace(/[, _]/g, ''));
    else if (whole) result.wrong[field] = wrong;
  }
  const cost = text.usd.trim().replace(/^\$\s*/, '');
  if (/^\d+(\.\d+)?$|^\.\d+$/.test(cost)) result.budget.costUsd = Number(cost);
  else if (cost) result.wrong.usd = b.usdWrong;
  return result;
}

export const isRight = ({ wrong }: Typed): boolean => Object.keys(wrong).length === 0;

/** Where a new limit is no more than what is used up: nothing would go on under it. */
export function gone(budget: Budget, up: Budget): Partial<BudgetText> {
  const wrong: Partial<BudgetText> = {};
  if (budget.tokens !== undefined && up.tokens !== undefined && budget.tokens <= up.tokens) {
    wrong.tokens = b.gone(count(up.tokens));
  }
  if (budget.costUsd !== undefined && up.costUsd !== undefined && budget.costUsd <= up.costUsd) {
    wrong.usd = b.gone(usd(up.costUsd));
  }
  if (budget.minutes !== undefined && up.minutes !== undefined && budget.minutes <= up.minutes) {
    wrong.minutes = b.gone(b.minutesOf(count(up.minutes)));
  }
  if (budget.agents !== undefined && up.agents !== undefined && budget.agents <= up.agents) {
    wrong.agents = b.gone(b.agentsOf(count(up.agents)));
  }
  return wrong;
}

/** A limit as a bar shows it; parts of 1. */
export interface Meter {
  name: string;
  used: number;
  reserved: number;
  /** `12,300 of 20,000 tokens`. */
  text: string;
  /** `800 under way`; empty where nothing is. */
  underWay: string;
}

/** What a swarm has used besides models. */
export interface SwarmUse {
  elapsedMs: number;
  agents: number;
}

export function metersOf(limits: Limits | undefined, use?: SwarmUse): Meter[] {
  const found: Meter[] = [];
  if (limits?.tokens) {
    const { limit, used, reserved } = limits.tokens;
    const text = b.of(count(used), b.count(count(limit)));
    const underWay = reserved ? b.reserved(count(reserved)) : '';
    found.push({ name: b.meter(b.tokens), ...parts(limit, used, reserved), text, underWay });
  }
  if (limits?.costUsd) {
    const { limit, used, reserved } = limits.costUsd;
    const text = b.of(usd(used), usd(limit));
    const underWay = reserved ? b.reserved(usd(reserved)) : '';
    found.push({ name: b.meter(b.usd), ...parts(limit, used, reserved), text, underWay });
  }
  if (limits?.minutes !== undefined && use) {
    const used = use.elapsedMs / 60_000;
    const text = b.of(count(Math.floor(used)), b.minutesOf(count(limits.minutes)));
    found.push({ name: b.meter(b.minutes), ...parts(limits.minutes, used, 0), text, underWay: '' });
  }
  if (limits?.agents !== undefined && use) {
    const text = b.of(count(use.agents), b.agentsOf(count(limits.agents)));
    found.push({ name: b.meter(b.agents), ...parts(limits.agents, use.agents, 0), text, underWay: '' });
  }
  return found;
}

/** Nothing may be spent of a limit of 0: it is full. */
function parts(limit: number, used: number, reserved: number) {
  if (limit <= 0) return { used: 1, reserved: 0 };
  const part = Math.min(1, used / limit);
  return { used: part, reserved: Math.min(1 - part, reserved / limit) };
}

/** Whose budget is used up, where that is why a swarm is paused. The reason's words are the service's. */
export function budgetReached(swarm: Pick<Swarm, 'state' | 'reason' | 'pausedBy'>): 'swarm' | 'team' | 'person' | undefined {
  if (swarm.state !== 'PAUSED' || (swarm.pausedBy && swarm.pausedBy !== 'budget')) return undefined;
  const whose = /^the budget of .+ for (this swarm|the team|the person)\b.* is used up/i.exec(swarm.reason ?? '')?.[1];
  if (!whose) return undefined;
  if (whose.toLowerCase() === 'this swarm') return 'swarm';
  return whose.toLowerCase() === 'the team' ? 'team' : 'person';
}

/** Which of its own limits a swarm has reached, by the reason's words; a call may need more than what is left of it. */
export function usedUp(swarm: Pick<Swarm, 'state' | 'reason' | 'pausedBy' | 'usage'>): Budget {
  const { tokens, costUsd, minutes, agents } = swarm.usage.budget ?? {};
  if (budgetReached(swarm) !== 'swarm') return {};
  const reason = swarm.reason ?? '';
  if (/^the budget of [\d,]+ minutes? /i.test(reason)) return minutes === undefined ? {} : { minutes };
  if (/^the budget of [\d,]+ agents? /i.test(reason)) return agents === undefined ? {} : { agents };
  if (/^the budget of \$/i.test(reason)) return costUsd ? { costUsd: Math.max(costUsd.limit, costUsd.used) } : {};
  return tokens ? { tokens: Math.max(tokens.limit, tokens.used) } : {};
}
