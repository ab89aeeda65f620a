import { goto } from '$app/navigation';
import { page } from '$app/state';

const NAME = 'proof';

/** The evidence that the address names. */
export const shownProof = () => page.url.searchParams.get(NAME) ?? undefined;

function address(evidenceId: string | undefined): URL {
  const url = new URL(page.url);
  if (evidenceId) url.searchParams.set(NAME, evidenceId);
  else url.searchParams.delete(NAME);
  return url;
}

export const proofHref = (evidenceId: string) => address(evidenceId).pathname + address(evidenceId).search;

/** Shows a proof over the page; `replace` where one is open already. */
export const showProof = (evidenceId: string | undefined, replace = false) =>
  goto(address(evidenceId), { keepFocus: true, noScroll: true, replaceState: replace });
