-- What a person may type to use what the swarm has built: the pinned recipe's lines at the time of the approval.
alter table swarm add column run_labels text[] not null default '{}', add column run_commands text[] not null default '{}';
