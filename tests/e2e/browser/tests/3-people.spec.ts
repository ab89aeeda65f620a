import { expect, Received, test } from './world';

const TALKER = { id: 'talk', title: 'Ask and wait', sh: 'printf "\\aWhich port? "; read port; echo "port $port"; echo "$port" > port.txt', check: 'grep -q 8080 port.txt' };

test('an agent that needs somebody says so everywhere; taken, answered, handed back, it is done', async ({ page, api }) => {
  const workspace = await api.workspace();
  const swarm = await api.swarm(workspace, [TALKER]);
  await page.goto(`/w/${workspace}/swarms/${swarm}`);

  await expect(page.locator('.tile [data-state="NEEDS_YOU"]')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('complementary')).toContainText('Needs you');
  await expect(page.getByRole('navigation', { name: 'Main' })).toContainText(/needs? you/);
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await page.keyboard.press('t');
  await expect(page.getByText('You are typing here').first()).toBeVisible();
  await page.keyboard.type('8080\n');
  await expect(page.locator('[data-state="COMPLETED"]').first()).toBeVisible({ timeout: 30_000 });
});

test('two tabs: what one types the other sees; a plan that one changes the other does not overwrite unseen', async ({ page, context, api }) => {
  const workspace = await api.workspace();
  const { paneId } = await api.post<{ paneId: string }>('/api/terminal/pane', { workspaceId: workspace, options: { cols: 100, rows: 30 } });
  await page.goto(`/w/${workspace}/terminal?pane=${paneId}`);
  const other = await context.newPage();
  const received = new Received(other);
  await other.goto(`/w/${workspace}/terminal?pane=${paneId}`);
  await page.bringToFront();
  await expect(page.locator(`[data-pane="${paneId}"] [data-driving]`)).toBeVisible();
  await page.locator(`[data-pane="${paneId}"] .xterm`).click();
  await page.keyboard.type('echo one-$((40+2))\n');
  await expect.poll(() => received.textWith('one-42')).toContain('one-42');
  await expect(other.locator(`[data-pane="${paneId}"] .xterm-screen`)).toBeVisible();

  const { planId, conversationId } = await api.plan(workspace, [{ id: 'a', title: 'First', sh: 'true', check: 'true' }]);
  const address = `/w/${workspace}/chat/${conversationId}?plan=${planId}`;
  await page.goto(address);
  await other.goto(address);
  await other.getByLabel('Title of task 1').fill('Mine');
  await page.getByLabel('Title of task 1').fill('Theirs');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(other.getByText('Somebody else has changed this plan')).toBeVisible();
  await expect(other.getByLabel('Title of task 1')).toHaveValue('Mine');
  await other.getByRole('button', { name: 'Keep mine and overwrite' }).click();
  await expect
    .poll(async () => (await api.get<{ tasks: { title: string }[] }>(`/api/plans/${planId}`)).tasks[0]?.title)
    .toBe('Mine');
  await api.http.delete(`/api/terminal/pane/${paneId}`, { headers: { origin: new URL(page.url()).origin } });
});

test('the keyboard alone: from an empty chat to the result', async ({ page, api }) => {
  const workspace = await api.workspace();
  const { planId, conversationId } = await api.plan(workspace, [
    { id: 'a', title: 'Write a file', sh: 'sleep 2; echo hello > hello.txt', check: 'test -s hello.txt' }
  ]);
  await page.goto(`/w/${workspace}/chat/${conversationId}?plan=${planId}`);
  await expect(page.getByRole('button', { name: 'Approve and start' })).toBeEnabled();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('approve');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/swarms\//);
  await expect(page.locator('.tile')).toBeVisible();
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/agent=|task=/);
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/agent=|task=/);
  await expect(page.locator('header [data-state="COMPLETED"]').first()).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Shift+?');
  await expect(page.getByRole('dialog')).toContainText('Show all terminals, or four');
  await page.keyboard.press('Escape');
  const result = page.getByRole('link', { name: 'See the result' });
  for (let i = 0; i < 40 && !(await result.evaluate((e) => e === document.activeElement)); i++) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'How to run it' })).toBeVisible();
  await page.keyboard.press('Control+Shift+A');
  await page.waitForURL(/\/chat/);
  await expect(page.getByLabel('Message', { exact: true })).toBeFocused();
});

test('the plan of a failed run can be changed and run again', async ({ page, api }) => {
  const workspace = await api.workspace();
  const failed = await api.swarm(workspace, [{ id: 'a', title: 'Write a file', sh: 'echo hello > b.txt', check: 'test -e never' }]);
  await api.until(failed, 'FAILED');
  await page.goto(`/w/${workspace}/swarms/${failed}/result`);
  await page.getByRole('button', { name: 'Edit the plan' }).click();
  const plan = page.getByRole('region', { name: 'Plan', exact: true });
  await expect(plan.getByLabel('Title of task 1')).toHaveValue('Write a file', { timeout: 30_000 });
  await plan.getByRole('textbox', { name: 'Check 1 of task 1' }).fill('test -s b.txt');
  await plan.getByRole('button', { name: 'Approve and start' }).click();
  await page.waitForURL(/\/swarms\//);
  expect(page.url()).not.toContain(failed);
  await expect(page.locator('[data-state="COMPLETED"]').first()).toBeVisible({ timeout: 30_000 });
});
