delete from programme
