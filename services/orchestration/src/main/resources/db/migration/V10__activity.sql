-- What each agent's program did last.
create table agent_activity (
    agent_id text        primary key,
    swarm_id text        not null references swarm,
    kind     text        not null,
    text     text        not null,
    at       timestamptz not null
);
create index on agent_activity (swarm_id);
