create table workspace (
    id            text primary key,
    team_id       text        not null,
    name          text        not null,
    git_url       text,
    created_by    text        not null,
    created_at    timestamptz not null,
    correlation_id text       not null,
    version       bigint      not null,
    state         text        not null check (state in
                      ('REQUESTED', 'STARTING', 'RUNNING', 'STOPPING', 'STOPPED', 'FAILED', 'DELETING')),
    ordered_at    timestamptz,
    attempt       int,
    due_at        timestamptz,
    since         timestamptz,
    isolation     text,
    notice        text,
    trouble_slug  text,
    trouble_text  text,
    starts_again  boolean     not null default false,
    -- the replica that works on it, until when (this database's clock), and how often the owner changed
    owner         text,
    owner_until   timestamptz,
    owner_epoch   bigint      not null default 0
);

create index workspace_of_team on workspace (team_id, id);
create index workspace_of_owner on workspace (owner) where owner is not null;
