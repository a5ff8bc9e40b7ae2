"""The lexicon of standard wordings: what stands in many forms letter by letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from normalizers.vocabulary.bundled import bundled

_KEY_FOLD = str.maketrans("×＊=＝％", "**==%")


@dataclass(frozen=True, slots=True)
class Keyed:
    """A text without marks, and where each of its characters stands in the text."""

    key: str
    places: tuple[int, ...]
    text: str = ""


@lru_cache(maxsize=8192)
def to_key(text: str) -> Keyed:
    """Drop marks and white space, fold width; keep the way back to the text."""
    kept = [(char, index) for index, char in enumerate(text.translate(_KEY_FOLD)) if char.isalnum() or char in "%*=+/"]
    return Keyed("".join(unicodedata.normalize("NFKC", char)[:1] for char, _ in kept), tuple(index for _, index in kept), text)


@dataclass(frozen=True)
class Lexicon:
    """Wordings by column, and the characters that writers add or leave out on purpose."""

    wordings: dict[str, dict[str, str]]
    added: frozenset[str]
    dropped: frozenset[str]

    def knows(self, role: str, text: str) -> bool:
        """True when the text is a wording of the column, whatever its punctuation."""
        return to_key(text).key in self.wordings.get(role, {})


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The wordings that come with the program."""
    data = bundled("phrases.toml")
    meant = data.pop("meant")
    data["scoring_standard"] = [*_scoring_classes(), *data.get("scoring_standard", [])]
    wordings = {role: {to_key(each).key: each for each in phrases} for role, phrases in data.items()}
    return Lexicon(wordings, frozenset(meant["added"]), frozenset(meant["dropped"]))


def scoring_phrases() -> list[str]:
    """Every legitimate wording of a scoring standard."""
    return list(load_lexicon().wordings["scoring_standard"].values())


def _scoring_classes() -> Iterator[str]:
    for each in bundled("scoring.toml")["phrase"]:
        yield each["canonical"]
        yield from each.get("variants", [])
