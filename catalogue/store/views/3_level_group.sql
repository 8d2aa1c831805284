-- The groups of the published counts: central = ministry level; local and vertical = the levels below, by sector.
-- A procedure counts once in each group it touches; where the source does not say `is_vertical`, the group is unknown.
create or replace macro level_group(level, is_vertical) as
case
    when level = 'ministry' then 'central'
    when level in ('provincial', 'district', 'communal') and is_vertical then 'vertical'
    when level in ('provincial', 'district', 'communal') and not is_vertical then 'local'
end;
