-- Ids are UUIDv7 as text: they sort by the time they were made.

create table conversation (
    id             text        primary key,
    team_id        text        not null,
    workspace_id   text        not null,
    title          text        not null,
    started_by     text        not null,
    created_at     timestamptz not null
);
create index on conversation (workspace_id, id);

create table message (
    id              text        primary key,
    conversation_id text        not null references conversation,
    number          bigint      generated always as identity,
    author          text        not null check (author in ('user', 'assistant')),
    text            text        not null,
    plan_id         text,
    options         text[]      not null default '{}',
    created_at      timestamptz not null
);
create index on message (conversation_id, number);

-- A message that waits for its answer. Leased, so that a node's death does not lose it.
create table answer_due (
    message_id      text        primary key references message,
    answer_id       text        not null,
    conversation_id text        not null references conversation,
    asked_by        text        not null,
    correlation_id  text,
    tries           int         not null default 0,
    lease_owner     text,
    lease_until     timestamptz
);

create table plan (
    id              text             primary key,
    conversation_id text             references conversation,
    team_id         text             not null,
    workspace_id    text             not null,
    source          text             not null,
    confidence      double precision not null,
    topology        text             not null,
    state           text             not null check (state in ('DRAFT', 'APPROVED')),
    tasks           jsonb            not null,
    request         text             not null,
    version         bigint           not null,
    swarm_id        text,
    created_at      timestamptz      not null
);
create index on plan (conversation_id);

create table swarm (
    id              text        primary key,
    plan_id         text        not null references plan,
    conversation_id text,
    team_id         text        not null,
    workspace_id    text        not null,
    approved_by     text        not null,
    request         text        not null,
    correlation_id  text,
    state           text        not null,
    running_since   timestamptz,
    wish            text        not null check (wish in ('RUN', 'PAUSE', 'CANCEL')),
    wished_by       text        not null,
    started_at      timestamptz,
    ended_at        timestamptz,
    ran_ms          bigint      not null,
    waiting         text,
    commands        bigint      not null,
    -- the lease, by this database's clock
    attention       boolean     not null,
    lease_owner     text,
    lease_until     timestamptz,
    lease_epoch     bigint      not null default 0,
    platform_run    text
);
create index on swarm (workspace_id, id);
create index on swarm (lease_until) where attention;

create table task (
    swarm_id        text    not null references swarm,
    id              text    not null,
    position        int     not null,
    planned         jsonb   not null,
    check_commands  text[]  not null,
    check_digests   text[]  not null,
    state           text    not null,
    attempts        int     not null,
    agent_id        text,
    base_commit     text,
    commit          text,
    changed_paths   text[],
    expected_main   text,
    merged_commit   text,
    reason          text,
    verify_round    int     not null,
    verify_pending  boolean not null,
    primary key (swarm_id, id)
);

create table agent (
    id        text primary key,
    swarm_id  text not null references swarm,
    task_id   text not null,
    attempt   int  not null,
    role      text not null,
    adapter   text not null,
    state     text not null,
    pane_id   text,
    pid       int,
    exit_code int,
    wish      text not null,
    foreign key (swarm_id, task_id) references task (swarm_id, id),
    unique (swarm_id, task_id, attempt)
);
create index on agent (swarm_id, id);

create table evidence (
    id                 text        primary key,
    swarm_id           text        not null references swarm,
    task_id            text        not null,
    agent_id           text        not null references agent,
    stage              text        not null,
    round              int         not null,
    check_position     int         not null,
    command            text        not null,
    check_sha256       text        not null,
    exit_code          int         not null,
    baseline_exit_code int,
    output_sha256      text        not null,
    output_bytes       bigint      not null,
    inputs_changed     text[]      not null,
    commit             text        not null,
    assurance          text        not null,
    finished_at        timestamptz not null
);
create index on evidence (swarm_id, id);

create table check_output (
    evidence_id text  primary key,
    swarm_id    text  not null references swarm,
    output      bytea not null
);

create table swarm_message (
    id        text        primary key,
    swarm_id  text        not null references swarm,
    agent_id  text,
    text      text        not null,
    from_user text        not null,
    from_name text        not null,
    sent_at   timestamptz not null
);
create index on swarm_message (swarm_id, id);

create table message_delivery (
    message_id text not null references swarm_message,
    agent_id   text not null references agent,
    swarm_id   text not null,
    primary key (message_id, agent_id)
);
create index on message_delivery (swarm_id);

-- What live readers see, in the order of commits in each workspace.
create table event_counter (
    workspace_id text   primary key,
    last_number  bigint not null
);

create table event (
    workspace_id    text        not null,
    number          bigint      not null,
    conversation_id text,
    swarm_id        text,
    type            text        not null,
    data            text        not null,
    created_at      timestamptz not null default now(),
    primary key (workspace_id, number)
);
create index on event (conversation_id, number) where conversation_id is not null;
create index on event (swarm_id, number) where swarm_id is not null;
