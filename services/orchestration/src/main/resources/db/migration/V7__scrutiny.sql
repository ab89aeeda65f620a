-- Whether a check that passed proves anything: its exit code with its own files as they were on the base, and what speaks
-- against it.
alter table evidence add column original_inputs_exit_code int, add column objection text;
