-- Loaded from catalogue/reference/*.yml whenever their fingerprint changes; replaced as a whole.
create table agency (
    agency_code varchar primary key,
    name varchar not null,
    short_name varchar not null,
    kind varchar not null,
    valid_from date,
    valid_until date,
    in_1015 boolean not null
);
create table agency_identifier (
    agency_code varchar not null,
    identifier varchar not null,
    valid_from date,
    valid_until date,
    basis varchar not null,
    note varchar
);
create table agency_spelling (
    spelling_folded varchar primary key,   -- names, short names and aliases as they occur in lists
    agency_code varchar not null
);
create table agency_succession (
    from_code varchar not null,
    to_code varchar not null,
    field_name varchar,                    -- null: every field not named in another row
    effective_date date not null,
    kind varchar not null,
    document varchar,
    basis varchar not null
);
create table field (
    field_code varchar primary key,
    name varchar not null,
    agency_code varchar not null,
    basis varchar not null
);
create table measure_type (
    measure_type varchar primary key,
    position integer not null,
    name_vi varchar not null,
    name_en varchar not null,
    evidence_vi varchar not null,
    evidence_en varchar not null,
    needs_explanation boolean not null
);
create table programme (
    programme_code varchar primary key,
    kind varchar not null check (kind in ('simplification', 'decentralisation', 'directive')),
    name_vi varchar not null,
    name_en varchar not null,
    done_stage varchar not null,
    stages json not null,
    approved_with_assignment boolean not null
);
