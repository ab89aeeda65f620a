-- What agents write. A message waits for a task, so that a later attempt finds it.
create table mail (
    id         text        primary key,
    swarm_id   text        not null references swarm,
    from_agent text        not null references agent,
    from_task  text        not null,
    from_role  text        not null,
    to_kind    text        not null check (to_kind in ('agent', 'all', 'people')),
    to_agent   text,
    to_role    text,
    text       text        not null,
    sent_at    timestamptz not null,
    refused    text
);
create index on mail (swarm_id, id);
create index on mail (from_agent);

create table mail_receipt (
    mail_id         text        not null references mail,
    swarm_id        text        not null,
    task_id         text        not null,
    delivered_at    timestamptz,
    acknowledged_at timestamptz,
    primary key (mail_id, task_id),
    foreign key (swarm_id, task_id) references task (swarm_id, id)
);
create index on mail_receipt (swarm_id, task_id) where acknowledged_at is null;
