delete from api_answer where answered_at < $before
