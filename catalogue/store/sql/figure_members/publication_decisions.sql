-- The decisions that figures/publication_decisions counts.
select cast(d.document_id as varchar) as member, true as in_numerator, false as in_denominator
from document_at($as_of, $revision) as d
where d.state = 'issued' and d.issued_on between $since and $as_of
  and exists (
    select 1 from publication_line as l
    where l.document_id = d.document_id and l.revision <= $revision
      and l.action in ('amended', 'replaced', 'abolished'))
