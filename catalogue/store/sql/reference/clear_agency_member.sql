delete from agency_member
