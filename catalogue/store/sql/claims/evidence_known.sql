select sha256 from evidence_content where sha256 = $sha256
