-- What an item was given as, and since when it is done, are kept with each of its states: a first assignment that is recorded
-- later and dated earlier changes the gift from then on, and what was known before stays. The kept states are replayed when
-- the file is opened.
delete from item_period;
alter table item_period add column given_on date;        -- the first day on which anything known so far assigns it
alter table item_period add column done_on date;         -- by the stage that its programme counts as done
