-- The workflow belongs to the claim: draft -> submitted -> returned | confirmed. Only a confirmed claim becomes an event.
create table claim (
    claim_id bigint primary key,
    kind varchar not null check (kind in ('enacted', 'published', 'extension', 'obstacle')),
    item_id bigint not null,
    document_id bigint,                 -- enacted: the instrument of the item that was issued
    agency_code varchar not null,
    state varchar not null check (state in ('draft', 'submitted', 'returned', 'confirmed', 'dropped')),
    content json not null,              -- what is claimed: number, issued_on, in_force_on, new_deadline, note
    author_id bigint not null,
    submitted_at timestamptz,
    decided_at timestamptz,
    decided_by bigint,
    comment varchar,
    revision bigint not null            -- the optimistic lock
);
create table claim_event (
    event_id bigint primary key,
    claim_id bigint not null,
    action varchar not null check (action in ('draft', 'edit', 'submit', 'recall', 'return', 'confirm', 'drop')),
    content json not null,
    comment varchar,
    actor_id bigint not null,
    revision bigint not null
);
create table evidence (
    evidence_id bigint primary key,
    claim_id bigint not null,
    file_name varchar not null,
    media_type varchar not null,
    size_bytes bigint not null,
    sha256 varchar not null,
    actor_id bigint not null,
    revision bigint not null
);
create table evidence_content (
    sha256 varchar primary key,
    content blob not null
);
