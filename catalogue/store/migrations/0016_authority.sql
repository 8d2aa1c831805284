-- Who decides, from where to where: named bodies, assignments that were changed, plain tasks, and what became of levels.
alter table decentralisation add column from_body varchar;  -- the body inside the level or agency, where it is named
alter table decentralisation add column to_body varchar;
create table transfer_change (          -- what an assignment says from a day on; the first one stands in `decentralisation`
    change_id bigint primary key,
    item_id bigint not null,
    form varchar not null check (form in ('phan_quyen', 'phan_cap', 'uy_quyen', 'phan_dinh')),
    from_level varchar not null,
    from_agency varchar,
    from_body varchar,
    to_level varchar not null,
    to_agency varchar,
    to_body varchar,
    effective_date date not null,
    document_id bigint,
    reason varchar not null,
    revision bigint not null
);
create table directive (                -- a task in the words of its document; standing: outside due rates
    item_id bigint primary key,
    task varchar not null,
    is_standing boolean not null,
    revision bigint not null
);
-- Reference data, replaced as a whole with the others.
create table level_ending (             -- from a day on a level is no more; the first rule that fits says which one decides
    level varchar not null,
    ends_from date not null,
    position integer not null,
    to_level varchar not null,
    field_name varchar,                 -- null: every field
    from_level varchar,                 -- null: whoever gives the decision away
    document varchar,
    basis varchar not null,
    primary key (level, ends_from, position)
);
create table agency_member (            -- the agencies that a group named in a document means
    group_code varchar not null,
    agency_code varchar not null,
    primary key (group_code, agency_code)
);
alter table plan_line add column form varchar default '';
alter table plan_line add column from_place varchar default '';
alter table plan_line add column to_place varchar default '';
