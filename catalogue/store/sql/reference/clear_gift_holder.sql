delete from gift_holder
