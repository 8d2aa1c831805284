update installation set reference_fingerprint = $fingerprint where id = 1
