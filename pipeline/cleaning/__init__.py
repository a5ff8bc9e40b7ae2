"""Cleaning a dataset: only what changed is cleaned again, and the result is the same as if all had been."""
