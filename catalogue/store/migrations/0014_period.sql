-- The monthly cycle: periods, what agencies return for them, and the figures that a closing freezes.
create table reporting_period (
    period_id bigint primary key,
    name varchar not null unique,       -- 2024-02
    starts_on date not null,
    ends_on date not null,
    due_on date not null,               -- as it was counted when the period was opened
    revision bigint not null
);
create table period_closing (           -- its own revision is the last one that the frozen figures count
    period_id bigint primary key,
    reason varchar,                     -- asked for where it is closed before its returns are due
    actor_id bigint not null,
    revision bigint not null
);
create table period_figure (            -- counts of items at the end of the period, as known at the close
    period_id bigint not null,
    programme_code varchar not null,
    agency_code varchar not null,       -- who answered for the items on the last day of the period
    measure varchar not null,
    value bigint not null,
    revision bigint not null,
    primary key (period_id, programme_code, agency_code, measure)
);
create table period_return (            -- a later one of the same agency takes the place of an earlier one
    return_id bigint primary key,
    period_id bigint not null,
    agency_code varchar not null,
    kind varchar not null check (kind in ('report', 'nil')),
    number varchar,
    issued_on date,
    sent_on date not null,              -- the civil day on which it arrived: late or not is judged by it
    note varchar,
    actor_id bigint not null,
    revision bigint not null
);
create table period_return_file (
    file_id bigint primary key,
    return_id bigint not null,
    file_name varchar not null,
    media_type varchar not null,
    size_bytes bigint not null,
    sha256 varchar not null,            -- content: evidence_content
    actor_id bigint not null,
    revision bigint not null
);
