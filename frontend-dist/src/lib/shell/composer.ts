const PATIENCE_MS = 3000;

/** Gives the keyboard to the chat's message field, as soon as the chat is there. */
export function focusComposer(): void {
  const until = performance.now() + PATIENCE_MS;
  const attempt = () => {
    const field = document.querySelector<HTMLElement>(
      '#content [data-composer], #content form textarea'
    );
    if (field) field.focus();
    else if (performance.now() < until) requestAnimationFrame(attempt);
  };
  requestAnimationFrame(attempt);
}
