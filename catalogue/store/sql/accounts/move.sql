update actor set agency_code = $agency_code where actor_id = $actor_id
