"""Dates in the usual forms, and the year of a form."""

from __future__ import annotations

import re
from datetime import date

from normalizers.rules.roles import REVIEWS
from normalizers.rules.rule import rule

_FULL_DIGITS = str.maketrans("０１２３４５６７８９．／－：", "0123456789./-:")
_HAN_ZERO = "〇零○ＯOo0"
_HAN_YEAR = f"[{_HAN_ZERO}一二三四五六七八九]{{4}}"
_HAN_DIGITS = str.maketrans(f"{_HAN_ZERO}一二三四五六七八九", f"{'0' * len(_HAN_ZERO)}123456789")
_SEPARATED = re.compile(r"^(\d{4})\s*[-—–./、,，。年]\s*(\d{1,2})\s*[-—–./、,，。月]\s*(\d{1,2})\s*[日曰号.。]?$")
_TIME = re.compile(r"(?<=\d)[ T]\d{1,2}:\d{2}(?::\d{2})?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_HAN_DATE = re.compile(rf"^({_HAN_YEAR})年([一二三四五六七八九十]{{1,2}})月([一二三四五六七八九十]{{1,3}})[日曰号]$")
_YEAR = re.compile(rf"^[(（\[【]?\s*(\d{{4}}|{_HAN_YEAR})\s*[)）\]】]?\s*年?\s*度?\s*[)）]?$")
_REVIEW_DATE = re.compile(r"^\d{4}[./]\d{1,2}[./]\d{1,2}$")


def parse_date(text: str) -> date | None:
    """The one day that a text names; None when it names none or more.

    >>> parse_date("2023年12月8日"), parse_date("2023.13.8")
    (datetime.date(2023, 12, 8), None)
    """
    plain = _TIME.sub("", text.strip().translate(_FULL_DIGITS))
    spoken = _HAN_DATE.match(plain.replace(" ", ""))
    if spoken:
        parts = [int(spoken.group(1).translate(_HAN_DIGITS)), _han_number(spoken.group(2)), _han_number(spoken.group(3))]
    else:
        found = _SEPARATED.match(plain) or _SEPARATED.match(plain.replace(" ", "")) or _COMPACT.match(plain)
        if not found:
            return None
        parts = [int(part) for part in found.groups()]
    try:
        day = date(*parts)
    except ValueError:
        return None
    return day if 1980 <= day.year <= 2099 else None


def parse_year(text: str) -> int | None:
    """The year that a line such as （2024）年度 names; None when it is another text.

    >>> parse_year("2024) 年度"), parse_year("二〇二四年度"), parse_year("2024年12月")
    (2024, 2024, None)
    """
    found = _YEAR.match(text.strip().translate(_FULL_DIGITS))
    if not found:
        return None
    year = int(found.group(1).translate(_HAN_DIGITS))
    return year if 1980 <= year <= 2099 else None


def _han_number(text: str) -> int:
    """1 to 99 written as 十二 or 三十一; 0 when it is neither."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return int(text.translate(_HAN_DIGITS)) if len(text) == 1 else 0
    return int(tens.translate(_HAN_DIGITS) or 1) * 10 + int(ones.translate(_HAN_DIGITS) or 0) if len(tens) <= 1 and len(ones) <= 1 else 0


@rule(
    "dates.iso",
    {"filled_on"},
    [
        ("2023年12月8日", "2023-12-08"),
        ("2023.12.8", "2023-12-08"),
        ("2023/1/9", "2023-01-09"),
        ("二〇二三年十二月八日", "2023-12-08"),
        ("20231208", "2023-12-08"),
        ("2023—12—08", "2023-12-08"),
        ("2023年12月8曰", "2023-12-08"),
        ("二O二三年十二月八日", "2023-12-08"),
    ],
    ["2023年12月", "12月底前", "2023.13.8", "2023.07-2024.01", "年 月 日"],
)
def iso(text: str) -> str:
    """A complete day is written as ISO 8601; anything less or impossible stays as filed."""
    day = parse_date(text)
    return day.isoformat() if day else text


@rule(
    "dates.blank-form",
    REVIEWS | {"filled_on"},
    [("年 月 日", ""), ("年月日", ""), ("20 年 月 日", "")],
    ["2023年 月 日", "12月8日", "已审 年 月 日"],
)
def blank_form(text: str) -> str:
    """The printed words of a date that nobody filled in. A figure beyond the printed century is a date begun."""
    return "" if re.fullmatch(r"(20)? ?年 ?月 ?日", text) else text


@rule(
    "dates.review-iso",
    REVIEWS,
    [("2023.12.12", "2023-12-12"), ("2023/1/9", "2023-01-09")],
    ["2023年12月8日", "已审 2023.12.12", "12.12", "354"],
)
def review_iso(text: str) -> str:
    """A review cell that holds only a day in figures: the date of the review.

    A day with 年月日 is how the printed date looks and may have run in from there; it stays.
    """
    day = parse_date(text) if _REVIEW_DATE.match(text) else None
    return day.isoformat() if day else text


@rule(
    "dates.year-bracket",
    {"fiscal_year"},
    [("2024) 年度", "(2024) 年度"), ("（2024年度", "（2024）年度"), ("2024）年度", "（2024）年度")],
    ["(2024)年度", "2024年度", "2024年12月", "（202）年度"],
)
def year_bracket(text: str) -> str:
    """The year line is a closed pattern; a bracket lost at one side is put back. The year is not touched."""
    found = re.fullmatch(r"([(（]?)(\d{4})([)）]?)( ?年度)", text)
    if not found or bool(found.group(1)) == bool(found.group(3)):
        return text
    pair = "()" if "(" in text or ")" in text else "（）"
    return f"{pair[0]}{found.group(2)}{pair[1]}{found.group(4)}"
