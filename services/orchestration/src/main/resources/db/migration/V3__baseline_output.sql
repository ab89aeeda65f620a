-- What a check put out on the base: beside its own output, with the digest of all of it.
alter table evidence add column baseline_sha256 text, add column baseline_bytes bigint;
alter table check_output add column baseline bytea;
