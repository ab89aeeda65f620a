import { expect, test } from 'vitest';
import { monthOf } from '../src/lib/views/settings/models/month';

const members = [
  { userId: 'a', displayName: 'Ada' },
  { userId: 'b', displayName: 'Bo' },
  { userId: 'c', displayName: 'Cy' }
];

test('all members are shown, who spent the most first, and the team by itself', () => {
  const limits = { tokens: { limit: 10, used: 5, reserved: 0 } };
  const { team, people } = monthOf(
    't',
    [
      { scope: 'team', id: 't', tokensUsed: 50, usdUsed: 0.5, limits },
      { scope: 'user', id: 'b', tokensUsed: 40, usdUsed: 0.4 }
    ],
    members
  );
  expect(team).toMatchObject({ id: 't', tokens: 50, usd: 0.5, limits });
  expect(people.map((p) => [p.name, p.tokens])).toEqual([['Bo', 40], ['Ada', 0], ['Cy', 0]]);
});

test('who has left is shown while it counts', () => {
  const spending = { scope: 'user' as const, id: 'gone', tokensUsed: 7, usdUsed: 0 };
  expect(monthOf('t', [spending], members).people[0]).toMatchObject({ id: 'gone', tokens: 7 });
  expect(monthOf('t', [{ ...spending, tokensUsed: 0 }], members).people).toHaveLength(3);
});
