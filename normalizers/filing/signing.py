"""The office that signs below a form: 填报单位（盖章）：云田县水利局."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from extractors.model import TextLine
from normalizers.filing.names import to_one_office
from normalizers.forms.label_line import STAMPED, read_label_line
from normalizers.record import Field
from normalizers.rules.dates import parse_date
from normalizers.vocabulary.label_keys import plain
from normalizers.vocabulary.labels import Labels

_STAMP = re.compile(r"^(?:部门|单位)?(?:公章|盖章)$")
_DATE = re.compile(r"\d{4}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?")


def signing_offices(lines: Iterable[TextLine], others: Mapping[str, Field], labels: Labels) -> tuple[str, ...]:
    """Names that stand below a form as those of who files it, each once.

    Args:
        lines: below the table, without known labels.
        others: labelled values from below the table that have no field of their own.
    """
    found: list[str] = []
    for line in lines:
        found += _of_text(line.text, labels)
    for label, value in others.items():
        found += _of_text(f"{label}：{value.text}", labels)
        found += _of_text(label, labels) if "：" in label or ":" in label else []
    return tuple(dict.fromkeys(found))


def _of_text(text: str, labels: Labels) -> list[str]:
    """Of labels with their values; else of a name alone that was stamped or dated."""
    cut = read_label_line(plain(text), labels)
    named = [part.value for part in cut.parts if part.path == "unit_name" or _STAMP.match(part.label)]
    if not cut.parts:
        bare = STAMPED.sub("", _DATE.sub("", plain(text))).strip()
        stamped = bool(STAMPED.search(plain(text))) or (parse_date(plain(text).replace(bare, "").strip()) is not None)
        named = [bare] if stamped else []
    return [office for name in named if (office := to_one_office(STAMPED.sub("", name)))]
