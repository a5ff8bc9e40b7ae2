"""What the program says to people, by key, in their language.

Every package has a catalogue, ``data/messages.json``: key -> ``en`` and ``zh``
with ``{names}`` for values; ``en_do`` and ``zh_do`` say what to do about it. A
list instead of a text holds the singular and the plural, chosen by the value
``count``. JSON, because ``--help`` must not wait for a parser.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "zh-CN")
VARIABLE = "JIXIAO_LANG"
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
_Entry = dict[str, "str | list[str]"]
_SPOKEN: ContextVar[str | None] = ContextVar("spoken", default=None)


def language(environment: Mapping[str, str] | None = None) -> str:
    """The language of this process: what JIXIAO_LANG says, else the locale; English when neither is known.

    It is kept in the environment, so that worker processes speak it, too.
    """
    if environment is None and (spoken := _SPOKEN.get()) is not None:
        return spoken
    given = os.environ if environment is None else environment
    own = given.get(VARIABLE, "")
    return known_language(own or next((given[name] for name in _LOCALES if given.get(name)), "")) or "en"


@contextmanager
def speaking(spoken: str) -> Iterator[None]:
    """Inside the block messages are in this language of ``LANGUAGES``, whatever the process speaks; for a page that has its own."""
    token = _SPOKEN.set(spoken)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def known_language(name: str) -> str | None:
    """``zh-CN`` or ``en`` for every spelling of theirs (zh, zh_CN.UTF-8, EN_us); None for other languages."""
    short = name.lower().replace("_", "-").split(".")[0].split("-")[0]
    return {"zh": "zh-CN", "en": "en", "c": "en", "posix": "en"}.get(short)


class Catalogue:
    """The messages of one package.

    ``say`` gives what happened, ``tell`` that and what to do.
    """

    def __init__(self, package: str) -> None:
        self._package = package

    def say(self, key: str, /, **values: Any) -> str:
        """The message in the language of this process.

        Raises:
            KeyError: there is no such message, or a value that it names is missing.
        """
        return _filled(self._entry(key), "", values, language())

    def say_in(self, spoken: str, key: str, /, **values: Any) -> str:
        """The same in a language of ``LANGUAGES``, whatever this process speaks."""
        return _filled(self._entry(key), "", values, spoken)

    def tell(self, key: str, /, **values: Any) -> tuple[str, str]:
        """What happened and what to do: the first two arguments of the project's errors."""
        entry = self._entry(key)
        return _filled(entry, "", values, language()), _filled(entry, "_do", values, language())

    def names(self) -> list[str]:
        return list(_entries(self._package))

    def has(self, key: str) -> bool:
        return key in _entries(self._package)

    def _entry(self, key: str) -> _Entry:
        return _entries(self._package)[key]


def _filled(entry: _Entry, role: str, values: dict[str, Any], spoken: str) -> str:
    text = entry[("zh" if spoken == "zh-CN" else "en") + role]
    if isinstance(text, list):
        text = text[0 if values["count"] == 1 else 1]
    return text.format(**values)


@lru_cache(maxsize=8)
def _entries(package: str) -> dict[str, _Entry]:
    found: dict[str, _Entry] = json.loads((files(package) / "data" / "messages.json").read_text(encoding="utf-8"))
    return found


MESSAGES = Catalogue("extractors")
say = MESSAGES.say
tell = MESSAGES.tell
