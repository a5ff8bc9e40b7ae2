"""The words of the report in one language, whatever language the process speaks."""

from __future__ import annotations

from typing import Any

from extractors.characters import only_characters
from normalizers.codebook import in_chinese, in_english
from pipeline.export.names import CHINESE, VALUES
from pipeline.messages import MESSAGES

_LONGEST = 160


class Words:
    """What the template says: by key of the catalogue, of a code, of a word of a closed set."""

    def __init__(self, spoken: str) -> None:
        self.spoken = spoken

    @property
    def is_chinese(self) -> bool:
        return self.spoken == "zh-CN"

    def say(self, key: str, **values: Any) -> str:
        return MESSAGES.say_in(self.spoken, f"report.{key}", **values)

    def code(self, code: str) -> str:
        """What a code says; empty where nobody wrote it."""
        said = in_chinese(code) if self.is_chinese else in_english(code)
        return said if said != code else ""

    def value(self, column: str, word: str) -> str:
        """A word of a closed set: a kind of form, a reader."""
        return VALUES.get(column, {}).get(word, word) if self.is_chinese else word.replace("_", " ").replace("-", " ")

    def field(self, name: str) -> str:
        return CHINESE.get(name, name) if self.is_chinese else name

    @staticmethod
    def short(text: Any) -> str:
        """Text of a form as it fits a line: control characters shown, white space as one blank, the end left out where it is long."""
        flat = " ".join(only_characters(str(text)).split())
        return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"
