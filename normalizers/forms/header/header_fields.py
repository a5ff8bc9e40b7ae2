"""What the header block has found so far, and how a value takes its place there."""

from __future__ import annotations

from dataclasses import dataclass, field

from normalizers.forms.header.funds_matrix import Matrix
from normalizers.forms.header.money_lines import Period
from normalizers.forms.header.places import Heads, Place
from normalizers.forms.segments import Row
from normalizers.paths import is_planned, parts_of
from normalizers.record import Field, Finding

STRAY_TOTAL = "funds/stray_total"
UNPLACED, MORE_TEXT, UNKNOWN = "layout.unplaced-text", "layout.more-text", "layout.unknown-label"
_MONEY = ("/initial_budget", "/adjusted_budget", "/executed", "/expected")
_SENTENCES = ("overall_goal", "mid_term_goal", "actual_outcome")


@dataclass(frozen=True, slots=True)
class Total:
    """A label of a total: its words, its period, its place, and the row of the grid that it stands in."""

    label: str
    period: Period
    place: Place
    row: tuple[int, int]


@dataclass(slots=True)
class HeaderBlock:
    """Fields by path, labelled values without a place, and the unit of the funds.

    ``own_amounts`` names the amounts among ``others`` whose line of the matrix the
    contract lacks, with the column that they stand in; ``unknown`` the labels among
    them that no word of ours explains; ``sums`` the labels of budget and execution
    that stand beside each other, each above its own lines.
    """

    fields: dict[str, Field] = field(default_factory=dict)
    others: dict[str, Field] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    has_funds: bool = False
    funds_unit: str = ""
    last_path: str = ""
    last_page: int = 0
    matrix: Matrix | None = None
    list_label: str = ""
    list_length: int = 0
    totals: list[Total] = field(default_factory=list)
    goal_label: str = ""
    sums: Heads = ()
    own_amounts: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def set_field(block: HeaderBlock, path: str, value: Field, row: Row) -> None:
    """The first text wins; a blank cell holds the place until text comes."""
    if _is_share_of_money(path, value.text):
        note_unplaced(block, value.text)
        return
    home, key = (block.others, path[6:]) if path.startswith("other:") else (block.fields, path)
    known = home.get(key)
    if known is None or not known.text:
        home[key] = value
        block.last_path, block.last_page = path, row.page_no
    elif value.text and value.text != known.text:
        _join(block, path, known, value)


def _is_share_of_money(path: str, text: str) -> bool:
    """True for a rate where an amount belongs: 100 % is never money."""
    money = is_planned(path) or path.endswith(_MONEY)
    return money and text.strip().endswith(("%", "％", "‰"))


def _join(block: HeaderBlock, path: str, known: Field, value: Field) -> None:
    """More text beside a value: a sentence that a stray line cut in two is joined, anything else is asked about."""
    if parts_of(path).name in _SENTENCES:
        known.raw = known.text = known.text + value.text
        known.cell = None
        message = f"The text stood in several cells and was joined; the last part is {value.text!r}. Compare with the page."
    else:
        message = f"{known.text!r} is taken, but {value.text!r} stands beside it; which is right?"
    block.findings.append(Finding("" if path.startswith("other:") else path, MORE_TEXT, "review", message))


def unplaced_message(text: str) -> str:
    return f"{text!r} stands in the form without a known label; add its label or check the page."


def note_unplaced(block: HeaderBlock, text: str) -> None:
    block.findings.append(Finding("", UNPLACED, "review", unplaced_message(text)))


def continue_field(found: Field, text: str) -> None:
    """A cell that the page end cut: the rest stands on the next page."""
    found.raw = found.text = found.text + text
    found.cell = None
