-- What a token was answered under a key, and for which request.
select request_sha256, body from api_answer where actor_id = $actor_id and key = $key
