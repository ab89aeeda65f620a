const ICON = '/favicon.svg';
const ICON_ALERT = '/favicon-alert.svg';
const MARK = /^\(\d+\) /;

let count = 0;
let titles: MutationObserver | undefined;

function show(): void {
  const plain = document.title.replace(MARK, '');
  const wanted = count ? `(${count}) ${plain}` : plain;
  if (document.title !== wanted) document.title = wanted;
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const href = count ? ICON_ALERT : ICON;
  if (icon && icon.getAttribute('href') !== href) icon.setAttribute('href', href);
}

/** Says by the tab's title and icon how much waits for the person, whoever sets the title. */
export function badge(waiting: number): void {
  count = waiting;
  if (!titles && document.head) {
    titles = new MutationObserver(show);
    titles.observe(document.head, { childList: true, subtree: true, characterData: true });
  }
  show();
}
