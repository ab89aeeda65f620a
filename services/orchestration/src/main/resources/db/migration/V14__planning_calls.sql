-- A call is made for an agent of a swarm, or for the plan of a conversation.
alter table model_call
    alter column swarm_id drop not null,
    alter column agent_id drop not null,
    add column conversation_id text references conversation,
    add check ((swarm_id is null) = (agent_id is null)),
    add check ((swarm_id is null) <> (conversation_id is null));

-- A person may want the local planner where a model would plan.
alter table answer_due add column local_planner boolean not null default false;
