-- Who answers on a day for whatever an agency may have been given, by the key of the gift.
select gift_key(h.origin, h.field_name, h.given_since) as gift, h.origin, h.field_name, h.given_since, h.agency_code,
    a.name as agency_name
from agency_heir($day) as h
join agency as a on a.agency_code = h.agency_code
order by h.origin, h.field_name nulls first, h.given_since
