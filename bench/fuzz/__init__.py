"""Harmless files of every kind that is read, mutated by a seed, and what becomes of each in the real command."""
