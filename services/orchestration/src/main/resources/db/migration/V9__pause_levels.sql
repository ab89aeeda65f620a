-- How far a pause goes.
alter table swarm add column wish_level text not null default 'FREEZE'
    check (wish_level in ('HOLD', 'INTERRUPT', 'FREEZE', 'HIBERNATE'));
