import type { Page } from '@playwright/test';
import { accessible } from './axe';

export const SIZES = {
  desktop: { width: 1440, height: 900 },
  wide: { width: 1920, height: 1080 },
  phone: { width: 390, height: 844 }
};
export const SCHEMES = ['dark', 'light'] as const;
/** Below the folder of the tests' results; Playwright makes it. */
const FOLDER = '../target/screenshots';
/** Terminals draw when they get to it. */
const SETTLED_MS = 400;

/** A picture of what the page shows, which must be accessible. */
export async function shot(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(SETTLED_MS);
  await page.screenshot({ path: `${FOLDER}/${name}.png` });
  await accessible(page, name);
}

/** The same in every size and both schemes; the page is then as it was. */
export async function shots(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()!;
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      await shot(page, `${name}-${size}-${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize(before);
}
