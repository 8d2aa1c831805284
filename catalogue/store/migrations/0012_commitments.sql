-- Plans that change: refused extensions, plans approved and tasks completed by a claim, adjusted items and measures,
-- corrected documents, evidence taken out again. A table whose CHECK grows is copied row by row: its facts stay as hashed.
create table claim_grown (
    claim_id bigint primary key,
    kind varchar not null check (kind in ('approved', 'enacted', 'published', 'completed', 'extension', 'obstacle',
        'difference')),
    item_id bigint not null,
    document_id bigint,                 -- enacted: the instrument of the item that was issued
    agency_code varchar not null,
    state varchar not null check (state in ('draft', 'submitted', 'returned', 'confirmed', 'refused', 'dropped')),
    content json not null,
    author_id bigint not null,
    submitted_at timestamptz,
    decided_at timestamptz,
    decided_by bigint,
    comment varchar,
    revision bigint not null
);
insert into claim_grown
select claim_id, kind, item_id, document_id, agency_code, state, content, author_id, submitted_at, decided_at, decided_by,
    comment, revision
from claim;
drop table claim;
alter table claim_grown rename to claim;
create table claim_event_grown (
    event_id bigint primary key,
    claim_id bigint not null,
    action varchar not null check (action in ('draft', 'edit', 'submit', 'recall', 'return', 'confirm', 'refuse', 'drop')),
    content json not null,
    comment varchar,
    actor_id bigint not null,
    revision bigint not null
);
insert into claim_event_grown select event_id, claim_id, action, content, comment, actor_id, revision from claim_event;
drop table claim_event;
alter table claim_event_grown rename to claim_event;
alter table document_event add column title varchar;            -- null: as before
alter table document_event add column drafting_agency varchar;  -- null: as before
alter table document_event add column reason varchar;
create table evidence_removal (         -- a file taken out of a draft again; what was sent once stays
    evidence_id bigint primary key,
    actor_id bigint not null,
    revision bigint not null
);
create table item_adjustment (          -- a plan changed by a document, without leaving the base
    adjustment_id bigint primary key,
    item_id bigint not null,
    effective_date date not null,
    document_id bigint,
    reason varchar not null,
    revision bigint not null
);
create table item_measure_fact (        -- a measure given up or added later; without a fact it holds from the assignment
    item_id bigint not null,
    position integer not null,
    holds boolean not null,
    effective_date date not null,
    revision bigint not null,
    primary key (item_id, position, effective_date, revision)
);
create table item_measure_instrument (  -- which of the item's documents carry a measure out; none named: all of them
    item_id bigint not null,
    position integer not null,
    document_id bigint not null,
    holds boolean not null,
    effective_date date not null,
    revision bigint not null,
    primary key (item_id, position, document_id, effective_date, revision)
);
