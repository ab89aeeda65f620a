-- How often a person's rights were cut: part of the names of their grants, so that those of before never come back.
alter table account add column grant_epoch int not null default 0;
