-- The whole record: legal bases with number and date, the source's own words beside what was parsed, what is wrong
-- with a version, and batches of whole records that a person can reject.
alter table procedure_version_legal_basis add column number varchar;
alter table procedure_version_legal_basis add column issued_on date;
create table procedure_version_source (     -- the words of the source, by its own headings
    version_id bigint primary key,
    raw json not null,
    revision bigint not null
);
create table procedure_version_problem (    -- what was flagged when the version was written
    version_id bigint not null,
    position integer not null,
    rule varchar not null,
    part varchar,
    value varchar,
    revision bigint not null,
    primary key (version_id, position)
);
alter table batch rename to batch_0008;
create table batch (
    batch_id bigint primary key,
    source varchar not null,
    file_name varchar not null,
    sha256 varchar not null,
    observed_on date not null,
    state varchar not null check (state in ('staged', 'accepted', 'replaced', 'rejected')),
    parts varchar[] not null,               -- what the source says of a procedure; the rest is kept as it was
    lists_all boolean not null,             -- what the list leaves out of an agency is missing
    rows_read bigint not null,
    rows_new bigint not null,
    rows_changed bigint not null,
    rows_unchanged bigint not null,
    rows_missing bigint not null,
    rows_rejected bigint not null,
    base_revision bigint not null,          -- the catalogue the comparison was made with
    staged_at timestamptz not null,
    staged_by bigint,                       -- null: the command line
    decided_at timestamptz,
    decided_by bigint,
    comment varchar,                        -- why it was rejected
    revision bigint
);
insert into batch
select batch_id, source, file_name, sha256, observed_on, state,
    ['name', 'field_name', 'issuing_agency_text', 'implementing'], true,
    rows_read, rows_new, rows_changed, rows_unchanged, rows_missing, rows_rejected, base_revision, staged_at, null,
    decided_at, null, null, revision
from batch_0008;
drop table batch_0008;
create table batch_content (                -- the bytes as they came, so that the issues can be shown in their cells
    sha256 varchar primary key,
    content blob not null
);
alter table staged_procedure rename to staged_procedure_0008;
create table staged_procedure (
    batch_id bigint not null,
    row_no bigint not null,
    change varchar not null check (change in ('new', 'changed', 'unchanged', 'missing')),
    procedure_code varchar not null,
    national_code varchar not null,
    agency_suffix varchar,
    issuing_agency varchar,
    content json not null,                  -- what the source says, in the parts of the batch
    raw json,
    problems json not null                  -- list of {rule, part, value}
);
insert into staged_procedure
select batch_id, row_no, change, procedure_code, national_code, agency_suffix, issuing_agency,
    json_object('name', name, 'field_name', field_name, 'issuing_agency_text', issuing_agency_text,
        'implementing', implementing_agencies),
    raw, '[]'
from staged_procedure_0008;
drop table staged_procedure_0008;
alter table batch_issue add column procedure_code varchar;
