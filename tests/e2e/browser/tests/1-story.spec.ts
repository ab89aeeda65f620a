import { shots } from './shots';
import { expect, OWNER, test } from './world';

const WISH = 'Build me a REST API with auth for a book shop';

// From the printed code to the proof, with a reload at every step that must forget nothing.
test.describe('the story', () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test('first sign-in, plan as you type, plan, swarm, proof, result', async ({ page, complaints }) => {
    test.setTimeout(240_000);
    // Who is not signed in yet is told so by 401.
    complaints.expected = [/401/];
    await page.goto(`/#code=${process.env.ORCHFLOW_CODE}`);
    await page.getByLabel('Your name').focus();
    await shots(page, 'first-sign-in');
    await page.getByLabel('Your name').fill(OWNER.name);
    await page.getByLabel('E-mail').fill(OWNER.email);
    await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
    await page.getByRole('button', { name: 'Create account' }).click();

    const message = page.getByLabel('Message', { exact: true });
    await expect(page.getByRole('list', { name: 'Examples' }).getByRole('button')).toHaveCount(4);
    await page.getByRole('button', { name: WISH }).click();
    await expect(message).toHaveValue(WISH);
    const ghost = page.getByRole('group', { name: 'Plan for what you are typing' });
    await expect(ghost).toContainText('developer');
    await page.reload();
    await expect(message).toHaveValue(WISH);
    await message.press('Enter');

    const plan = page.getByRole('region', { name: 'Plan', exact: true });
    await expect(plan).toContainText('6 tasks');
    const title = plan.getByLabel('Title of task 1');
    await title.fill('The contract first');
    await page.reload();
    await expect(title).toHaveValue('The contract first');
    await plan.getByRole('button', { name: 'Approve and start' }).click();

    await page.waitForURL(/\/swarms\//);
    const swarm = page.getByRole('region', { name: 'Swarm' });
    await expect(swarm.locator('.tile .xterm-screen').first()).toBeVisible();
    await page.reload();
    await expect(swarm.getByText('The contract first').first()).toBeVisible();
    await expect(swarm.locator('header [data-state="COMPLETED"]').first()).toBeVisible({ timeout: 150_000 });
    await expect(swarm.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '6');
    await page.reload();
    await expect(swarm.locator('.tile .xterm-screen')).toHaveCount(4);

    const inspector = page.getByRole('complementary');
    await inspector.getByRole('link', { name: /show the proof/ }).first().click();
    const proof = page.getByRole('dialog');
    await expect(proof).toContainText('exit 0');
    await expect(proof).toContainText('Digest verified');
    const runs = proof.getByRole('listitem').filter({ hasText: 'exit' });
    await page.reload();
    await expect(proof).toContainText('Digest verified');
    await proof.getByRole('button', { name: 'Run it again' }).click();
    await expect(proof).toContainText(/Ran again: .* green/, { timeout: 60_000 });
    await proof.getByRole('button', { name: 'Close' }).click();
    await expect(runs).toHaveCount(0);

    await swarm.getByRole('link', { name: 'See the result' }).click();
    await expect(page.getByRole('heading', { name: 'How to run it' })).toBeVisible();
    await expect(page.getByText('checks green').first()).toBeVisible();
    await page.getByRole('button', { name: /openapi\.json/ }).first().click();
    await expect(page.getByText('"openapi"').first()).toBeVisible();

    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click();
    await expect(page.getByText(WISH).first()).toBeVisible();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Chat' }).click();
    await expect(page.getByText(/Done in/).first()).toBeVisible();
  });
});
