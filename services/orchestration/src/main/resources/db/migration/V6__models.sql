-- Where a team's agents find models. The key is sealed.
create table model_provider (
    id         text        primary key,
    team_id    text        not null,
    name       text        not null,
    wires      text[]      not null,
    url        text        not null,
    key_sealed bytea,
    models     jsonb       not null,
    created_at timestamptz not null default now(),
    unique (team_id, name)
);

-- What may be spent. Micro-dollars are 10^-6 USD.
create table budget_limit (
    team_id text   not null,
    scope   text   not null check (scope in ('swarm', 'team', 'user')),
    id      text   not null,
    tokens  bigint check (tokens >= 0),
    micros  bigint check (micros >= 0),
    primary key (team_id, scope, id)
);

-- What is spent, and what calls that are under way may spend yet. The period is a month (2026-11), or empty for a swarm.
create table budget (
    team_id         text   not null,
    scope           text   not null,
    id              text   not null,
    period          text   not null,
    used_tokens     bigint not null default 0,
    used_micros     bigint not null default 0,
    reserved_tokens bigint not null default 0 check (reserved_tokens >= 0),
    reserved_micros bigint not null default 0 check (reserved_micros >= 0),
    primary key (team_id, scope, id, period)
);

-- Every call of a model. One that has not ended belongs to a node; where that stops saying so, the call counts with all
-- that was reserved for it.
create table model_call (
    id              text        primary key,
    team_id         text        not null,
    workspace_id    text        not null,
    user_id         text        not null,
    swarm_id        text        not null references swarm,
    agent_id        text        not null,
    period          text        not null,
    provider        text        not null,
    model           text        not null,
    wire            text        not null,
    price_in        bigint      not null,
    price_cached    bigint      not null,
    price_out       bigint      not null,
    reserved_tokens bigint      not null,
    reserved_micros bigint      not null,
    correlation_id  text,
    node            text        not null,
    alive_until     timestamptz not null,
    began_at        timestamptz not null default now(),
    ended_at        timestamptz,
    outcome         text,
    tokens_in       bigint      not null default 0,
    tokens_cached   bigint      not null default 0,
    tokens_out      bigint      not null default 0,
    -- what counts against the budgets
    tokens          bigint      not null default 0,
    micros          bigint      not null default 0
);
create index on model_call (swarm_id);
create index on model_call (alive_until) where ended_at is null;

-- Which agent program runs it; null for recipes and plain commands.
alter table agent add column profile text;
