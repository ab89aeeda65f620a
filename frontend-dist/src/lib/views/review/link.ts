import { goto } from '$app/navigation';
import { page } from '$app/state';

const NAME = 'review';

/** The task whose review the address names. */
export const shownReview = () => page.url.searchParams.get(NAME) ?? undefined;

/** Shows a review over the page, or ends it. */
export function showReview(taskId: string | undefined) {
  const url = new URL(page.url);
  if (taskId) url.searchParams.set(NAME, taskId);
  else url.searchParams.delete(NAME);
  return goto(url, { keepFocus: true, noScroll: true, replaceState: taskId === undefined });
}
