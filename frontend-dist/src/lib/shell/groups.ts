import { t } from '../text';

const { go, work, look } = t.shell;

/** Headings of what can be done everywhere, in the order in which they are listed after the screen's own. */
export const commonGroups = [go.group, work.group, go.general, look.group];
