-- What of an earlier attempt was not taken, a person's look at the latest one, and what would conflict if it were merged now.
alter table task add column returned_times int not null default 0, add column returned_reason text,
    add column returned_commit text, add column review_commit text, add column reviewed_by text;

create table forecast (
    swarm_id  text primary key references swarm,
    conflicts jsonb not null
);
