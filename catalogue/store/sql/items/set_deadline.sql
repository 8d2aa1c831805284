update item_state set current_deadline = $deadline, revision = $revision where item_id = $item_id
