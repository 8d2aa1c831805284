-- One table for resolutions, decisions, instruments, letters and legal bases. Identity: number, date and issuer.
create table document (
    document_id bigint primary key,
    type varchar not null check (type in ('law', 'ordinance', 'decree', 'resolution', 'decision', 'circular',
        'directive', 'letter', 'notice', 'other')),
    title varchar not null,
    drafting_agency varchar,
    issuer_code varchar,
    revision bigint not null
);
create table document_identity (
    number_key varchar not null,        -- the number without spaces or trailing dots, upper case
    issued_on date not null,
    issuer_code varchar not null,
    document_id bigint not null,
    revision bigint not null,
    primary key (number_key, issued_on, issuer_code)
);
create table document_event (
    event_id bigint primary key,
    document_id bigint not null,
    state varchar not null check (state in ('planned', 'drafting', 'submitted', 'issued')),
    planned_issue_on date,
    number varchar,
    issued_on date,
    in_force_on date,
    effective_date date not null,
    claim_id bigint,
    revision bigint not null
);
