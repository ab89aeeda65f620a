-- Facts wait here until the relay has sent them. Numbers are gapless per topic and partition, in the order of commits:
-- the counter's row stays locked from outbox_append to the end of the transaction, so append last.
create table outbox_counter (
    topic            text   not null,
    partition_number int    not null,
    next_number      bigint not null,
    primary key (topic, partition_number)
);

create table outbox_record (
    topic            text   not null,
    partition_number int    not null,
    number           bigint not null,
    key              text   not null,
    event_id         text,
    type             text,
    correlation_id   text,
    occurred_at      timestamptz not null default now(),
    payload          bytea, -- null: a tombstone
    primary key (topic, partition_number, number)
);

-- Which replica relays. Its Kafka transactional id fences a former one that has not noticed.
create table outbox_relay (
    only_row    boolean primary key default true check (only_row),
    owner       text        not null,
    lease_until timestamptz not null
);

-- The last number taken from each partition, moved in the transaction of its effect.
create table inbox_position (
    consumer         text   not null,
    topic            text   not null,
    partition_number int    not null,
    number           bigint not null,
    primary key (consumer, topic, partition_number)
);

create function outbox_append(
    in_topic text, in_partition int, in_key text, in_event_id text, in_type text, in_correlation_id text,
    in_occurred_at timestamptz, in_payload bytea)
    returns bigint language sql as $$
    with taken as (
        insert into outbox_counter as c (topic, partition_number, next_number) values (in_topic, in_partition, 2)
        on conflict (topic, partition_number) do update set next_number = c.next_number + 1
        returning c.next_number - 1 as number)
    insert into outbox_record
        (topic, partition_number, number, key, event_id, type, correlation_id, occurred_at, payload)
    select in_topic, in_partition, number, in_key, in_event_id, in_type, in_correlation_id, in_occurred_at, in_payload
    from taken
    returning number
$$;
