create table account (
    id               text primary key,
    email            text        not null unique,
    display_name     text        not null,
    password_hash    text        not null,
    personal_team_id text        not null,
    instance_owner   boolean     not null,
    created_at       timestamptz not null
);

create table team (
    id         text primary key,
    name       text        not null,
    personal   boolean     not null,
    created_at timestamptz not null
);

create table membership (
    team_id    text        not null references team,
    account_id text        not null references account,
    role       text        not null check (role in ('VIEWER', 'MEMBER', 'ADMIN', 'OWNER')),
    joined_at  timestamptz not null,
    primary key (team_id, account_id)
);
create index membership_of_account on membership (account_id);

create table invitation (
    id          text primary key,
    team_id     text        not null references team,
    email       text        not null,
    role        text        not null check (role in ('VIEWER', 'MEMBER', 'ADMIN', 'OWNER')),
    invited_by  text        not null references account,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    accepted_at timestamptz
);
create index invitation_open on invitation (email) where accepted_at is null;

-- A sign-in and all refresh tokens that descend from it.
create table session (
    id           text primary key,
    account_id   text        not null references account,
    started_at   timestamptz not null,
    last_used_at timestamptz not null,
    expires_at   timestamptz not null,
    ended_at     timestamptz,
    end_reason   text
);
create index session_of_account on session (account_id) where ended_at is null;

create table refresh_token (
    hash       text primary key,
    session_id text        not null references session on delete cascade,
    issued_at  timestamptz not null,
    used_at    timestamptz
);
create index refresh_token_of_session on refresh_token (session_id);

create table personal_access_token (
    id           text primary key,
    account_id   text        not null references account,
    name         text        not null,
    hash         text        not null unique,
    scopes       text        not null,
    created_at   timestamptz not null,
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz
);
create index personal_access_token_of_account on personal_access_token (account_id);

-- The private key is encrypted with a key from the environment.
create table signing_key (
    id          text primary key,
    public_jwk  text        not null,
    private_key bytea       not null,
    signs_from  timestamptz not null,
    signs_until timestamptz not null,
    not_after   timestamptz not null
);

-- Failed sign-ins by account and address (their digest).
create table sign_in_failure (
    subject       text primary key,
    failures      int         not null,
    last_failure  timestamptz not null,
    blocked_until timestamptz not null
);
create index sign_in_failure_old on sign_in_failure (last_failure);
