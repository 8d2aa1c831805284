-- One ledger for every commitment: an item with a kind, append-only facts, and a projection that a check proves.
create table item (
    item_id bigint primary key,
    programme_code varchar not null,
    assigned_by bigint not null,        -- the assigning document
    subject varchar not null,           -- what is tracked: the procedure's code, else the folded title
    procedure_code varchar,
    title varchar not null,
    field_name varchar,
    lead_agency varchar not null,
    revision bigint not null,
    unique (programme_code, assigned_by, subject)
);
create table item_agency (
    item_id bigint not null,
    agency_code varchar not null,
    revision bigint not null,
    primary key (item_id, agency_code)
);
create table item_measure (
    item_id bigint not null,
    position integer not null,
    measure_type varchar not null,
    before_text varchar,
    after_text varchar,
    explanation varchar,
    revision bigint not null,
    primary key (item_id, position)
);
create table item_instrument (          -- a fact: the item needs (or no longer needs) the document
    item_id bigint not null,
    document_id bigint not null,
    holds boolean not null,
    effective_date date not null,
    revision bigint not null,
    primary key (item_id, document_id, effective_date, revision)
);
create table decentralisation (
    item_id bigint primary key,
    form varchar not null check (form in ('phan_quyen', 'phan_cap', 'uy_quyen', 'phan_dinh')),
    from_level varchar not null,
    from_agency varchar,
    to_level varchar not null,
    to_agency varchar,
    revision bigint not null
);
create table item_event (
    event_id bigint primary key,
    item_id bigint not null,
    subject varchar not null check (subject in ('assigned', 'approved', 'enacted', 'published', 'confirmed', 'deadline')),
    holds boolean not null,             -- assigned = false: withdrawn from the base; enacted = false: reopened
    deadline date,                      -- on subject 'deadline'
    effective_date date not null,
    document_id bigint,
    claim_id bigint,
    reason varchar,
    revision bigint not null,
    check ((subject = 'deadline') = (deadline is not null))
);
create table item_state (               -- projection: what holds once every recorded fact has taken effect
    item_id bigint primary key,
    assigned_on date,
    approved_on date,
    enacted_on date,
    published_on date,
    confirmed_on date,
    left_on date,
    original_deadline date,
    current_deadline date,
    revision bigint not null            -- the last revision that touched the item: the optimistic lock
);
