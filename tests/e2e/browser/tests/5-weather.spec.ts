import { shots } from './shots';
import { expect, servicePid, test } from './world';

test('a session that ends loses nothing that was typed', async ({ page, context, api, complaints }) => {
  complaints.expected = [/401/];
  const workspace = await api.workspace();
  await page.goto(`/w/${workspace}/chat?new`);
  const message = page.getByLabel('Message', { exact: true });
  await message.fill('Half a thought that must not be lost');
  await context.clearCookies();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Your session has ended', { timeout: 20_000 });
  await shots(page, 'expired');
  await dialog.getByLabel('Password', { exact: true }).fill('correct horse battery 9');
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog).toBeHidden();
  await expect(message).toHaveValue('Half a thought that must not be lost');
});

test('a service that is away is named, and the page goes on when it is back', async ({ page, api, complaints }) => {
  complaints.expected = [/Failed to load resource/, /WebSocket/];
  const workspace = await api.workspace();
  await page.goto(`/w/${workspace}/swarms`);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  process.kill(servicePid('terminal'), 'SIGSTOP');
  try {
    await expect(page.getByText('Terminals are away').first()).toBeVisible({ timeout: 45_000 });
    await shots(page, 'degraded');
  } finally {
    process.kill(servicePid('terminal'), 'SIGCONT');
  }
  await expect(page.getByText('Terminals are away').first()).toBeHidden({ timeout: 45_000 });
});

test('without a network it opens with what it last knew, and says so', async ({ page, context, api, complaints }) => {
  complaints.expected = [/Failed to load resource/, /WebSocket/, /ERR_INTERNET_DISCONNECTED/];
  const workspace = await api.workspace();
  await page.goto(`/w/${workspace}/swarms`);
  await expect(page.getByRole('heading', { name: 'Past runs' })).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Past runs' })).toBeVisible();
  const run = page.getByRole('main').getByText('Completed').first();
  await expect(run).toBeVisible();
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Past runs' })).toBeVisible();
  await expect(page.getByText(/offline/i).first()).toBeVisible();
  await expect(run).toBeVisible();
  await shots(page, 'offline');
  await context.setOffline(false);
  await expect(page.getByText(/you are offline/i).first()).toBeHidden({ timeout: 20_000 });
});
