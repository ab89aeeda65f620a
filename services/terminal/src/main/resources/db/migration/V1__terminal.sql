create table pane (
    pane_id      text primary key,
    workspace_id text not null,
    team_id      text not null
);

create index pane_of_workspace on pane (workspace_id);

-- How far a workspace's journal has been copied into facts, and which replica copies it (this database's clock).
create table journal_cursor (
    workspace_id text primary key,
    number       bigint      not null default 0,
    owner        text,
    owner_until  timestamptz,
    owner_epoch  bigint      not null default 0
);
