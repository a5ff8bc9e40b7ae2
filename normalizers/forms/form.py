"""A segment of a document becomes a TargetTable: fields in place, nothing mended yet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.model import Document, Reader, TextLine
from extractors.origin import is_filed, is_recognised, origin_of_page
from normalizers.filing.signing import signing_offices
from normalizers.forms.above_grid import read_above_grid, rows_above
from normalizers.forms.columns import SECOND
from normalizers.forms.cutting import document_to_segments
from normalizers.forms.evidence import Verdict, judge
from normalizers.forms.header.header_block import read_header_block
from normalizers.forms.header.header_fields import UNPLACED, HeaderBlock
from normalizers.forms.header.unknown_labels import note_unknown_labels
from normalizers.forms.indicator_block import GUESSED_FILL, looks_like_indicator, read_indicator_block
from normalizers.forms.indicator_lists import Lists, find_lists
from normalizers.forms.kinds import contradiction, kind_of_heads, kind_of_table, template_by_heads
from normalizers.forms.project_list import split_project_list
from normalizers.forms.segments import Segment
from normalizers.forms.signoff import read_signoff_lines
from normalizers.forms.signoff_rows import read_signoff_rows
from normalizers.forms.templates import Template, load_templates, template_of
from normalizers.grids.build import cells_to_grid
from normalizers.grids.grid import Grid
from normalizers.record import Field, Finding, TargetTable
from normalizers.rules.dates import parse_year
from normalizers.vocabulary.label_keys import plain
from normalizers.vocabulary.labels import Labels, load_labels

# Columns that every list has, and those that lists of a kind have.
_EXPECTED = ("level3", "value")
_OF_KIND = {"self_evaluation": ("actual_value",), "monitoring": ("interim_value",)}


def document_to_tables(
    document: Document, labels: Labels | None = None, templates: Sequence[Template] | None = None
) -> tuple[list[TargetTable], list[Grid]]:
    """Every form of a document, and the grids that are none; without words given, by those that come with the program."""
    labels, templates = labels or load_labels(), templates or load_templates()
    readers: dict[int, Reader] = {page.page_no: page.reader for page in document.pages}
    tables: list[TargetTable] = []
    grids: list[Grid] = []
    for segment in document_to_segments(document, labels):
        words = labels.as_filed() if _was_filed(segment, readers) else labels
        projects = split_project_list(segment, words)
        for project in projects:
            tables.append(segment_to_table(project.segment, words, templates, readers, project.block))
        if projects:
            continue
        verdict = judge(segment, words)
        if verdict == "form":
            tables.append(segment_to_table(segment, words, templates, readers))
        else:
            grids += _segment_to_grids(segment, verdict)
    return tables, grids


def _was_filed(segment: Segment, readers: dict[int, Reader]) -> bool:
    """True where every page of a form holds the characters that were filed; a transcript's were recognised by somebody."""
    return not any(is_recognised(origin_of_page(readers[page_no])) for page_no in {row.page_no for row in segment.rows})


def segment_to_table(
    segment: Segment, labels: Labels, templates: Sequence[Template], readers: dict[int, Reader], listed: HeaderBlock | None = None
) -> TargetTable:
    """One form: title, header block, indicators, sign-off; ``listed`` holds what the columns of a list say of the project."""
    top = rows_above(segment.rows, labels)
    rows = segment.rows[len(top) :]
    above = read_above_grid(segment.head, top, labels, readers)
    year = parse_year(above.fields["fiscal_year"].text) if "fiscal_year" in above.fields else None
    named = template_of(above.title, templates)
    found = find_lists(rows, labels, year, [looks_like_indicator(row) for row in rows], named.kind if named is not None else "")
    by_heads = kind_of_heads((column.name for column in found.columns), rows[: found.stop], labels)
    template = template_by_heads(named, by_heads, templates)
    block = read_header_block(rows[: found.stop], labels, above.title, template, listed, year)
    indicators = read_indicator_block(found.lists, labels)
    signoff, others, rest, unsigned = read_signoff_lines(segment.foot, labels, readers)
    below = read_signoff_rows(indicators.below, labels)
    fields = {**above.fields, **block.fields, **_filled(signoff, above.fields), **_filled(below.fields, above.fields)}
    if indicators.total_score is not None:
        fields["total_score"] = indicators.total_score
    pages = sorted({row.page_no for row in segment.rows})
    table = TargetTable(kind_of_table(template, block), fields, indicators.rows, [], pages)
    table.without_checks = template.without_checks if template is not None else frozenset()
    table.other_fields = {**above.others, **block.others, **indicators.others, **others, **below.others}
    table.own_amounts = block.own_amounts
    # A line on the next page may be the head of what follows.
    near = [line for line in rest if line.page_no == segment.rows[-1].page_no]
    table.signed_by = signing_offices(near, {**indicators.others, **others, **below.others}, labels)
    table.has_funds, table.funds_unit = block.has_funds, block.funds_unit or above.money
    table.findings += block.findings
    note_unknown_labels(table, block.unknown)
    note_unknown_labels(table, [*below.unknown, *unsigned], below=True)
    _note_kind(table, contradiction(named, by_heads))
    _note_guessed_heads(table, found, labels)
    _note_heads(table, found)
    _note_guessed_fills(table)
    _note_moved_text(table)
    _note_unplaced(table, indicators.unplaced)
    _note_leftovers(table, below.unplaced, above.unread, rest)
    _unit_from_title(table)
    return table


def _filled(fields: dict[str, Field], known: dict[str, Field]) -> dict[str, Field]:
    """Fields that say something, or that nothing is known of yet."""
    return {path: field for path, field in fields.items() if field.text or path not in known}


def _note_kind(table: TargetTable, by_heads: str | None) -> None:
    if by_heads is not None:
        message = f"The title says {table.kind}, the heads of the form are those of {by_heads}; which is right?"
        table.find("kind", "layout.kind-contradiction", message)


def _note_guessed_heads(table: TargetTable, found: Lists, labels: Labels) -> None:
    """Columns that were named by what stands in them; where text was filed as text, no word of theirs says so."""
    if not labels.forgiving and found.lists and not any(each.heads.columns for each in found.lists):
        message = "No row of heads was found; the columns were told apart by what stands in them. Compare the row with the page."
        for row in table.rows:
            table.find(row.path(), "layout.head-by-content", message, cause="no heads")
        return
    for header, name in dict.fromkeys((column.header, column.name) for column in found.columns if column.guessed):
        message = f"The head {header!r} could not be read; taken as {name} by its cells and its place."
        if not _says_something_else(header, name, labels):
            table.find("", "layout.head-by-content", message, "info")
            continue
        for row in table.rows:
            table.find(row.path(name.removesuffix(SECOND)), "layout.head-by-content", message, cause=header)


def _says_something_else(header: str, name: str, labels: Labels) -> bool:
    """A head that can be read, and is no word for its column spoilt: it may mean another year."""
    return bool(header) and (labels.says_other_words(header, name) if labels.forgiving else not labels.nearly_says(header, name))


def _note_heads(table: TargetTable, found: Lists) -> None:
    """Heads that nobody knows, and those that say the same as another one: each is named once, its column keeps its words."""
    names = {column.name for column in found.columns}
    lost = [name for name in (*_EXPECTED, *_OF_KIND.get(table.kind, ())) if found.lists and name not in names]
    unknown = dict.fromkeys(text for each in found.lists for text in each.heads.unknown)
    table.unknown_heads = frozenset(unknown)
    table.heads = tuple(dict.fromkeys((column.header, column.name) for column in found.columns if column.header))
    if unknown and lost and table.rows:
        _ask_for_lost(table, list(unknown), lost)
    else:
        for text in unknown:
            message = f"The head {text!r} is not known; its column is delivered under these words."
            table.find(_first_of_column(table, text), "layout.unknown-head", message, "info")
    for first, second in dict.fromkeys(pair for each in found.lists for pair in each.heads.twice):
        message = f"The heads {first!r} and {second!r} say the same; the first is taken, the other is delivered under its own words."
        table.find(_first_of_column(table, second), "layout.head-twice", message)


def _ask_for_lost(table: TargetTable, unknown: list[str], lost: list[str]) -> None:
    """One thing to look at, on the fields of every row that a head which nobody knows may hold."""
    message = f"No column says {'、'.join(lost)}; is it {'、'.join(map(repr, unknown))}, a head that is not known? "
    message += "What stands under it is delivered under these words."
    if "value" in lost:
        # What nobody read cannot be split into its parts either.
        lost = [*lost, *(name for name in ("operator", "unit") if not any(row.text(name) for row in table.rows))]
    for row, name in ((row, name) for row in table.rows for name in lost):
        table.find(row.path(name), "layout.unknown-head", message, cause="lost")


def _first_of_column(table: TargetTable, head: str) -> str:
    """The first value under a head that is delivered under its own words; the table where there is none."""
    name = f"column:{head}"
    return next((row.path(name) for row in table.rows if row.text(name)), "")


def _note_moved_text(table: TargetTable) -> None:
    """A recognised text that left its drawn column, and what took its place: a ruling between two cells may be lost."""
    for path, field in table.all_fields():
        step = next((step for step in field.steps if step.rule == "layout.align-row"), None)
        drawn = field.source is not None and field.source.bbox is not None and not is_filed(field.source.origin)
        if step is not None and step.before and drawn:
            message = f"{step.before!r} stands in this column, but fits another one; {step.after!r} is taken. Compare with the page."
            table.find(path, "layout.align-row", message)


def _note_guessed_fills(table: TargetTable) -> None:
    for row in table.rows:
        level2 = row.fields.get("level2")
        if level2 is not None and any(step.rule == GUESSED_FILL for step in level2.steps):
            message = f"The cell is blank; {level2.text!r} is taken from the row above. Compare with the page."
            table.find(row.path("level2"), GUESSED_FILL, message)


def _note_unplaced(table: TargetTable, unplaced: dict[int, list[str]]) -> None:
    """Texts of rows that no column took: one thing to look at, on the rows that it is about."""
    for index, texts in unplaced.items():
        path = table.rows[index].path() if 0 <= index < len(table.rows) else ""
        said = "、".join(map(repr, texts))
        table.find(path, UNPLACED, f"{said} stands among the indicators but fits no column; check the row on the page.", cause="indicators")


def _note_leftovers(table: TargetTable, unplaced: list[str], head: list[TextLine], foot: list[TextLine]) -> None:
    if unplaced:
        said = "、".join(map(repr, unplaced))
        table.find("", UNPLACED, f"{said} stands below the indicators without a label that is known; check the rows on the page.")
    for where, lines in (("above", head), ("below", foot)):
        for line in lines:
            message = f"The line {line.text!r} {where} the form (page {line.page_no}) has no known label and was left out."
            table.find("", "layout.unread-line", message, "info")


def _unit_from_title(table: TargetTable) -> None:
    """An overall table names its unit in the title when it has no row for it."""
    title = table.fields.get("title")
    if table.kind != "overall" or title is None or table.text("unit_name"):
        return
    bare = re.sub(r"[(（]?(?:19|20)\d\d年?度?[)）]?", "", re.sub(r"\s", "", plain(title.text)))
    match = re.match(r"^(.{3,40}?)(?:部门|单位)?(?:[(（]单位[)）])?整体", bare)
    if match:
        field = Field("", "", source=title.source)
        field.change("layout.unit-from-title", match.group(1), "inferred")
        table.fields["unit_name"] = field
        table.findings.append(Finding("unit_name", "layout.unit-from-title", "info", "The form has no 单位名称; taken from its title."))


def _segment_to_grids(segment: Segment, verdict: Verdict) -> list[Grid]:
    """Each table of the segment by itself, named by the lines above it."""
    grids: list[Grid] = []
    for index in dict.fromkeys(row.table for row in segment.rows):
        cells = [cell for row in segment.rows if row.table == index for cell in row.cells if row.begins(cell)]
        if any(cell.text.strip() or cell.marks for cell in cells):
            grids.append(cells_to_grid(cells, segment.above.get(index, ())))
            if verdict == "unclear":
                message = "This table has something of a performance form, but not enough to be read as one; delivered as it stands."
                grids[-1].findings.append(Finding("", "table.may-be-a-form", "review", message))
    return grids
