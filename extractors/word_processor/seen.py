"""Runs of a paragraph or a cell to what people see of them: text, marks, and what is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.model import HiddenReason, Mark
from extractors.tables.raised import judge_raised
from extractors.word_processor.tree import Paragraph, Run

_TAB = "  "
_RAISED = re.compile(r"[\d０-９*＊†‡①-⑩\[\]［］()（）注]+")


@dataclass(slots=True)
class Seen:
    """Text of one cell or paragraph; lines end with ``\\n``, without blanks around them and without empty ones."""

    text: str = ""
    marks: set[Mark] = field(default_factory=set)
    hidden: list[tuple[str, HiddenReason]] = field(default_factory=list)


def seen_of(paragraphs: list[Paragraph]) -> Seen:
    """What is seen of paragraphs that stand below each other."""
    seen, parts = Seen(), list[str]()
    for index, paragraph in enumerate(paragraphs):
        parts += _shown(paragraph.runs, seen)
        if not paragraph.joins_next or index + 1 == len(paragraphs):
            parts.append("\n")
    seen.text = _lines("".join(parts))
    return seen


def _shown(runs: list[Run], seen: Seen) -> list[str]:
    parts: list[str] = []
    for run in _joined(runs):
        if run.hidden is not None:
            if run.text.strip():
                seen.hidden.append((run.text.strip(), run.hidden))
        elif run.kind == "text":
            parts.append(run.text)
            if run.struck and run.text.strip():
                seen.marks.add("struck-out")
        elif run.kind in ("note", "picture"):
            seen.marks.add("note-mark" if run.kind == "note" else "ink-without-text")
        else:
            parts += _raised("".join(parts), run.text, seen)
    return parts


def _raised(before: str, text: str, seen: Seen) -> list[str]:
    """Raised figures that belong to the text; what else is raised, as in 1st, is text."""
    judged = judge_raised(before.rstrip(), text.strip()) if _RAISED.fullmatch(text.strip()) else "text"
    if judged == "note":
        seen.marks.add("note-mark")
    elif judged == "doubtful":
        seen.marks.add("raised-figure")
    return [text] if judged == "text" else []


def _joined(runs: list[Run]) -> list[Run]:
    """Neighbours of one look as one run: a program may cut a word into as many as it likes."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last is not None and (last.kind, last.hidden, last.struck) == (run.kind, run.hidden, run.struck):
            joined[-1] = Run(last.text + run.text, run.kind, run.hidden, run.struck)
        else:
            joined.append(run)
    return joined


def _lines(text: str) -> str:
    parts = (part.replace("\t", _TAB).strip() for part in text.split("\n"))
    return "\n".join(part for part in parts if part)
