-- Rows that name something that is not there.
select 'item_event without item' as problem, cast(e.event_id as varchar) as id
from item_event as e left join item as i on i.item_id = e.item_id where i.item_id is null
union all
select 'item_instrument without document', cast(n.item_id as varchar) || '/' || cast(n.document_id as varchar)
from item_instrument as n left join document as d on d.document_id = n.document_id where d.document_id is null
union all
select 'item of an unknown programme', cast(i.item_id as varchar)
from item as i left join programme as p on p.programme_code = i.programme_code where p.programme_code is null
union all
select 'item of an unknown agency', cast(i.item_id as varchar)
from item as i left join agency as a on a.agency_code = i.lead_agency where a.agency_code is null
union all
select 'item without assigning document', cast(i.item_id as varchar)
from item as i left join document as d on d.document_id = i.assigned_by where d.document_id is null
union all
select 'item of an unknown procedure', cast(i.item_id as varchar)
from item as i left join procedure as p on p.procedure_code = i.procedure_code
where i.procedure_code is not null and p.procedure_code is null
union all
select 'match of no item', cast(m.item_id as varchar)
from item_match as m left join item as i on i.item_id = m.item_id where i.item_id is null
union all
select 'match with an unknown procedure', cast(m.item_id as varchar)
from item_match as m left join procedure as p on p.procedure_code = m.procedure_code
where m.procedure_code is not null and p.procedure_code is null
union all
select 'version without procedure', cast(v.version_id as varchar)
from procedure_version as v left join procedure as p on p.procedure_code = v.procedure_code where p.procedure_code is null
union all
select 'level without version', cast(l.version_id as varchar)
from procedure_version_level as l left join procedure_version as v on v.version_id = l.version_id where v.version_id is null
union all
select 'claim about no item', cast(c.claim_id as varchar)
from claim as c left join item as i on i.item_id = c.item_id where i.item_id is null
union all
select 'evidence without content', cast(e.evidence_id as varchar)
from evidence as e left join evidence_content as c on c.sha256 = e.sha256 where c.sha256 is null
union all
select 'document without a state', cast(d.document_id as varchar)
from document as d left join document_event as e on e.document_id = d.document_id where e.document_id is null
union all
select 'transfer of no item', cast(t.item_id as varchar)
from (select item_id from decentralisation union all select item_id from transfer_change) as t
left join item as i on i.item_id = t.item_id where i.item_id is null
union all
select 'changed transfer without a first one', cast(c.item_id as varchar)
from transfer_change as c left join decentralisation as d on d.item_id = c.item_id where d.item_id is null
union all
select 'task of no item', cast(t.item_id as varchar)
from directive as t left join item as i on i.item_id = t.item_id where i.item_id is null
union all
select 'fact of no revision', cast(e.event_id as varchar)
from item_event as e left join revision as r on r.revision = e.revision where r.revision is null
order by problem, id
