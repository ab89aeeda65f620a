// The story as a person lives it: first sign-in, a message, the plan, Approve, the swarm's live panes, the proof.
//   node story.mjs SIGN_IN_URL SCREENSHOT_FOLDER
// Ends with a line of JSON that says what was seen; a failure prints what stood on the page.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [signIn, folder] = process.argv.slice(2);
const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
const complaints = [];
page.on('pageerror', (e) => complaints.push(`page error: ${e.message}`));
page.on('console', (m) => m.type() === 'error' && complaints.push(`console: ${m.text()}`));
const shot = (name) => page.screenshot({ path: `${folder}/${name}.png` });
const seen = { panes: 0, liveAtOnce: 0 };

try {
  await page.goto(signIn);
  await page.getByLabel('Your name').fill('Ada Lovelace');
  await page.getByLabel('E-mail').fill('ada@example.test');
  await page.getByLabel('Password').fill('correct horse battery 9');
  await shot('1-first-sign-in');
  complaints.length = 0; // who is not signed in yet is told so by 401
  await page.getByRole('button', { name: 'Create account' }).click();

  const message = page.getByLabel('Message', { exact: true });
  await page.waitForSelector('header [data-state="RUNNING"]', { timeout: 40_000 });
  await shot('2-first-chat');
  await message.fill('Build me a REST API with auth for a book shop');
  await page.getByRole('button', { name: 'Send', exact: true }).click();

  const approve = page.getByRole('button', { name: /Approve/ });
  await approve.waitFor({ timeout: 20_000 });
  await shot('3-plan');
  await approve.click();

  await page.waitForSelector('.tile .xterm-screen', { timeout: 30_000 });
  const deadline = Date.now() + 180_000;
  let pictured = false;
  for (;;) {
    const state = await page.locator('.swarm > header [data-state]').first().getAttribute('data-state');
    const live = await page.locator('.tile footer', { hasText: /pid \d+/ }).count();
    seen.panes = await page.locator('.tile .xterm-screen').count();
    seen.liveAtOnce = Math.max(seen.liveAtOnce, live);
    if (!pictured && live > 1) {
      await page.waitForTimeout(700); // let some output be drawn
      await shot('4-swarm');
      pictured = true;
    }
    if (['COMPLETED', 'FAILED', 'CANCELLED'].includes(state)) {
      seen.state = state;
      break;
    }
    if (Date.now() > deadline) throw new Error(`the swarm is still ${state}`);
    await page.waitForTimeout(100);
  }
  await shot('5-end');

  await page.locator('.tile .open').first().click();
  await page.getByRole('region', { name: 'Evidence' }).waitFor({ timeout: 10_000 });
  seen.evidence = await page.locator('section[aria-label="Evidence"] li').count();
  await page.locator('.focus .xterm-screen').waitFor();
  seen.leastOutput = await page.evaluate(async () => {
    const get = async (path) => (await fetch(path)).json();
    const [workspace] = await get('/api/workspaces');
    const panes = await get(`/api/terminal/panes?workspaceId=${workspace.id}`);
    return Math.min(...panes.map((pane) => pane.seq));
  });
  await shot('6-proof');
  await page.getByRole('button', { name: 'Diff' }).click();
  await page.waitForSelector('pre.diff .plus');
  await shot('7-diff');

  await page.reload();
  await page.waitForSelector('.swarm > header [data-state="COMPLETED"]', { timeout: 20_000 });
  seen.afterReload = await page.locator('.tile').count();
  seen.complaints = complaints;
  console.log(JSON.stringify(seen));
} catch (e) {
  await shot('failed').catch(() => {});
  console.error(await page.locator('body').innerText().catch(() => '(no page)'));
  console.error(complaints.join('\n'));
  console.error(e);
  process.exitCode = 1;
} finally {
  await browser.close();
}
