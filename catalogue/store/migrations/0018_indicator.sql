-- Indicators: what agencies scored, period by period. A later row on the same subject takes the place of an earlier one.
create table indicator_value (
    indicator_code varchar not null,
    group_code varchar not null,        -- the agencies that it is ranked with
    subject varchar not null check (subject in ('agency', 'unit', 'mean', 'region')),
    agency_code varchar,                -- of an agency, or the one that a unit belongs to
    unit_code varchar,                  -- of a unit (sở, xã) or a region
    unit_name varchar,
    component varchar,                  -- null: the total
    period_kind varchar not null check (period_kind in ('year', 'quarter', 'month', 'day')),
    period_end date not null,
    measured_to date not null,          -- before period_end where the period was not over
    effective_on date not null,         -- from when it was to be known: the day of its announcement
    effective_basis varchar not null check (effective_basis in ('printed', 'inferred', 'memory')),
    method varchar not null,
    state varchar not null check (state in ('value', 'not_applicable', 'missing')),
    value bigint,                       -- ten-thousandths of the unit; null beside a rank that was printed alone
    out_of bigint,                      -- the most it could be, in ten-thousandths, where a component does not apply
    rank bigint,                        -- as the source prints it
    rank_of bigint,
    rank_scope varchar check (rank_scope in ('group', 'mixed')),    -- mixed: the source ranks several groups together
    basis varchar not null check (basis in ('printed', 'inferred', 'memory', 'invented')),
    source varchar not null,            -- of sources.yml, or of pipelines/sources
    publication varchar,
    note varchar,
    revision bigint not null,
    check ((state = 'value') = (value is not null or rank is not null))
);
create table indicator_printed (        -- reference data: indicator_values.yml; it counts as revision 0
    indicator_code varchar not null,
    group_code varchar not null,
    subject varchar not null,
    agency_code varchar,
    unit_code varchar,
    unit_name varchar,
    component varchar,
    period_kind varchar not null,
    period_end date not null,
    measured_to date not null,
    effective_on date not null,
    effective_basis varchar not null,
    method varchar not null,
    state varchar not null,
    value bigint,
    out_of bigint,
    rank bigint,
    rank_of bigint,
    rank_scope varchar,
    basis varchar not null,
    source varchar not null,
    publication varchar,
    note varchar
);
create table staged_indicator (         -- rows of a batch that waits: what accepting it would record
    batch_id bigint not null,
    position bigint not null,
    sheet varchar,
    row_no bigint not null,
    change varchar not null check (change in ('new', 'changed', 'unchanged')),
    facts json not null
);
