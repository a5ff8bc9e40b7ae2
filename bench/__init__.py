"""Measured comparisons and the makers of test material; one command each."""
