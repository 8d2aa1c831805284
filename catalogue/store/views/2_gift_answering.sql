-- gift_answering(day): which agency answers on a day for what was given (gift_key); one row a gift.
create or replace macro gift_answering(day) as table
select gift, agency_code
from gift_holder
where held_from <= day and held_until > least(day, date '9999-12-30');

-- gift_agency(gift, answering): who answers for a gift; an agency that the reference data does not know answers itself.
create or replace macro gift_agency(gift, answering) as coalesce(answering, split_part(gift, '|', 1));
