"""The two passes over a dataset, a document at a time: what it says, and what comes of it with what its scopes say.

A clean document is a function of its read, the rulebook, its paths and the
facts of the scopes that it belongs to, so that whoever keeps the facts need
clean only those documents for which one of these has changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields, replace
from typing import Any

from extractors.model import Document
from normalizers.assemble import assemble
from normalizers.budgets.collect import collect_budgets
from normalizers.clean import finish_document, mend_document
from normalizers.cleaned import as_read, given_up
from normalizers.consensus.facts import RowFacts, TableFacts
from normalizers.consensus.opinions import build, collect_document, is_shared
from normalizers.consensus.versions import compare_versions
from normalizers.decision import Decision
from normalizers.decisions import apply_decisions, settle_findings
from normalizers.matching.taxonomy import load_taxonomy
from normalizers.settings import CleanSettings

_TABLE_FIELDS = tuple(each.name for each in fields(TableFacts))
_ROW_FIELDS = tuple(each.name for each in fields(RowFacts))


def document_to_facts(document: Document, settings: CleanSettings, decisions: Sequence[Decision] = ()) -> list[TableFacts]:
    """What the tables of a document say to those of other documents; none without a unit and a year. No document is named.

    Args:
        decisions: what people decided about this document.
    """
    try:
        clean = mend_document(document, settings)
        apply_decisions(clean, decisions)
        facts = [*collect_document(clean.tables, ""), *collect_budgets(clean, "")]
    except Exception:  # ``document_to_value`` meets it again, and says so
        return []
    return [each for each in facts if is_shared(each)]


def document_to_value(
    document: Document, paths: Sequence[str], facts: Iterable[TableFacts] | None, contents: Mapping[str, str], settings: CleanSettings,
    decisions: Sequence[Decision] = (),
) -> dict[str, Any]:
    """The contract's JSON value of a document.

    Args:
        paths: every path that has these bytes, sorted; the document goes by the first.
        facts: of all tables in the scopes of this document, its own included, each
            with the first path of its document; None when it stands alone and its own
            tables speak only to each other.
        contents: sha256 of the documents that ``facts`` name, by path.
        decisions: what people decided about this document.
    """
    document = replace(document, path=paths[0])
    try:
        value = _clean_value(document, paths, facts, contents, settings, decisions)
    except MemoryError:
        raise
    except Exception as error:  # one document that breaks the cleaner is a finding, never the end of a run
        value = assemble(as_read(document, error))
    return _with_paths(value, paths)


def given_up_value(document: Document, paths: Sequence[str], why: str) -> dict[str, Any]:
    """The contract's JSON value of a document whose cleaning was given up: as it was read, and a person is asked."""
    return _with_paths(assemble(given_up(replace(document, path=paths[0]), why)), paths)


def _with_paths(value: dict[str, Any], paths: Sequence[str]) -> dict[str, Any]:
    head = value["document"]
    value["document"] = {"path": head.pop("path"), "paths": list(paths), **head}
    return value


def _clean_value(
    document: Document, paths: Sequence[str], facts: Iterable[TableFacts] | None, contents: Mapping[str, str], settings: CleanSettings,
    decisions: Sequence[Decision],
) -> dict[str, Any]:
    clean = mend_document(document, settings)
    apply_decisions(clean, decisions)
    own = collect_document(clean.tables, document.path)
    consensus = build(filter(is_shared, [*own, *collect_budgets(clean, document.path)]) if facts is None else facts)
    finish_document(clean, consensus, load_taxonomy(settings.taxonomy_file), paths)
    versions = [
        compare_versions(table, each, consensus.scopes.get(each.scope, ()), contents) for table, each in zip(clean.tables, own, strict=True)
    ]
    value = assemble(clean)
    settle_findings(value, clean, decisions)
    for table, found in zip(value["tables"], versions, strict=True):
        if found:
            table["versions"] = found
    return value


def facts_to_text(facts: TableFacts) -> str:
    """Canonical text of facts: same facts, same text."""
    return json.dumps(astuple(facts), ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    """JSON knows no tuples."""
    return tuple(value) if isinstance(value, list) else value


def text_to_facts(text: str, document: str) -> TableFacts:
    """The facts that ``facts_to_text`` wrote, under the name of their document."""
    table = dict(zip(_TABLE_FIELDS, json.loads(text), strict=True))
    rows = tuple(RowFacts(**{name: _plain(value) for name, value in zip(_ROW_FIELDS, row, strict=True)}) for row in table["rows"])
    return TableFacts(**{**table, "document": document, "rows": rows})
