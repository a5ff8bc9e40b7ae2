"""Dates, times and spans of time as a number format shows them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from extractors.spreadsheets.number_format import Section
from extractors.word_processor.numerals import counted, digit_by_digit

_DAYS = "一二三四五六日"


def date_text(value: datetime | date | time | timedelta, section: Section) -> str | None:
    """A moment by the parts of a format; None where it has a part that is not known."""
    if isinstance(value, timedelta):
        return _span_text(value, section)
    moment = _moment(value)
    out: list[str] = []
    dates = [index for index, (kind, _) in enumerate(section.parts) if kind == "date"]
    noon = section.has("noon")
    if not dates or section.elapsed or section.has("digit") or section.has("general"):
        return None
    for index, (kind, text) in enumerate(section.parts):
        if kind == "date":
            shown = _part(moment, _as_minutes(section, dates, index), noon, section.chinese_digits)
            if shown is None:
                return None
            out.append(shown)
        else:
            out.append(("上午" if moment.hour < 12 else "下午") if kind == "noon" else text)
    return "".join(out)


def _moment(value: datetime | date | time) -> datetime:
    if isinstance(value, datetime):
        # A serial number is a fraction of a day: half a second is where it is rounded.
        return (value + timedelta(milliseconds=500)).replace(microsecond=0)
    return datetime.combine(date(1899, 12, 30), value) if isinstance(value, time) else datetime.combine(value, time())


def _as_minutes(section: Section, dates: list[int], index: int) -> str:
    """``m`` means minutes behind hours and before seconds; they are called ``n`` here."""
    text = section.parts[index][1]
    at = dates.index(index)
    before = section.parts[dates[at - 1]][1] if at else ""
    behind = section.parts[dates[at + 1]][1] if at + 1 < len(dates) else ""
    return text.replace("m", "n") if text in ("m", "mm") and (before.startswith("h") or behind.startswith("s")) else text


def _part(moment: datetime, part: str, noon: bool, chinese: bool) -> str | None:
    if part in ("y", "yy"):
        return f"{moment.year % 100:02d}"
    if part[0] in "ye":
        return digit_by_digit(moment.year) if chinese else f"{moment.year:04d}"
    if part in ("aaa", "aaaa"):
        return ("星期" if part == "aaaa" else "") + _DAYS[moment.weekday()]
    if len(part) > 2:
        return None
    hour = moment.hour if not noon else moment.hour % 12 or 12
    number = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute, "s": moment.second}[part[0]]
    return (counted(number) if number else digit_by_digit(0)) if chinese else f"{number:0{len(part)}d}"


def _span_text(value: timedelta, section: Section) -> str | None:
    """Hours, minutes and seconds that went by, as ``[h]:mm:ss``."""
    left = round(value.total_seconds())
    dates = [text for kind, text in section.parts if kind == "date"]
    if left < 0 or not dates or not set("".join(dates)) <= set("hms") or section.has("digit") or section.has("noon"):
        return None
    sizes = {"h": 3600, "m": 60, "s": 1}
    out: list[str] = []
    for kind, text in section.parts:
        if kind == "date":
            number, left = divmod(left, sizes[text[0]])
            out.append(f"{number:0{len(text)}d}")
        else:
            out.append(text)
    return "".join(out)
