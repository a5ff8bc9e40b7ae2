"""The last word on each value: how sure it is after all that was said about it, and who must look for that reason alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from normalizers.doubts.confidence import family_of, kind_of, table_to_setting, value_confidence
from normalizers.doubts.settle_doubts import settle
from normalizers.doubts.witnesses import DOUBT
from normalizers.paths import parts_of, row_of
from normalizers.record import TargetTable
from normalizers.rules.roles import role_of

# Values of which fewer than 90 in 100 are right are shown to a person; a doubt is settled where 97 are.
ASK, SETTLE = 0.9, 0.97
# On a page that can hardly be read all are shown of which fewer than 99 in 100 are right.
ASK_HARD = 0.99
# A wrong figure costs more than a wrong character: a doubt about one is never settled by odds alone.
_FIGURES = ("number", "operator", "phone", "filled_on", "fiscal_year")


def weigh_table(table: TargetTable, pages: Mapping[int, float], hard: Collection[int] = ()) -> None:
    """Set the confidence of every field; ask about values read from a picture that are too often wrong.

    A doubt of the reader becomes a note where values like this are nearly
    always right.

    Args:
        pages: from ``document_to_pages``.
        hard: from ``hardly_legible_pages``; there the odds found on other pages do not hold, and a blank may have been ink.
    """
    setting = table_to_setting(table, pages)
    named = {row.path() for row in table.rows if row.text("level3")}
    for path, field in table.all_fields():
        if field.source is None:
            continue
        field.confidence = sure = value_confidence(field, path, setting)
        is_hard = field.source.page_no in hard
        open_questions = [found for found in setting.about(path) if found.severity == "review"]
        if family_of(field) != "ink":
            if is_hard and not open_questions and _should_hold_text(path, named):
                table.find(path, DOUBT, "Nothing was read here, on a page that can hardly be read. Compare with the page.")
        elif sure < (ASK_HARD if is_hard else ASK) and not open_questions:
            message = f"Read as {field.raw!r}; all that is known of it gives confidence {sure:.2f} only. Compare with the page."
            table.find(path, DOUBT, message)
        elif sure >= SETTLE and not is_hard and open_questions and kind_of(role_of(path), field.text) not in _FIGURES:
            _settle_doubt(table, path, sure)


def _should_hold_text(path: str, named: set[str]) -> bool:
    """True for a blank in the row of an indicator that has a name, but for its remark.

    Args:
        named: paths of such rows.
    """
    return row_of(path) in named and parts_of(path).name not in ("", "remark")


def _settle_doubt(table: TargetTable, path: str, sure: float) -> None:
    if any(found.path == path and found.code == DOUBT and found.severity == "review" for found in table.findings):
        settle(table, [path], f"all that is known of it gives confidence {sure:.2f}")
