"""Which columns a rule may look at: sets of roles, named once."""

from __future__ import annotations

from functools import lru_cache

from normalizers.contract import spoken_as
from normalizers.paths import is_money

LEVELS = spoken_as("level")
# What an indicator aims at or reached: a number as a rule, words sometimes.
VALUES = spoken_as("value")
# All amounts of money have one role.
NUMBERS = VALUES | spoken_as("number") | {"fund"}
PERSONS = spoken_as("person")
REVIEWS = spoken_as("review")
NAMES = spoken_as("name")
SENTENCES = spoken_as("sentence")
RUNNING = SENTENCES | NAMES | spoken_as("indicator")
LABELS = frozenset({"label", "header"})
SHORT = spoken_as("short")
# A column or a labelled value that no template knows.
OTHER = "other"
EVERY = RUNNING | LEVELS | NUMBERS | PERSONS | REVIEWS | LABELS | SHORT | {OTHER}


@lru_cache(maxsize=4096)
def role_of(path: str) -> str:
    """The column role of a field: the last part of its path; all amounts are ``fund``."""
    return "fund" if is_money(path) else path.rsplit("/", 1)[-1]
