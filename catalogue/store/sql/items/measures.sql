select m.measure_type, t.name_vi, t.name_en, t.evidence_vi, t.evidence_en, m.before_text, m.after_text, m.explanation,
    m.position, m.names_documents, m.carried_out_on
from item_measure_at($as_of, $revision) as m
join measure_type as t on t.measure_type = m.measure_type
where m.item_id = $item_id
order by m.position
