delete from agency_spelling
