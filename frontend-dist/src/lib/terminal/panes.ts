import { browserOutside } from './browser';
import { PaneFeeds } from './feed.svelte';
import { makePanesBy } from './maker';

makePanesBy((userId) => new PaneFeeds(browserOutside, userId));
