-- gift_key(agency, field, given_on): what an agency was given, as far as successions tell gifts apart: the agency, the
-- field where a succession names it, the day of the last succession by then. Null where the agency is none of ours.
create or replace macro gift_key(agency, field, given_on) as
    agency
    || '|' || case when list_contains(
            (select list(distinct lower(field_name)) from agency_succession where field_name is not null), lower(field))
        then lower(field) else '' end
    || '|' || coalesce(
        list_max(list_filter((select list(distinct effective_date) from agency_succession), lambda since: since <= given_on)),
        date '0001-01-01');
