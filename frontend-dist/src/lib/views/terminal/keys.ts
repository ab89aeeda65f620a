/**
 * Keys that browsers let through and that shells and full-screen programs rarely take. Ctrl+Shift+T,
 * N and W stay the browser's.
 */
export const KEYS = {
  open: 'Mod+Shift+Enter',
  splitRight: 'Mod+Shift+E',
  splitDown: 'Mod+Shift+O',
  close: 'Mod+Shift+X',
  rename: 'F2',
  search: 'Mod+F',
  left: 'Mod+Shift+Left',
  right: 'Mod+Shift+Right',
  up: 'Mod+Shift+Up',
  down: 'Mod+Shift+Down',
  next: 'Mod+Shift+PageDown',
  previous: 'Mod+Shift+PageUp',
  larger: 'Mod+=',
  smaller: 'Mod+-',
  usual: 'Mod+0'
} as const;
