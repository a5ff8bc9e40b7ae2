"""Digits as a number column should hold them, and text to Decimal."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from normalizers.rules.roles import NUMBERS
from normalizers.rules.rule import rule

_DIGIT_COLUMNS = NUMBERS | {"phone", "filled_on", "fiscal_year"}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％－＋", "0123456789.%-+")
_FULL_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_HAS_FULL_DIGIT = re.compile(r"[０-９]")
_ONLY_NUMBER = re.compile(r"^[０-９．％－＋\d.]+$")
_THOUSANDS = re.compile(r"(?<![\d.,，])\d{1,3}(?:[,，] ?\d{3})+(?![\d,，])")
_GROUPS = re.compile(r"[,，] ?")
_POINT_SPACE = re.compile(r"(?<=\d) *(\.) *(?=\d)")
_SPACED_DIGITS = re.compile(r"^\d(?: [\d.]){2,}$")
_LOOK_ALIKE = re.compile(r"^[\dOoIl|.]+$")
_ANY_DIGIT = re.compile(r"\d")
# So many digits sums of amounts keep exactly, with their decimals; a run of more is no number that anybody filed.
_NUMBER = re.compile(r"^[+-]?\d{1,24}(?:\.\d+)?$|^[+-]?\.\d+$")


@rule(
    "numbers.full-width",
    _DIGIT_COLUMNS,
    [("１２．５", "12.5"), ("９５％", "95%"), ("２０２４年度", "2024年度")],
    ["12.5", "促进", "95％"],
)
def full_width(text: str) -> str:
    """Full-width digits are the same digits; their point and per cent sign go with them."""
    if not _HAS_FULL_DIGIT.search(text):
        return text
    return text.translate(_FULL_WIDTH if _ONLY_NUMBER.match(text) else _FULL_DIGITS)


@rule(
    "numbers.thousands",
    NUMBERS,
    [("1,500", "1500"), ("12，345.6", "12345.6"), ("1,234,567", "1234567"), ("≥1,500", "≥1500"), ("1, 500", "1500")],
    ["1,50", "12,3456", "1,2,3", "0.5,0.8", "10,20", "回归，促进", "1.500,5"],
)
def thousands(text: str) -> str:
    """Separators between groups of three digits are not part of the number.

    A list (1,2,3) or another grouping stays: it is no number of thousands.
    """
    return _THOUSANDS.sub(lambda found: _GROUPS.sub("", found.group()), text)


@rule(
    "numbers.spaces",
    NUMBERS,
    [("1088 . 36", "1088.36"), ("1088. 36", "1088.36"), ("1 0 8 8 . 3 6", "1088.36")],
    ["1 500", "4312991000140 8", "8 次", "2 3"],
)
def spaces(text: str) -> str:
    """Spaces around a decimal point, or between all digits of a number set wide.

    Two runs of digits apart (12 8) may be two numbers and stay.
    """
    if _SPACED_DIGITS.match(text):
        return text.replace(" ", "")
    return _POINT_SPACE.sub(r"\1", text)


@rule(
    "numbers.look-alike-letters",
    NUMBERS,
    [("1O88.36", "1088.36"), ("l2", "12"), ("3o0", "300"), ("2|5", "215")],
    ["O", "IO", "5l", "O2O", "Il", "2l", "3|", "I级", "lO"],
)
def look_alike_letters(text: str) -> str:
    """O and l inside a run of digits are 0 and 1: a number column holds no letters.

    The whole cell must be digits and look-alikes with more digits than letters
    or a digit on each side; a last l may be litres or a stroke of the grid and stays.
    """
    if not _LOOK_ALIKE.match(text) or text[-1] in "Il|":
        return text
    letters = sum(char in "OoIl|" for char in text)
    digits = sum(char.isdigit() for char in text)
    if letters == 0 or digits < letters:
        return text
    return re.sub(r"[Il|]", "1", re.sub(r"[Oo]", "0", text))


@rule(
    "numbers.wide-point",
    {"fund"},
    [("1088。36", "1088.36"), ("2·1", "2.1"), ("8．5", "8.5")],
    ["8。", "2·1·3", "8,5"],
)
def wide_point(text: str) -> str:
    """One mark of point shape between the digits of an amount is the decimal point."""
    return re.sub(r"^(\d+)[。·．•](\d+)$", r"\1.\2", text)


@rule(
    "numbers.amount-affix",
    {"fund"},
    [("￥8", "8"), ("¥ 12.5", "12.5"), ("8万元", "8"), ("8 万元", "8"), ("8（万元）", "8")],
    ["8元", "8亿元", "8万", "八万元"],
)
def amount_affix(text: str) -> str:
    """A currency sign, or 万元 written again behind an amount of a form in 万元.

    Another unit (元, 亿元) changes the amount and stays for the money rule.
    """
    found = re.match(r"^[¥￥]?\s*(\d+(?:\.\d+)?)\s*[(（]?(?:万元)?[)）]?$", text)
    return found.group(1) if found else text


@rule(
    "numbers.no-amount",
    {"fund", "total_score"},
    [("—", ""), ("/", ""), ("-", ""), ("无", "")],
    ["0", "-8", "1/2", "无结转"],
)
def no_amount(text: str) -> str:
    """A dash, a stroke or 无 alone in an amount says: none. Zero stays zero."""
    return "" if re.fullmatch(r"[-—–－/／无]{1,4}", text) else text


@rule(
    "numbers.stray-mark",
    {"fund"},
    [("8.", "8"), ("8,", "8"), ("93、", "93"), (".93,", ".93,")],
    ["8.5", "8", "8%"],
    certain=False,
)
def stray_mark(text: str) -> str:
    """A mark behind an amount is dirt, or the point of lost decimals: so a person looks."""
    return re.sub(r"^(\d+(?:\.\d+)?)[.,，、。;:'`]$", r"\1", text)


@rule(
    "numbers.edge-marks",
    NUMBERS,
    [("• 85", "85"), ("'12.5", "12.5"), ("85·", "85"), ("~100", "100"), ("42 -", "42"), ("- 12.6", "12.6")],
    ["-5", ".5", "±5", "85/年", "*", "约85", "1*2"],
)
def edge_marks(text: str) -> str:
    """Specks beside a whole number: dots on the middle line, quotes and waves are no part of one; a sign stands close to its digits."""
    found = re.fullmatch(r"(?:[•·'`~^*]* ?|[-–—] )(\d[\d,]*(?:\.\d+)?)(?: ?[•·'`~^*]*| [-–—])", text)
    return found.group(1) if found else text


@lru_cache(maxsize=16384)
def parse_number(text: str) -> Decimal | None:
    """The number that a text is, exactly; None when it holds anything else.

    Thousands separators, full-width digits and outer spaces are taken; a unit,
    a per cent sign, an operator or a run of more than 24 digits is not.

    >>> parse_number("1,088.36"), parse_number("95%"), parse_number("两")
    (Decimal('1088.36'), None, None)
    """
    if not text or not _ANY_DIGIT.search(text):
        return None
    mended = full_width.mend(text.strip())
    mended = spaces.mend(thousands.mend(mended))
    return Decimal(mended) if _NUMBER.match(mended) else None
