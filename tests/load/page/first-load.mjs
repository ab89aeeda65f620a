// First load of each screen, by Lighthouse, on its simulated slow 4G with a processor four times slower.
//   node first-load.mjs URL EMAIL PASSWORD
// Prints a table: cold cache each time, of three runs the one in the middle by the time to interactive.
import { existsSync } from 'node:fs';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const [origin, email, password] = process.argv.slice(2);
const chromePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);
const RUNS = 3;

const login = await fetch(`${origin}/api/auth/login`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', origin },
  body: JSON.stringify({ email, password })
});
if (!login.ok) throw new Error(`sign-in: ${login.status} ${await login.text()}`);
const Cookie = login.headers.get('set-cookie').split(';')[0];
const get = async (path) => (await fetch(origin + path, { headers: { Cookie } })).json();
const [workspace] = await get('/api/workspaces');
const swarm = (await get(`/api/swarms?workspaceId=${workspace.id}`)).at(-1);
const home = `/w/${workspace.id}`;

const screens = [
  ['sign-in', '/', {}],
  ['chat', `${home}/chat`, { Cookie }],
  ['runs', `${home}/swarms`, { Cookie }],
  ...(swarm ? [['swarm', `${home}/swarms/${swarm.id}`, { Cookie }]] : []),
  ...(swarm ? [['result', `${home}/swarms/${swarm.id}/result`, { Cookie }]] : []),
  ['terminal', `${home}/terminal`, { Cookie }],
  ['settings', '/settings', { Cookie }]
];

async function once(path, extraHeaders) {
  const chrome = await launch({
    chromePath,
    chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
  });
  try {
    const options = { port: chrome.port, logLevel: 'error', onlyCategories: ['performance', 'accessibility', 'best-practices'] };
    const { lhr } = await lighthouse(origin + path, { ...options, extraHeaders });
    const value = (id) => lhr.audits[id].numericValue;
    const requests = lhr.audits['network-requests'].details.items;
    return {
      js: requests.filter((r) => r.resourceType === 'Script').reduce((sum, r) => sum + r.transferSize, 0),
      all: value('total-byte-weight'),
      fcp: value('first-contentful-paint'),
      lcp: value('largest-contentful-paint'),
      tti: value('interactive'),
      tbt: value('total-blocking-time'),
      scores: Object.values(lhr.categories).map((c) => Math.round((c.score ?? 0) * 100))
    };
  } finally {
    await chrome.kill();
  }
}

const kb = (bytes) => (bytes / 1000).toFixed(0);
const seconds = (ms) => (ms / 1000).toFixed(1);
console.log('| screen | JS kB | all kB | first paint s | largest paint s | interactive s | blocked ms | performance / accessibility / best practices |');
console.log('|---|---:|---:|---:|---:|---:|---:|---|');
for (const [name, path, headers] of screens) {
  const runs = [];
  // A page that never rests for five seconds has no time to interactive: it gets another try.
  for (let tries = 0; runs.length < RUNS && tries < 2 * RUNS; tries++) {
    const run = await once(path, headers);
    if (Object.values(run).every((figure) => figure !== undefined)) runs.push(run);
  }
  if (!runs.length) {
    console.log(`| ${name} | not measured: it never came to rest |`);
    continue;
  }
  const { js, all, fcp, lcp, tti, tbt, scores } = runs.sort((a, b) => a.tti - b.tti)[Math.floor(runs.length / 2)];
  const cells = [name, kb(js), kb(all), seconds(fcp), seconds(lcp), seconds(tti), tbt.toFixed(0), scores.join(' / ')];
  console.log(`| ${cells.join(' | ')} |`);
}
