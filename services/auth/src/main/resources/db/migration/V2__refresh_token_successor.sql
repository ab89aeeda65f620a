-- What an exchange made of a token: an exchange whose answer was lost is tried again.
alter table refresh_token add column successor text;
