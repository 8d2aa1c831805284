-- Systems that report in: their agency's tokens, what they were answered, files that wait until a claim names them.
create table api_token (
    actor_id bigint primary key,        -- each token is an actor of its own, so that the trail says which one
    number bigint not null unique,
    name varchar not null,
    token_sha256 varchar not null unique,
    hint varchar not null,              -- how the secret begins: tells one from another, and opens nothing
    expires_at timestamptz not null,
    issued_by bigint,                   -- null: the operator of the machine, on the command line
    revoked_at timestamptz,
    revoked_by bigint,
    used_at timestamptz                 -- to five minutes
);
create table api_answer (               -- what a request with a key was answered: the same one again is answered so again
    actor_id bigint not null,
    key varchar not null,
    request_sha256 varchar not null,
    body varchar not null,
    answered_at timestamptz not null,
    primary key (actor_id, key)
);
create table api_file (                 -- becomes evidence when a claim names it, and is forgotten when none does
    actor_id bigint not null,
    sha256 varchar not null,
    file_name varchar not null,
    media_type varchar not null,
    content blob not null,
    sent_at timestamptz not null,
    primary key (actor_id, sha256)
);
