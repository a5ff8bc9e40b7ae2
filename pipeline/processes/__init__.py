"""Processes that work for a run: what they owe it, and how much memory they may take."""
