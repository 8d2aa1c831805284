update item_state set enacted_on = $effective_date, revision = $revision where item_id = $item_id
