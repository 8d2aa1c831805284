"""Decision 766 scores of the provinces as they stood on one day."""
