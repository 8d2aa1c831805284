-- Whether a part that a record leaves out keeps what was known of it (the portal's "Không có thông tin"), or clears it.
alter table batch add column keeps_silent boolean;
