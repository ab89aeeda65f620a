import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Page } from '@playwright/test';
import { SCHEMES, shot, SIZES } from './shots';
import { expect, test, type Api } from './world';

const WORLD = '../target/browser-world.json';

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
  /** A workspace in which nothing has been done. */
  empty: string;
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
  const { id: empty } = await api.post<{ id: string }>('/api/workspaces', { name: 'second' });
  await expect
    .poll(async () => (await api.get<{ state: string }>(`/api/workspaces/${empty}`)).state, { timeout: 40_000 })
    .toBe('RUNNING');
  return { workspace, conversation: conversationId, plan: planId, failed, asking, completed, evidence, empty };
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
  { name: 'no-terminal', open: (page, to) => go(page, `/w/${to.workspace}/terminal`, page.getByRole('heading', { name: 'No terminal is open' })) },
  {
    name: 'terminal',
    open: async (page, to) => {
      const open = page.getByRole('button', { name: 'Open a terminal' });
      const screen = page.locator('.xterm-screen').first();
      await go(page, `/w/${to.empty}/terminal`, open.or(screen).first());
      if (await open.isVisible()) await open.click();
      await expect(screen).toBeVisible();
      if (page.viewportSize()!.width === SIZES.phone.width) return;
      await page.locator('[data-driving]').first().waitFor();
      await page.keyboard.type('git status; ls -la\n');
    }
  },
  ...['look', 'account', 'tokens', 'team', 'workspaces', 'notifications', 'about'].map((section) => ({
    name: `settings-${section}`,
    open: (page: Page) => go(page, `/settings/${section}`, page.getByRole('main').getByRole('heading').first())
  })),
  { name: 'empty', open: (page, to) => go(page, `/w/${to.empty}/swarms`, page.getByText('No run yet').first()) },
  {
    name: 'cancel',
    open: async (page, to) => {
      await go(page, `/w/${to.workspace}/swarms/${to.asking}`, page.locator('[data-state="NEEDS_YOU"]').first());
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('combobox').fill('Cancel');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('alertdialog')).toBeVisible();
    }
  },
  {
    name: 'keys',
    open: async (page, to) => {
      await go(page, `/w/${to.workspace}/swarms`, page.getByRole('heading', { name: 'Past runs' }));
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
    }
  },
  {
    name: 'new-workspace',
    open: async (page, to) => {
      await go(page, `/w/${to.workspace}/swarms`, page.getByRole('heading', { name: 'Past runs' }));
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('combobox').fill('New workspace');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog').getByLabel('Name')).toBeVisible();
    }
  },
  {
    name: 'palette',
    open: async (page, to) => {
      await go(page, `/w/${to.workspace}/swarms`, page.getByRole('heading', { name: 'Past runs' }));
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('dialog')).toBeVisible();
    }
  }
];

const HIGH_CONTRAST = new Set(['chat', 'plan', 'swarm', 'done-proof', 'failed', 'palette']);

async function go(page: Page, address: string, sign: ReturnType<Page['locator']>): Promise<void> {
  await page.goto(address);
  await expect(sign).toBeVisible({ timeout: 20_000 });
}

test.describe('every screen', () => {
  // In a file: after a failed test the next ones run in another process.
  const address = () => JSON.parse(readFileSync(WORLD, 'utf8')) as Address;

  test('has something to show', async ({ api }) => {
    test.setTimeout(150_000);
    const to = await world(api);
    mkdirSync(dirname(WORLD), { recursive: true });
    writeFileSync(WORLD, JSON.stringify(to));
  });

  // The question for notifications is answered; '1-story' shows it.
  test.beforeEach(({ page }) => page.addInitScript(() => localStorage.setItem('orchflow:notify-offered', 'true')));

  for (const scheme of SCHEMES) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      test(`without a violation of WCAG 2.2 AA: ${size}, ${scheme}`, async ({ page }) => {
        test.setTimeout(180_000);
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme: scheme });
        for (const { name, open } of SCENES) {
          if (size === 'phone' && name === 'wall') continue;
          await open(page, address());
          await shot(page, `${name}-${size}-${scheme}`);
        }
      });
    }

    test(`with high contrast, ${scheme}`, async ({ page }) => {
      test.setTimeout(120_000);
      await page.emulateMedia({ colorScheme: scheme, contrast: 'more' });
      for (const { name, open } of SCENES.filter((one) => HIGH_CONTRAST.has(one.name))) {
        await open(page, address());
        await shot(page, `${name}-contrast-${scheme}`);
      }
    });
  }

  test('ends what it began', async ({ api }) => {
    const to = address();
    await api.post(`/api/swarms/${to.asking}/cancel`);
    await api.until(to.asking, 'CANCELLED');
    await api.remove(`/api/workspaces/${to.empty}`);
  });
});
