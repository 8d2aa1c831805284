-- Papers that leave the house: where an account receives its digest, and on which day it did.
alter table actor add column email varchar;     -- personal data, beside the name the only one: null until it is given
create table digest_sent (
    actor_id bigint not null,
    sent_on date not null,              -- the civil day in Asia/Ho_Chi_Minh: at most one digest an account and day
    sent_at timestamptz not null,
    primary key (actor_id, sent_on)
);
