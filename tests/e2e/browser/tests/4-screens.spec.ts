import { mkdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { accessible } from './axe';
import { expect, test, type Api } from './world';

const SHOTS = '../target/screenshots';
const SIZES = { desktop: { width: 1440, height: 900 }, wide: { width: 1920, height: 1080 }, phone: { width: 390, height: 844 } };

interface Scene {
  name: string;
  open: (page: Page, to: Address) => Promise<void>;
}

interface Address {
  workspace: string;
  conversation: string;
  plan: string;
  failed: string;
  asking: string;
  completed: string;
  evidence: string;
}

/** Everything that the screens need to have something to show. */
async function world(api: Api): Promise<Address> {
  const workspace = await api.workspace();
  const failed = await api.swarm(workspace, [
    { id: 'a', title: 'A file that is there', sh: 'echo hello > a.txt', check: 'test -s a.txt' },
    { id: 'b', title: 'A check that cannot pass', sh: 'echo tried > b.txt', check: 'echo it is not there >&2; test -e never' },
    { id: 'c', title: 'What waits for it', sh: 'true', check: 'true', dependsOn: ['b'] }
  ]);
  await api.until(failed, 'FAILED');
  const completed = await api.swarm(workspace, [
    { id: 'a', title: 'Write a greeting', sh: 'echo hello > greeting.txt', check: 'grep -q hello greeting.txt && echo it greets' },
    { id: 'b', title: 'Translate it', sh: 'echo bonjour >> greeting.txt', check: 'grep bonjour greeting.txt', dependsOn: ['a'] }
  ]);
  await api.until(completed, 'COMPLETED');
  const { tasks } = await api.get<{ tasks: { evidence: { id: string }[] }[] }>(`/api/swarms/${completed}`);
  const asking = await api.swarm(workspace, [
    { id: 'ask', title: 'Ask which port', sh: 'printf "\\aWhich port? "; read port; echo $port > port.txt', check: 'test -s port.txt' },
    ...[1, 2, 3, 4, 5].map((n) => ({
      id: `count${n}`,
      title: `Count to ${n} thousand`,
      sh: `for i in $(seq 3000); do echo "agent ${n} at $i"; sleep 0.2; done; echo $i > ${n}.txt`,
      check: `test -s ${n}.txt`
    }))
  ]);
  const { planId, conversationId } = await api.plan(workspace, [
    { id: 'x', title: 'Write the parser', sh: 'true', check: 'true' },
    { id: 'y', title: 'Write the printer', sh: 'true', check: 'true' },
    { id: 'z', title: 'Put them together', sh: 'true', check: 'true', dependsOn: ['x', 'y'] }
  ]);
  const evidence = tasks[1]!.evidence[0]!.id;
  return { workspace, conversation: conversationId, plan: planId, failed, asking, completed, evidence };
}

const SCENES: Scene[] = [
  { name: 'chat', open: (page, to) => go(page, `/w/${to.workspace}/chat?new`, page.getByLabel('Message', { exact: true })) },
  {
    name: 'ghost-plan',
    open: async (page, to) => {
      await go(page, `/w/${to.workspace}/chat?new`, page.getByLabel('Message', { exact: true }));
      await page.getByLabel('Message', { exact: true }).fill('Build me a REST API with auth for a book shop');
      await expect(page.getByRole('group', { name: 'Plan for what you are typing' })).toContainText('developer');
    }
  },
  { name: 'plan', open: (page, to) => go(page, `/w/${to.workspace}/chat/${to.conversation}?plan=${to.plan}`, page.getByLabel('Title of task 3')) },
  { name: 'swarm', open: (page, to) => go(page, `/w/${to.workspace}/swarms/${to.asking}`, page.locator('[data-state="NEEDS_YOU"]').first()) },
  { name: 'focus', open: (page, to) => go(page, `/w/${to.workspace}/swarms/${to.asking}?task=count1`, page.getByText('agent 1 at').or(page.locator('.xterm-screen')).first()) },
  { name: 'wall', open: (page, to) => go(page, `/w/${to.workspace}/swarms/${to.asking}?wall=1`, page.locator('[data-state="NEEDS_YOU"]').first()) },
  { name: 'failed', open: (page, to) => go(page, `/w/${to.workspace}/swarms/${to.failed}/result`, page.getByText('it is not there').first()) },
  {
    name: 'done-proof',
    open: async (page, to) => {
      await go(page, `/w/${to.workspace}/swarms/${to.completed}?proof=${to.evidence}`, page.getByRole('dialog'));
      await expect(page.getByRole('dialog')).toContainText('Digest verified');
    }
  },
  { name: 'result', open: (page, to) => go(page, `/w/${to.workspace}/swarms/${to.completed}/result`, page.getByText('greeting.txt').first()) },
  { name: 'runs', open: (page, to) => go(page, `/w/${to.workspace}/swarms`, page.getByRole('heading', { name: 'Past runs' })) },
  { name: 'terminal', open: (page, to) => go(page, `/w/${to.workspace}/terminal`, page.getByRole('button', { name: /terminal/i }).first()) },
  { name: 'settings', open: (page) => go(page, '/settings', page.getByRole('heading').first()) },
  {
    name: 'palette',
    open: async (page, to) => {
      await go(page, `/w/${to.workspace}/swarms`, page.getByRole('heading', { name: 'Past runs' }));
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('dialog')).toBeVisible();
    }
  }
];

async function go(page: Page, address: string, sign: ReturnType<Page['locator']>): Promise<void> {
  await page.goto(address);
  await expect(sign).toBeVisible({ timeout: 20_000 });
}

test.describe('every screen', () => {
  let to: Address;
  test.beforeAll(() => mkdirSync(SHOTS, { recursive: true }));

  test('has something to show', async ({ api }) => {
    test.setTimeout(150_000);
    to = await world(api);
  });

  for (const scheme of ['dark', 'light'] as const) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      test(`without a violation of WCAG 2.2 AA: ${size}, ${scheme}`, async ({ page }) => {
        test.setTimeout(180_000);
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme: scheme });
        for (const { name, open } of SCENES) {
          if (size === 'phone' && name === 'wall') continue;
          await open(page, to);
          await page.waitForTimeout(400); // terminals draw when they get to it
          await page.screenshot({ path: `${SHOTS}/${name}-${size}-${scheme}.png` });
          await accessible(page, `${name}, ${size}, ${scheme}`);
        }
      });
    }
  }

  test('ends what it began', async ({ api }) => {
    await api.post(`/api/swarms/${to.asking}/cancel`);
    await api.until(to.asking, 'CANCELLED');
  });
});
