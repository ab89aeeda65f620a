import { PaneFeeds } from './feed.svelte';
import { makeFeedsBy } from './maker';

makeFeedsBy((outside, userId) => new PaneFeeds(outside, userId));
