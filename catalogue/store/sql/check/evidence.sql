-- Evidence whose content is not what its name in the ledger says.
select 'evidence changed' as problem, sha256 as id
from evidence_content
where sha256(content) <> sha256
order by id
