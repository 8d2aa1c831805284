-- Every state of every item, by the days on which it holds and the revisions that know it so: what item_fact_at says, kept,
-- so that a figure at any as_of and known_at reads one row an item instead of replaying its facts. A check proves it.
create table item_period (
    item_id bigint not null,
    programme_code varchar not null,
    assigned_by bigint not null,
    field_name varchar,
    gift varchar not null,              -- what it was given as, as far as successions tell gifts apart (gift_key)
    valid_from date not null,
    valid_to date not null,             -- the first day on which it holds no more
    known_from integer not null,        -- revisions; narrow, for this is what every figure scans
    known_to integer not null,          -- the first revision that says otherwise; 2147483647: none yet
    in_base boolean not null,
    assigned_on date,
    left_on date,
    approved_on date,
    enacted_on date,
    published_on date,
    confirmed_on date,
    original_deadline date,
    current_deadline date,
    extensions bigint not null,
    is_standing boolean not null
);
alter table item_state add column given_on date;    -- the first day on which anything recorded assigns it
alter table item_state add column gift varchar;
-- Who answers for what was given, for every day: the successions of the reference data walked once, when they are loaded.
create table gift_holder (
    gift varchar not null,
    origin varchar not null,
    field_name varchar,                 -- null: every field that no succession names
    given_since date not null,
    given_until date not null,
    held_from date not null,
    held_until date not null,           -- the first day on which somebody else answers
    agency_code varchar not null,
    primary key (gift, held_from)
);
update installation set reference_fingerprint = null;     -- so that the reference data are loaded anew, with who holds what
