import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const chromium = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);

/** Against the orchflow at ORCHFLOW_URL, which nobody has signed in to yet (code: ORCHFLOW_CODE). */
export default defineConfig({
  testDir: 'tests',
  outputDir: '../target/browser',
  // One installation and two cores: the tests share both, in the order of their files.
  workers: 1,
  fullyParallel: false,
  // A second try is told of as flaky; the first sign-in has none, since its code is used up.
  retries: process.env.CI ? 1 : 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    baseURL: process.env.ORCHFLOW_URL,
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
    actionTimeout: 15_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
    }
  }
});
