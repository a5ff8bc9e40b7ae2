"""Questions to a dataset in SQL: one's own, and those that auditors ask."""
