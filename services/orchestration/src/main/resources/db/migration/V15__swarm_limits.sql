-- Besides what is spent at models, a swarm's time and its agents may be limited.
alter table budget_limit
    add column minutes bigint check (minutes >= 0),
    add column agents  bigint check (agents >= 0),
    add check (scope = 'swarm' or (minutes is null and agents is null));
