create table actor (
    actor_id bigint primary key,
    account varchar not null unique,
    full_name varchar not null,
    role varchar not null check (role in ('viewer', 'ministry_editor', 'reviewer', 'administrator')),
    agency_code varchar,
    password_hash varchar not null,
    is_active boolean not null,
    is_demo boolean not null,
    created_at timestamptz not null,
    check ((role = 'ministry_editor') <= (agency_code is not null))
);
create table session (
    token_sha256 varchar primary key,
    actor_id bigint not null,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    ended_at timestamptz
);
