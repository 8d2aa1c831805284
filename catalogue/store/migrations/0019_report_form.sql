-- Dossier statistics as agencies send them, and periodic reports as they were issued.
create table statistics_filing (        -- a later one of the same form, period and agency takes the place of an earlier one
    filing_id bigint primary key,
    form_code varchar not null,
    period_name varchar not null,       -- 2024-Q1, 2024
    agency_code varchar not null,
    file_name varchar not null,
    sha256 varchar not null,            -- of the workbook that was read
    explanation varchar,                -- why figures do not go on from the period before
    actor_id bigint not null,
    revision bigint not null
);
create table statistics_row (
    row_id bigint primary key,
    filing_id bigint not null,
    position bigint not null,
    section varchar,                    -- null: the row is the agency itself
    label varchar not null,
    revision bigint not null
);
create table statistics_value (         -- no row here: the cell was empty, which is not 0
    row_id bigint not null,
    column_code varchar not null,
    value bigint not null check (value >= 0),
    revision bigint not null,
    primary key (row_id, column_code)
);
create table report_issue (             -- its own revision is the last one that its figures count
    issue_id bigint primary key,
    form_code varchar not null,
    period_name varchar not null,
    agency_code varchar,                -- null: the whole country
    as_of date not null,
    sent bigint not null,               -- agencies whose figures it counts
    expected bigint not null,
    layout varchar not null,            -- the form as it was then
    notes varchar not null,             -- the lines under the table, as printed
    actor_id bigint not null,
    revision bigint not null
);
create table report_issue_row (
    row_id bigint primary key,
    issue_id bigint not null,
    position bigint not null,
    kind varchar not null check (kind in ('section', 'field', 'agency', 'total')),
    ordinal varchar not null,
    label varchar not null,
    section varchar,
    agency_code varchar,
    revision bigint not null
);
create table report_issue_cell (
    row_id bigint not null,
    column_code varchar not null,
    value bigint,
    gap varchar check (gap in ('missing', 'not_applicable')),
    revision bigint not null,
    primary key (row_id, column_code),
    check ((value is null) <> (gap is null))
);
