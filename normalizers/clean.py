"""Reads become clean documents: a pure function of reads, rulebook and taxonomy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from extractors.model import Document, PageNote
from normalizers.budgets.compare import compare_budgets
from normalizers.checked_words import load_checked_words
from normalizers.checks.catalogue import check_batch, check_document, check_table
from normalizers.checks.pages import check_page
from normalizers.cleaned import CleanDocument
from normalizers.consensus.opinions import Consensus, apply_document
from normalizers.decisions import uphold
from normalizers.doubts.confidence import document_to_pages
from normalizers.doubts.legibility import hardly_legible_pages
from normalizers.doubts.triage import weigh_table
from normalizers.filing.unit import name_filing_units
from normalizers.forms.form import document_to_tables
from normalizers.forms.header.funds_layout import settle_stray_total
from normalizers.forms.templates import load_templates
from normalizers.grids.doubts import weigh_grid
from normalizers.matching.match import match_row
from normalizers.matching.name_index import letter_groups
from normalizers.matching.taxonomy import Indicator, Taxonomy, load_taxonomy
from normalizers.paths import UNKNOWN_COLUMN
from normalizers.record import CARRIERS, Finding, IndicatorRow, Severity, TargetTable
from normalizers.rules.readings import choose_reading
from normalizers.rules.roles import role_of
from normalizers.rules.rulebook import TABLE_RULES, mend_by_book
from normalizers.rules.table_rule import Context, document_to_context
from normalizers.settings import CleanSettings
from normalizers.typed import type_table
from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.labels import load_labels
from normalizers.vocabulary.lexicon import load_lexicon


def mend_document(document: Document, settings: CleanSettings) -> CleanDocument:
    """Forms found, fields mended by the rulebook: all that one document can say by itself."""
    load_checked_words(settings.templates_file)
    labels = load_labels(settings.templates_file)
    tables, grids = document_to_tables(document, labels, load_templates(settings.templates_file))
    for table in tables:
        mend_fields(table)
    # Table rules see the mended text of the other forms: their seals, their sentences.
    context = context_of(document, tables, settings)
    for table in tables:
        mend_table(table, context)
    return CleanDocument(document, tables, grids)


def context_of(document: Document, tables: Sequence[TargetTable], settings: CleanSettings) -> Context:
    """What the table rules may know beyond one table of a document, after the text rules."""
    taxonomy, labels = load_taxonomy(settings.taxonomy_file), load_labels(settings.templates_file)
    return document_to_context(document, tables, _known_names(taxonomy), labels, _library(taxonomy), *_letter_groups(taxonomy))


@lru_cache(maxsize=4)
def _known_names(taxonomy: Taxonomy) -> frozenset[str]:
    """Names that are in the library are no slips of each other."""
    return frozenset(label_key(name) for each in taxonomy.indicators for name in each.spellings())


@lru_cache(maxsize=4)
def _library(taxonomy: Taxonomy) -> dict[str, Indicator]:
    """The indicators by every spelling of their names."""
    return {label_key(name): each for each in taxonomy.indicators for name in each.spellings()}


@lru_cache(maxsize=4)
def _letter_groups(taxonomy: Taxonomy) -> tuple[frozenset[str], frozenset[str]]:
    """Two and three characters that stand side by side in the library's names or in a standard wording."""
    wordings = [each for texts in load_lexicon().wordings.values() for each in texts.values()]
    words = [*(name for each in taxonomy.indicators for name in each.spellings()), *wordings]
    pairs, triples = (frozenset(group for text in words for group in letter_groups(text, size)) for size in (2, 3))
    return pairs, triples


def mend_fields(table: TargetTable) -> None:
    """Readings, then text rules."""
    for path, each in list(table.all_fields()):
        role = role_of(path)
        for found in choose_reading(each, role):
            table.findings.append(replace(found, path=path))
        for guess in mend_by_book(each, role):
            table.find(path, guess.id, f"Changed on a guess to {each.text!r}; compare with the page.")
    settle_stray_total(table)
    set_blank_rows_aside(table)


def mend_table(table: TargetTable, context: Context) -> None:
    """Rules that need neighbours."""
    for table_rule in TABLE_RULES:
        table_rule.apply(table, context)
    set_blank_rows_aside(table)


def finish_document(clean: CleanDocument, consensus: Consensus, taxonomy: Taxonomy, paths: Sequence[str] = ()) -> None:
    """All that is left: the checks, and the confidence that every value deserves after them.

    Args:
        paths: every path of the file, where it lies in more than one place.
    """
    check_all(clean, consensus, taxonomy)
    pages, hard = document_to_pages(clean.document), hardly_legible_pages(clean.document)
    for table in clean.tables:
        weigh_table(table, pages, hard)
    name_filing_units(clean.tables, clean.grids, paths or (clean.document.path,), clean.document.pages)
    for grid in clean.grids:
        weigh_grid(grid, pages, hard)
    compare_budgets(clean, consensus.scopes)
    uphold(clean)


def check_all(clean: CleanDocument, consensus: Consensus, taxonomy: Taxonomy) -> None:
    """Consensus, types, taxonomy and checks."""
    apply_document(clean.tables, consensus, clean.document.path)
    uphold(clean)
    for table in clean.tables:
        type_table(table)
        for row in table.rows:
            row.match = match_row(row, taxonomy)
        check_table(table, taxonomy)
    check_document(clean.tables)
    check_batch(clean.tables, consensus, clean.document.path)
    clean.findings += _page_findings(clean)


def set_blank_rows_aside(table: TargetTable) -> None:
    """A second level without an indicator goes to ``blank_level2``."""
    rows = sorted(table.rows + table.blank_rows, key=lambda row: row.order)
    lost = not any(row.text(name) for row in rows for name in ("level3", "value"))
    table.rows = [row for row in rows if _carries(row, lost)]
    table.blank_rows = [row for row in rows if not _carries(row, lost)]
    table.blank_level2 = [row.text("level2") for row in table.blank_rows if row.text("level2")]


def _carries(row: IndicatorRow, lost: bool) -> bool:
    """Whether a row carries an indicator.

    Args:
        lost: no row has a name or a target, so what stands under heads that nobody knows may be them.
    """
    strange = lost and any(field.text for name, field in row.fields.items() if name.startswith(UNKNOWN_COLUMN))
    return strange or any(row.text(name) for name in CARRIERS) or _has_unread_ink(row)


def _has_unread_ink(row: IndicatorRow) -> bool:
    fields = [row.fields.get(name) for name in CARRIERS]
    return any(each is not None and each.has_mark("ink-without-text") for each in fields)


def _page_findings(clean: CleanDocument) -> list[Finding]:
    found = [
        Finding(f"/grids/{index}", "table.not-a-form", "info", "This table is none of the known forms; delivered as a grid.")
        for index in range(len(clean.grids))
    ]
    covered = {number for table in clean.tables for number in table.pages} | {cell.page_no for grid in clean.grids for cell in grid.source}
    for index, page in enumerate(clean.document.pages):
        path = f"/document/pages/{index}"
        found += [note_to_finding(path, note) for note in page.notes]
        found += check_page(path, page)
        if page.page_no not in covered:
            # A cover page is usual beside forms; a file without any table is a question.
            severity: Severity = "info" if covered else "review"
            found.append(Finding(path, "page.no-table", severity, f"Page {page.page_no} holds no table."))
    return found


def note_to_finding(path: str, note: PageNote) -> Finding:
    """What a reader noted of a page: for a person where something on it may be missing from the result."""
    return Finding(path, "page.note", note.severity, f"{note.message[:1].upper()}{note.message[1:]}.")
