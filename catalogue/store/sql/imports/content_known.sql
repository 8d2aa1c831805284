select count(*) as files from batch_content where sha256 = $sha256
