"""Formulas of Word as one line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.word_processor.names import child, tag
from extractors.word_processor.tree import Run

if TYPE_CHECKING:
    from lxml.etree import _Element

_LINES = {"m:r", "m:t", "m:e", "m:num", "m:den", "m:sup", "m:sub", "m:oMath", "m:oMathPara", "m:box", "m:d", "m:sSup", "m:sSub", "m:f"}


def math_runs(element: _Element) -> tuple[list[Run], bool]:
    """The runs of a formula, and whether one line cannot say it."""
    reading = _Reading()
    reading.walk(element)
    return reading.runs, reading.doubtful


class _Reading:
    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.doubtful = False

    def walk(self, element: _Element) -> None:
        for each in element:
            name = tag(each)
            if name in ("m:t", "w:t"):
                self.runs.append(Run(each.text or ""))
            elif name == "m:f":
                self._part(each, "m:num")
                self.runs.append(Run("/"))
                self._part(each, "m:den")
            elif name == "m:sSup":
                self._part(each, "m:e")
                start = len(self.runs)
                self._part(each, "m:sup")
                for run in self.runs[start:]:
                    run.kind = "raised"
            elif name == "m:d":
                self.runs.append(Run("("))
                self.walk(each)
                self.runs.append(Run(")"))
            elif not name.endswith("Pr"):
                self.doubtful |= name.startswith("m:") and name not in _LINES
                self.walk(each)

    def _part(self, element: _Element, name: str) -> None:
        part = child(element, name)
        if part is not None:
            self.walk(part)
