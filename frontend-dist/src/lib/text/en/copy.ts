export const copy = {
  what: (what: string) => `Copy ${what}`,
  copied: 'Copied',
  failed: 'Not copied: the browser did not allow it'
};
