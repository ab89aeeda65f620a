/** Leaves a terminal that has the keyboard: Esc itself belongs to the program. */
export const LEAVE_KEYS = 'Mod+Shift+Escape';
