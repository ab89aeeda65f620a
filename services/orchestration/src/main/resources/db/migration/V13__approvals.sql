-- What agents ask people before they act. An open one belongs to the node whose agent waits: where that stops saying so,
-- nobody waits any more.
create table approval (
    id          text        primary key,
    team_id     text        not null,
    workspace_id text       not null,
    swarm_id    text        not null references swarm,
    task_id     text        not null,
    agent_id    text        not null references agent,
    kind        text        not null,
    title       text        not null,
    argv        text[]      not null,
    cwd         text,
    detail      text,
    digest      text        not null,
    state       text        not null default 'OPEN' check (state in ('OPEN', 'ALLOWED', 'DENIED', 'GONE')),
    asked_at    timestamptz not null default now(),
    alive_until timestamptz not null,
    decided_at  timestamptz,
    decided_by  text,
    decided_name text,
    correlation_id text
);
create index on approval (team_id, id) where state = 'OPEN';
create index on approval (swarm_id);
