-- What lists show: when a task ran, what a conversation is about and when something was said last.
alter table task add column started_at timestamptz, add column ended_at timestamptz;

alter table conversation add column updated_at timestamptz;
update conversation c set updated_at =
    coalesce((select max(m.created_at) from message m where m.conversation_id = c.id), c.created_at);
alter table conversation alter column updated_at set not null;

-- Whether it has a title of its own; the first message gives one where nobody did.
alter table conversation add column titled boolean not null default true;
update conversation set titled = false where title = 'New conversation';
update conversation c set titled = true, title = m.line
from (select distinct on (conversation_id) conversation_id,
             case when length(words) <= 120 then words
                  else regexp_replace(left(words, 119), '\s\S*$', '') || '…' end as line
      from (select conversation_id, number, btrim(regexp_replace(text, '\s+', ' ', 'g')) as words
            from message where author = 'user') said
      order by conversation_id, number) m
where m.conversation_id = c.id and not c.titled;
