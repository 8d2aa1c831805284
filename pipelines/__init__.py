"""Outside data to the door: snapshot -> rows -> transform -> checks; services write, nothing here does."""
