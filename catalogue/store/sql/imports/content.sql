select content from batch_content where sha256 = $sha256
