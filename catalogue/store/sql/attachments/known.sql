-- Which of some files are kept already.
select sha256 from evidence_content where sha256 in (select unnest($digests::varchar[])) order by sha256
