import { expect, Received, servicePid, test } from './world';

const LINES = 400;

test('the gateway is killed in the middle: the page reconnects, and no byte is lost', async ({ page, api, complaints }) => {
  complaints.expected = [/Failed to load resource/, /WebSocket connection/];
  const workspace = await api.workspace();
  const received = new Received(page);
  const swarm = await api.swarm(workspace, [
    {
      id: 'count',
      title: 'Count aloud',
      sh: `for i in $(seq ${LINES}); do echo "line $i of ${LINES}"; sleep 0.05; done; echo counted > counted.txt`,
      check: 'test -s counted.txt'
    }
  ]);
  await page.goto(`/w/${workspace}/swarms/${swarm}`);
  await expect.poll(() => received.textWith('line 20 of')).toContain('line 20 of');
  const socketsBefore = received.sockets;

  process.kill(servicePid('gateway'), 'SIGKILL');

  await expect(page.getByText(/trying again|reconnecting|does not answer/i).first()).toBeVisible();
  await expect
    .poll(() => received.textWith('line 20 of'), { timeout: 60_000 })
    .toContain(`line ${LINES} of ${LINES}`);
  expect(received.sockets).toBeGreaterThan(socketsBefore);
  expect(received.gaps).toEqual([]);
  const numbers = [...received.textWith('line 20 of').matchAll(/^line (\d+) of/gm)].map((m) => Number(m[1]));
  expect(numbers).toEqual(Array.from({ length: LINES }, (_, i) => i + 1));
  await expect(page.locator('[data-state="COMPLETED"]').first()).toBeVisible({ timeout: 30_000 });
});
