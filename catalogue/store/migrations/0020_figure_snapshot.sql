-- Figures that the Office publishes: frozen when they are drafted, approved by a second person, never edited.
create table figure_snapshot (
    snapshot_id bigint primary key,
    code varchar not null unique,       -- SL-0001, in the order of drafting
    measure varchar not null,
    as_of date not null,
    since date,                         -- the begin of the period that a measure counts over
    known_at date,                      -- null: everything recorded when it was drafted
    known_revision bigint not null,     -- the last revision that the frozen numbers count; with as_of it gives the items
    numerator bigint not null,
    denominator bigint,
    printed varchar,                    -- the words as they are or will be printed
    printed_numerator bigint not null,
    printed_denominator bigint,
    printed_percent varchar,            -- with the decimals it is printed with: 60.6
    document varchar not null,          -- the document that prints it
    page varchar,
    report varchar,
    place varchar not null,             -- who prints it, and where
    corrects bigint,                    -- an earlier one, whose place it takes once published
    actor_id bigint not null,
    revision bigint not null
);
create table figure_snapshot_event (
    event_id bigint primary key,
    snapshot_id bigint not null,
    step varchar not null check (step in ('draft', 'approve', 'publish', 'withdraw', 'drop')),
    happened_on date not null,
    comment varchar,
    actor_id bigint not null,
    revision bigint not null
);
