-- Whether a part that a record leaves out keeps what was known of it (the portal's "Không có thông tin"), or clears it.
alter table batch add column keeps_silent boolean;
-- What each source said last of the procedure, as {source: hash}: a source that repeats itself says nothing new.
alter table procedure_version_source add column said json;
