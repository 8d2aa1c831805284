-- The catalogue: the code is the identity, a version holds until a later one on the same code.
create table procedure (
    procedure_code varchar primary key,
    national_code varchar not null,
    agency_suffix varchar,
    origin varchar not null,
    revision bigint not null
);
create table procedure_version (
    version_id bigint primary key,
    procedure_code varchar not null,
    effective_date date not null,
    in_force boolean not null,
    name varchar not null,
    field_name varchar,
    field_code varchar,
    issuing_agency varchar,             -- our agency code where the text is a known agency
    issuing_agency_text varchar,
    is_vertical boolean,                -- null: the source does not say
    procedure_type varchar,
    decision_id bigint,
    source varchar not null,
    content_hash varchar not null,
    search_text varchar not null,       -- ' ' + folded words of code, name and field + ' '
    details json not null,              -- steps, channels, dossier, addressees, results, requirements: read whole
    revision bigint not null
);
create table procedure_version_level (
    version_id bigint not null,
    level varchar not null check (level in ('ministry', 'provincial', 'district', 'communal', 'other')),
    revision bigint not null,
    primary key (version_id, level)
);
create table procedure_version_agency (
    version_id bigint not null,
    role varchar not null check (role in ('implementing', 'competent', 'authorised', 'cooperating')),
    position integer not null,
    agency_text varchar not null,
    agency_code varchar,
    revision bigint not null,
    primary key (version_id, role, position)
);
create table procedure_version_legal_basis (
    version_id bigint not null,
    position integer not null,
    document_text varchar not null,
    document_id bigint,
    revision bigint not null,
    primary key (version_id, position)
);
create table publication_line (
    document_id bigint not null,
    line integer not null,
    action varchar not null check (action in ('new', 'amended', 'replaced', 'abolished')),
    procedure_code varchar not null,
    revision bigint not null,
    primary key (document_id, line)
);
