-- The annex of a document that assigns items, from upload to load; a procedure that an unmatched item turned out to be.
create table plan_batch (
    batch_id bigint primary key,
    state varchar not null check (state in ('staged', 'loaded', 'dropped')),
    programme_code varchar not null,
    document_type varchar not null,     -- the assigning document, as the person entered it
    document_number varchar not null,
    document_issued_on date not null,
    document_issuer varchar not null,
    document_title varchar not null,
    default_deadline date,              -- what rows that do not say their own take over
    default_lead varchar,
    reason varchar,                     -- why the base changes
    file_name varchar not null,
    sha256 varchar not null,
    passed_over varchar[] not null,     -- columns of the file that were not read
    items bigint,                       -- as loaded
    edits bigint not null,              -- the optimistic lock
    staged_at timestamptz not null,
    staged_by bigint not null,
    decided_at timestamptz,
    decided_by bigint,
    revision bigint
);
create table plan_line (                -- one row of the annex in its own words, mended until it can be understood
    batch_id bigint not null,
    row_no bigint not null,
    code varchar not null,
    name varchar not null,
    field_name varchar not null,
    lead varchar not null,
    cooperating varchar not null,
    measures varchar not null,
    content varchar not null,
    before_text varchar not null,
    after_text varchar not null,
    documents varchar not null,
    deadline varchar not null,
    explanation varchar not null,
    is_dropped boolean not null,
    match_state varchar not null check (match_state in ('code', 'proposed', 'chosen', 'unmatched', 'waiting')),
    match_code varchar,
    primary key (batch_id, row_no)
);
create table plan_notice (              -- rows of the file that are no item, as they were passed over
    batch_id bigint not null,
    position bigint not null,
    rule varchar not null,
    row_no bigint,
    value varchar,
    primary key (batch_id, position)
);
create table item_match (               -- an item loaded without a procedure means this one; null: none after all
    item_id bigint not null,
    procedure_code varchar,
    actor_id bigint not null,
    revision bigint not null,
    primary key (item_id, revision)
);
