-- Who answers for each gift from the day of one succession to the day of the next.
insert into gift_holder by name
select gift_key(origin, field_name, given_since) as gift, origin, field_name, given_since, given_until,
    $since as held_from, $until as held_until, agency_code
from agency_walk($since)
