"""The serial number on the rim of a seal, read as if it were text of the cell."""

from __future__ import annotations

import re

from normalizers.rules.divisions import is_division
from normalizers.rules.roles import NUMBERS, SENTENCES
from normalizers.rules.rule import rule

SEAL_DIGITS = 13
_RUN = re.compile(rf"(?<!\d)\d{{{SEAL_DIGITS}}}(?!\d)")
_GLUED_AMOUNT = re.compile(rf"^(\d{{{SEAL_DIGITS}}})(\d{{1,6}}(?:\.\d{{1,4}})?)$")


def seal_codes(text: str) -> list[str]:
    """Every serial number of a seal in a text: 13 digits that begin with a division code."""
    return [run for run in _RUN.findall(text) if is_division(run[:6])]


def _without_codes(text: str) -> str:
    for code in seal_codes(text):
        text = text.replace(code, " ")
    return re.sub(r" {2,}", " ", text).strip()


@rule(
    "seals.code-digits",
    NUMBERS | {"unit", "operator", "fiscal_year"},
    [("4312991000140 8", "8"), ("93 2205012347110", "93"), ("43129910001408.5", "8.5")],
    ["4312991000140", "13800138000 8", "9912281000140 8", "1088.36", "51092324 8"],
)
def code_digits(text: str) -> str:
    """A seal's serial number beside a value: 13 digits that begin with a division code of GB/T 2260.

    No amount in 万元 has 13 digits and no mobile number begins with a province
    and a prefecture. Something must remain: a code alone hides what is below it.
    """
    rest = _without_codes(text)
    glued = _GLUED_AMOUNT.match(text)
    if glued and is_division(glued.group(1)[:6]):
        rest = glued.group(2)
    return rest if rest else text


@rule(
    "seals.code-only",
    NUMBERS | {"unit", "operator"},
    [("4312991000140", "")],
    ["13800138000", "9912281000140", "431299"],
    certain=False,
)
def code_only(text: str) -> str:
    """A cell that holds a seal's serial number and nothing else.

    The number is no value; what the seal covers is for a person to read.
    """
    return "" if text and seal_codes(text) and not _without_codes(text) else text


@rule(
    "seals.code-in-sentence",
    SENTENCES | {"level3"},
    [("达到或超过标准值4312991000140得满分", "达到或超过标准值得满分"), ("案件完成数 4312991000140", "案件完成数")],
    ["项目编码51092324T000010263357", "联系电话13800138000", "订单号9912281000140"],
    certain=False,
)
def code_in_sentence(text: str) -> str:
    """The same number in running text. Thirteen digits may be another number there, so a person looks."""
    for code in seal_codes(text):
        text = re.sub(rf" ?{code} ?", "", text)
    return text
