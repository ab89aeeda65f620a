// A wall of 24 terminals that all print ten lines a second, at 1920×1080 in a headless Chromium that draws by software.
//   node wall.mjs URL EMAIL PASSWORD [SECONDS]
// Prints frames, long tasks and memory over the time, blank tiles, and how long the echo of a key takes in the focused pane.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

const [origin, email, password, seconds = '60'] = process.argv.slice(2);
const PANES = 24;
const KEYS = 40;

const headers = { 'content-type': 'application/json', origin };
async function call(method, path, body, more = {}) {
  const answer = await fetch(origin + path, { method, headers: { ...headers, ...more }, body: body && JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}
const json = async (...request) => (await call(...request)).json();
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const login = await call('POST', '/api/auth/login', { email, password });
headers.cookie = login.headers.get('set-cookie').split(';')[0];
const workspaceId = (await json('GET', '/api/workspaces'))[0].id;

async function swarm() {
  const { id } = await json('POST', '/api/conversations', { workspaceId });
  await call('POST', `/api/conversations/${id}/messages`, { text: 'Build me a REST API with auth for a book shop' });
  let planId;
  for (let i = 0; i < 100 && !planId; i++, await pause(200)) {
    planId = (await json('GET', `/api/conversations/${id}/messages`)).findLast((m) => m.planId)?.planId;
  }
  const { headers: read } = await call('GET', `/api/plans/${planId}`);
  const counts = `for i in $(seq ${(Number(seconds) + 90) * 10}); do echo "$(date +%T.%N) line $i of a pane that has much to say"; sleep 0.1; done`;
  const tasks = Array.from({ length: PANES }, (_, n) => ({
    id: `pane${n}`,
    title: n ? `Prints, number ${n}` : 'Answers',
    role: 'developer',
    adapter: 'command',
    command: ['sh', '-c', n ? counts : 'echo type; cat'],
    dependsOn: [],
    acceptance: [{ command: 'true' }],
    mayBeEmpty: true
  }));
  const put = await call('PUT', `/api/plans/${planId}`, { topology: 'parallel', tasks }, { 'if-match': read.get('etag') });
  return (await json('POST', `/api/plans/${planId}/approve`, undefined, { 'if-match': put.headers.get('etag') })).swarmId;
}

const percentile = (values, p) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))];

/** Megabytes of all processes of the browser, what several of them share counted once (PSS). */
function memory(pid) {
  try {
    const own = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? '0';
    const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim().split(' ').filter(Boolean)
    );
    return children.reduce((sum, child) => sum + memory(child), Number(own) / 1024);
  } catch {
    return 0; // it has ended
  }
}

const swarmId = await swarm();
const browser = await puppeteer.launch({
  protocolTimeout: 0,
  executablePath: ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  defaultViewport: { width: 1920, height: 1080 }
});
try {
  const page = await browser.newPage();
  const [name, value] = headers.cookie.split(/=(.*)/s);
  await page.setCookie({ name, value, url: origin });
  await page.goto(`${origin}/w/${workspaceId}/swarms/${swarmId}?wall=1`);
  await page.waitForFunction((n) => document.querySelectorAll('.tile .xterm-screen').length === n, { timeout: 60_000 }, PANES);
  await pause(5_000);
  const heap = async () => (await page.metrics()).JSHeapUsedSize / 1e6;
  const before = [await heap(), memory(browser.process().pid)];
  const { frames, long } = await page.evaluate(async (ms) => {
    const frames = [];
    const long = [];
    new PerformanceObserver((list) => long.push(...list.getEntries().map((e) => e.duration))).observe({ type: 'longtask' });
    const end = performance.now() + ms;
    for (let last = performance.now(); last < end; ) {
      const now = await new Promise(requestAnimationFrame);
      frames.push(now - last);
      last = now;
    }
    return { frames, long };
  }, Number(seconds) * 1000);
  const after = [await heap(), memory(browser.process().pid)];
  // The newest line that a tile shows says when it was printed.
  const lags = await page.$$eval('.tile .xterm-rows', (tiles) => {
    const midnight = new Date().setHours(0, 0, 0, 0);
    return tiles.flatMap((rows) => {
      const [, h, m, s] = [...rows.textContent.matchAll(/(\d\d):(\d\d):(\d\d\.\d{3})/g)].at(-1) ?? [];
      return h ? [Date.now() - midnight - ((Number(h) * 60 + Number(m)) * 60 + Number(s)) * 1000] : [];
    });
  });
  const blank = await page.evaluate(
    () => [...document.querySelectorAll('.tile')].filter((tile) => !tile.querySelector('.xterm-rows')?.textContent?.trim() && !tile.querySelector('canvas')).length
  );
  const sum = frames.reduce((a, b) => a + b, 0);
  console.log(`| frames a second | ${((1000 * frames.length) / sum).toFixed(1)} |`);
  console.log(`| a frame, p50 / p95 / p99 ms | ${[0.5, 0.95, 0.99].map((p) => percentile(frames, p).toFixed(0)).join(' / ')} |`);
  console.log(`| long tasks (over 50 ms), and their part of the time | ${long.length}, ${((100 * long.reduce((a, b) => a + b, 0)) / sum).toFixed(0)} % |`);
  console.log(`| JS heap MB, before / after ${seconds} s | ${before[0].toFixed(0)} / ${after[0].toFixed(0)} |`);
  console.log(`| browser's memory (PSS) MB, before / after | ${before[1].toFixed(0)} / ${after[1].toFixed(0)} |`);
  console.log(`| tiles whose text can be read; their newest line was printed this long ago, p50 / p95 ms | ${lags.length}; ${[0.5, 0.95].map((p) => percentile(lags, p)?.toFixed(0)).join(' / ')} |`);
  console.log(`| blank tiles | ${blank} of ${PANES} |`);

  await page.goto(`${origin}/w/${workspaceId}/swarms/${swarmId}?task=pane0`);
  await page.waitForSelector('.focus .xterm-screen');
  await pause(3_000);
  await page.keyboard.press('t');
  await page.waitForSelector('[data-driving]');
  const cdp = await page.createCDPSession();
  await cdp.send('Network.enable');
  const echoes = [];
  for (let i = 0; i < KEYS; i++) {
    const began = performance.now();
    const letter = String.fromCharCode(97 + (i % 26));
    const echo = new Promise((done) => {
      const seen = ({ response }) => {
        const bytes = Buffer.from(response.payloadData, 'base64');
        if (response.opcode !== 2 || bytes.length !== 13 || bytes[12] !== letter.charCodeAt(0)) return;
        cdp.off('Network.webSocketFrameReceived', seen);
        done(performance.now() - began);
      };
      cdp.on('Network.webSocketFrameReceived', seen);
    });
    await page.keyboard.press(letter);
    const took = await Promise.race([echo, pause(5_000).then(() => undefined)]);
    if (took === undefined) throw new Error(`No echo of ${letter}`);
    echoes.push(took);
    await pause(120);
  }
  console.log(`| echo of a key in the focused pane, p50 / p95 ms | ${[0.5, 0.95].map((p) => percentile(echoes, p).toFixed(0)).join(' / ')} |`);
} finally {
  await browser.close();
  await call('POST', `/api/swarms/${swarmId}/cancel`);
}
