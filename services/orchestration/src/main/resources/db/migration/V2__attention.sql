-- What an agent that is NEEDS_YOU asks, and since when.
alter table agent add column asks text, add column asks_since timestamptz;
