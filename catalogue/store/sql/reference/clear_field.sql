delete from field
