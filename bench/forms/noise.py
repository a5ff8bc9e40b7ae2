"""The slips of an OCR on a form, each by name; every one can be undone from the rest of the page, so truth stays as filed."""

from __future__ import annotations

import random

from bench.forms.content import PASSED, PROPORTIONAL
from bench.forms.transcript import Draft, Noise

LEVEL1, LEVEL2, LEVEL3, OPERATOR, VALUE, UNIT, EXPLANATION, SCORING = range(8)


def base_switch(draft: Draft, rng: random.Random) -> None:
    """Only the first rows, beside the side label, keep the column of the label."""
    draft.beside = rng.randint(2, max(3, len(draft.rows) // 2))


def side_label_as_level1(draft: Draft, rng: random.Random) -> None:
    """The side label is read in the place of the first level of the outputs."""
    for row in draft.rows:
        if row[LEVEL1] == "产出指标":
            row[LEVEL1] = "绩效指标"


def latex_operators(draft: Draft, rng: random.Random) -> None:
    for row in draft.rows:
        row[OPERATOR] = {"≥": "\\geq", "≤": "\\leq"}.get(row[OPERATOR], row[OPERATOR])


def seal_glued_to_total(draft: Draft, rng: random.Random) -> None:
    if draft.funds:
        draft.funds[0][1] = draft.funds[0][3]
        draft.funds[0][3] = f"{draft.serial} {draft.funds[0][3]}"


def seal_fragment_in_blank_row(draft: Draft, rng: random.Random) -> None:
    blank = [row for row in draft.rows if not row[LEVEL3]]
    if blank:
        rng.choice(blank)[VALUE] = f"{draft.serial[6:10]}.{draft.serial[10:]}"


def total_before_its_label(draft: Draft, rng: random.Random) -> None:
    if draft.funds:
        draft.funds[0][1], draft.funds[0][3] = draft.funds[0][3], ""


def doubled_character(draft: Draft, rng: random.Random) -> None:
    for row in draft.rows:
        row[SCORING] = row[SCORING].replace(PASSED, "达" + PASSED)


def stray_character_in_formula(draft: Draft, rng: random.Random) -> None:
    for row in draft.rows:
        row[SCORING] = row[SCORING].replace("目标值完成率", "目标值完成功率")


def missing_units(draft: Draft, rng: random.Random) -> None:
    """The units of the budget and of the satisfaction are lost."""
    for row in draft.rows:
        if row[LEVEL3] == "预算成本" or (row[LEVEL2] == "服务对象满意度指标" and row[UNIT] == "%"):
            row[UNIT] = ""


def cut_scoring(draft: Draft, rng: random.Random) -> None:
    """The end of one scoring phrase is lost."""
    tails = ("，否则不得分", ",否则不得分", ", 否则不得分")
    for row in [row for row in draft.rows if row[SCORING].endswith(tails)][:1]:
        row[SCORING] = row[SCORING].removesuffix("不得分")


def half_width_commas(draft: Draft, rng: random.Random) -> None:
    mark = rng.choice((",", ", "))
    for row in draft.rows:
        for column in (EXPLANATION, SCORING):
            row[column] = row[column].replace("，", mark)


def space_at_line_break(draft: Draft, rng: random.Random) -> None:
    for row in draft.rows:
        text = row[SCORING]
        if len(text) > 8 and text != PROPORTIONAL and not text[:9].count("，"):
            row[SCORING] = text[:7] + " " + text[7:]


def title_in_table(draft: Draft, rng: random.Random) -> None:
    draft.title_inside = True


def lost_bracket(draft: Draft, rng: random.Random) -> None:
    draft.year = draft.year.lstrip("(").replace(")", ") ")


def shifted_satisfaction(draft: Draft, rng: random.Random) -> None:
    """The last row starts one column late and loses its empty remark."""
    last = draft.rows[-1]
    last.insert(0, "")
    last.pop()


def signoff_on_one_line(draft: Draft, rng: random.Random) -> None:
    draft.signoff = [" ".join(draft.signoff[:2]), *draft.signoff[2:]]


def signoff_name_below(draft: Draft, rng: random.Random) -> None:
    label, name = draft.signoff[-1].split(" ")
    draft.signoff = [*draft.signoff[:-1], f"{label}\n\n{name}"]


NOISES: dict[str, Noise] = {
    noise.__name__.replace("_", "-"): noise
    for noise in (
        base_switch,
        side_label_as_level1,
        latex_operators,
        seal_glued_to_total,
        seal_fragment_in_blank_row,
        total_before_its_label,
        doubled_character,
        stray_character_in_formula,
        missing_units,
        cut_scoring,
        half_width_commas,
        space_at_line_break,
        title_in_table,
        lost_bracket,
        shifted_satisfaction,
        signoff_on_one_line,
        signoff_name_below,
    )
}
