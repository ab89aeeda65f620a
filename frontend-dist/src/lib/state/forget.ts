import { kept } from './kept';

/** Caches in which the service worker keeps a person's last answers begin so. */
export const ANSWERS = 'orchflow-answers-';

/** Forgets what this browser keeps of a person: drafts, choices, last known answers. */
export async function forget(): Promise<void> {
  kept.forgetPerson();
  if (!('caches' in globalThis)) return;
  const names = (await caches.keys()).filter((name) => name.startsWith(ANSWERS));
  await Promise.all(names.map((name) => caches.delete(name)));
}
