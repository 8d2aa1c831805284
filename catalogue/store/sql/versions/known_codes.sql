-- Which of these codes the catalogue has, on whatever day.
select procedure_code from procedure where procedure_code in (select unnest($codes::varchar[]))
