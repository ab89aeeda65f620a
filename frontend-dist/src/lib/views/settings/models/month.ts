import type { Limits, Member, Spending } from '../../../api/types';
import { t } from '../../../text';

/** What one has spent this month; `id` is a person's, or the team's. */
export interface Spent {
  id: string;
  name: string;
  tokens: number;
  usd: number;
  limits?: Limits;
}

const spentOf = (id: string, name: string, found: Spending | undefined): Spent => ({
  id,
  name,
  tokens: found?.tokensUsed ?? 0,
  usd: found?.usdUsed ?? 0,
  limits: found?.limits
});

/** The team's own, then all members and whoever has left and still counts, who spent the most first. */
export function monthOf(
  teamId: string,
  spendings: readonly Spending[],
  members: readonly Pick<Member, 'userId' | 'displayName'>[]
): { team: Spent; people: Spent[] } {
  const ofUser = spendings.filter((s) => s.scope === 'user');
  const people = members.map((m) =>
    spentOf(m.userId, m.displayName, ofUser.find((s) => s.id === m.userId))
  );
  for (const spending of ofUser) {
    if (people.some((one) => one.id === spending.id) || !spending.tokensUsed) continue;
    people.push(spentOf(spending.id, t.models.month.left, spending));
  }
  people.sort((a, b) => b.tokens - a.tokens || a.name.localeCompare(b.name));
  const team = spentOf(teamId, t.models.month.team, spendings.find((s) => s.scope === 'team'));
  return { team, people };
}
