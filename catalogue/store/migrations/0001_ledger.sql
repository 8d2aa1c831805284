-- The revision chain and the installation. Every write transaction of the product inserts one revision.
create table revision (
    revision bigint primary key,
    recorded_at timestamptz not null,
    actor_id bigint,                    -- null: the program itself
    command varchar not null,
    previous_hash varchar not null,
    hash varchar not null               -- sha256(previous_hash + canonical JSON of the facts of this revision)
);
create table installation (
    id integer primary key check (id = 1),
    is_demo boolean not null,
    working_date date,                  -- null: today in Asia/Ho_Chi_Minh
    reference_fingerprint varchar,
    created_at timestamptz not null
);
create table refusal (message varchar); -- never filled: the guards' error() stops the statement
