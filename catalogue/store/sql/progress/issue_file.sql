select content from evidence_content where sha256 = $sha256
