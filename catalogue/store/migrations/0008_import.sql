-- Staging of outside data: a batch waits here until a person accepts it.
create table batch (
    batch_id bigint primary key,
    source varchar not null,
    file_name varchar not null,
    sha256 varchar not null,
    observed_on date not null,
    state varchar not null check (state in ('staged', 'accepted', 'replaced')),
    rows_read bigint not null,
    rows_new bigint not null,
    rows_changed bigint not null,
    rows_unchanged bigint not null,
    rows_missing bigint not null,
    rows_rejected bigint not null,
    base_revision bigint not null,      -- the catalogue the comparison was made with
    staged_at timestamptz not null,
    decided_at timestamptz,
    revision bigint
);
create table staged_procedure (
    batch_id bigint not null,
    row_no bigint not null,
    change varchar not null check (change in ('new', 'changed', 'unchanged', 'missing')),
    procedure_code varchar not null,
    national_code varchar not null,
    agency_suffix varchar,
    name varchar not null,
    field_name varchar,
    issuing_agency varchar,
    issuing_agency_text varchar,
    implementing_agencies varchar[],
    content_hash varchar not null,
    raw json
);
create table batch_issue (
    batch_id bigint not null,
    position bigint not null,
    severity varchar not null,
    file varchar,
    sheet varchar,
    row_no bigint,
    column_name varchar,
    value varchar,
    rule varchar not null
);
