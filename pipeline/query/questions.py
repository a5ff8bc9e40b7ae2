"""The ready questions of auditors, by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from extractors.messages import language
from normalizers.vocabulary.bundled import parse_toml


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its name, what it asks in both languages, and its SQL."""

    name: str
    en: str
    zh: str
    sql: str

    @property
    def asks(self) -> str:
        """In the language of the process."""
        return self.zh if language() == "zh-CN" else self.en


@lru_cache(maxsize=1)
def load_questions() -> dict[str, Question]:
    """All of them, in the order of the file."""
    data = parse_toml((files("pipeline") / "data" / "questions.toml").read_text(encoding="utf-8"))
    return {name: Question(name, each["en"], each["zh"], each["sql"].strip()) for name, each in data.items()}
