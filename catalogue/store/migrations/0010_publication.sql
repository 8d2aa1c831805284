-- What a publication decision says beside its annex, when it was entered and posted, and what the decree allows for it.
alter table publication_line add column extent varchar;     -- whole or part; null where the decision was recorded without it
alter table publication_line add column note varchar;
create table publication (
    document_id bigint primary key,
    title varchar,                          -- where the document was only cited before, under a title of ours
    signer_name varchar,
    signer_position varchar,                -- a code of publication_limits.yml; null: not recorded
    revision bigint not null
);
create table publication_basis (            -- the legal documents whose procedures it publishes
    document_id bigint not null,
    position integer not null,
    basis_id bigint not null,
    revision bigint not null,
    primary key (document_id, position)
);
create table publication_mirror (           -- a province's decision repeats what a ministry has published
    document_id bigint not null,
    mirrored_id bigint not null,
    revision bigint not null,
    primary key (document_id, mirrored_id)
);
create table publication_supersession (     -- an earlier decision that it abolishes, whole or in part
    document_id bigint not null,
    superseded_id bigint not null,
    extent varchar not null check (extent in ('whole', 'part')),
    note varchar,
    revision bigint not null,
    primary key (document_id, superseded_id)
);
create table publication_replacement (      -- the procedures that a line of the annex puts another one in the place of
    document_id bigint not null,
    line integer not null,
    procedure_code varchar not null,
    revision bigint not null,
    primary key (document_id, line, procedure_code)
);
create table publication_day (              -- when a decision reached the national database, and the public
    document_id bigint not null,
    milestone varchar not null check (milestone in ('entered', 'posted')),
    happened_on date not null,
    revision bigint not null,
    primary key (document_id, milestone, revision)
);
-- Reference data: the limits, and every day with the number of working days up to and including it.
create table publication_limit (
    milestone varchar not null check (milestone in ('signed', 'entered', 'posted')),
    issuer_kind varchar not null,
    days integer not null,
    valid_from date not null,
    valid_until date not null,
    primary key (milestone, issuer_kind, valid_from)
);
create table working_day (
    day date primary key,
    is_working boolean not null,
    place bigint not null
);
