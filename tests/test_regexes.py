"""No regular expression of ours takes quadratic time: a cell of 20,000 like characters is small, and would hold a worker for hours."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import extractors
import normalizers
import pipeline

# By steps, so that a pattern of cubic time does not hold the test.
_SIZES = (300, 1500, 6000)
_PIECES = (
    "1", "1.", "1,", "1 ", "20", "2023年", "1月", "-", "—", "=", "≥", " ", "\t", "\n", "\u3000", "一", "十", "第", "年", "每",
    "（", "(", "）", "()", "（）", "《", "“", "、", "，", "。", "；", "：", ":", "甲", "甲、", "率", "度", "满意度", "指标",
    "a", "A1", "/", "\\", "$", "\\text{", "{", "}", "<", ">", "<a ", "&", "|", "*", "#", "_", ".", "..", "%", "％", "'", '"',
    "万", "万元", "元", "名 ", "其中：", "①", "[", "]", "【", "【】", "[1]", "~", "^", "!", "分", "1分", "(1", "次", "至", "@",
    "\\(", "1-", "12/", "甲 ", "a b ", "-1", "一、", "1）", ",1",
)  # fmt: skip
# What is linear takes a hundredth of this.
_SECONDS = 0.1


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern that a module of ours has at its top, alone or in a list, with its place."""
    seen: set[str] = set()
    for package in (extractors, normalizers, pipeline):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            try:
                module = importlib.import_module(found.name)
            except ImportError:
                continue  # what an extra brings is not here
            for name, value in vars(module).items():
                for each in value if isinstance(value, (list, tuple)) else value.values() if isinstance(value, dict) else (value,):
                    for part in each if isinstance(each, tuple) else (each,):
                        if isinstance(part, re.Pattern) and isinstance(part.pattern, str) and part.pattern not in seen:
                            seen.add(part.pattern)
                            yield f"{found.name}.{name}", part


def slow(pattern: re.Pattern[str]) -> list[str]:
    """Pieces whose repetition this pattern takes too long over."""
    return [found for piece in _PIECES for end in ("", "~") if (found := _slow(pattern, piece, end))][:3]


def _slow(pattern: re.Pattern[str], piece: str, end: str) -> str:
    for size in _SIZES:
        text = piece * (size // len(piece)) + end
        started = time.process_time()
        pattern.sub("", text)
        pattern.match(text)
        seconds = time.process_time() - started
        if seconds > _SECONDS:
            return f"{piece!r} * {size} + {end!r}: {seconds:.1f} s"
    return ""


def test_there_are_patterns() -> None:
    assert len(list(patterns())) > 150


@pytest.mark.parametrize(("place", "pattern"), [pytest.param(place, each, id=place) for place, each in patterns()])
def test_no_pattern_is_quadratic(place: str, pattern: re.Pattern[str]) -> None:
    assert slow(pattern) == [], pattern.pattern
