-- Compliance cost (Circular 02/2017/TT-VPCP, Article 27): what a procedure costs by one of its versions, figure by figure.
create table cost_sheet (               -- a later one of the same version takes the place of an earlier one
    sheet_id bigint primary key,
    procedure_code varchar not null,
    version_id bigint not null,
    made_on date not null,              -- the day that the figures stand for
    income_year integer not null,       -- the hourly income it was reckoned with, by its year and as it was then
    income_vnd bigint not null check (income_vnd > 0),
    is_withdrawn boolean not null,
    reason varchar,                     -- why it takes the place of an earlier one, or was withdrawn
    file_name varchar,                  -- the workbook it was read from; null: typed
    sha256 varchar,
    actor_id bigint not null,
    revision bigint not null
);
create table cost_line (                -- one piece of the work of one case
    sheet_id bigint not null,
    position bigint not null check (position > 0),
    activity varchar not null check (activity in ('prepare', 'submit', 'pay', 'inspect', 'other', 'receive')),
    label varchar not null,
    revision bigint not null,
    primary key (sheet_id, position)
);
create table cost_figure (              -- one collected figure; of several the lower middle is reckoned with
    sheet_id bigint not null,
    position bigint not null,           -- of the line; 0: of the sheet
    kind varchar not null check (kind in ('minutes', 'hired', 'fees', 'times', 'people')),
    place bigint not null,
    value bigint not null check (value >= 0),
    source varchar not null check (source <> ''),
    method varchar not null
        check (method in ('interview', 'survey', 'expert', 'trial', 'statistics', 'law', 'estimate')),
    revision bigint not null,
    primary key (sheet_id, position, kind, place),
    check ((position = 0) = (kind in ('times', 'people')))
);
