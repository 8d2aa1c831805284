update item_state set published_on = $effective_date, revision = $revision where item_id = $item_id
