-- Open items of agencies that may be given a new instrument: in the base, not enacted, whose programme has that stage.
-- `missing`: how many unissued documents each one names already.
select i.item_id, i.programme_code, i.procedure_code, i.title, i.lead_agency, a.short_name as agency_name,
    count(n.document_id) filter (n.state <> 'issued') as missing
from item_led_at($as_of, $revision, $organised_on) as i
join item_state as s on s.item_id = i.item_id
join programme as p on p.programme_code = i.programme_code
join agency as a on a.agency_code = i.lead_agency
left join item_instrument_at($as_of, $revision) as n on n.item_id = i.item_id
where i.in_base and s.enacted_on is null and s.left_on is null and json_contains(p.stages, '"enacted"')
  and ($agency is null or i.lead_agency = $agency)
group by i.item_id, i.programme_code, i.procedure_code, i.title, i.lead_agency, a.short_name
order by missing > 0, i.programme_code, i.lead_agency, i.procedure_code nulls last, i.item_id
