"""Rules that need more than one field: they take a whole table and what the document says besides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as set_field

from extractors.model import Document
from normalizers.matching.taxonomy import Indicator
from normalizers.record import Field, TargetTable
from normalizers.rules.seals import seal_codes
from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.labels import Labels


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """What a table rule may know beyond its table; one is made a document, and what is gathered from it may be kept by it.

    Attributes:
        seal_codes: serial numbers of seals read anywhere in the document.
        texts: running text of the other tables, as (where, text), to complete a sentence from.
        known_names: third-level names of the taxonomy with their aliases.
        library: indicators of the taxonomy by every spelling of their names.
        pairs: two characters that stand side by side in names of the library.
        triples: three such characters.
        rows: what is read of the rows of all forms of the document, by column, without what lies under a seal.
        unsure: names, explanations and standards that stand only where the reader asks about them.
        labels: printed words, a user's own included; None for those that come with the program.
    """

    seal_codes: tuple[str, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    known_names: frozenset[str] = frozenset()
    labels: Labels | None = None
    library: Mapping[str, Indicator] = set_field(default_factory=dict)
    rows: tuple[Mapping[str, str], ...] = ()
    pairs: frozenset[str] = frozenset()
    triples: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()

    def twins(self, name: str, column: str) -> set[str]:
        """What the rows of the document with this name have in a column."""
        key = label_key(name)
        return {row[column] for row in self.rows if key and row.get(column) and label_key(row.get("level3", "")) == key}


NO_CONTEXT = Context()
_SUBJECTS = ("project_name", "overall_goal")
_ROW_TEXTS = ("level3", "explanation", "scoring_standard")
Work = Callable[[TargetTable, Context], None]


@dataclass(frozen=True, slots=True)
class TableRule:
    """One function on a table, under the stable id that its corrections carry."""

    id: str
    work: Work
    examples: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()

    @property
    def story(self) -> str:
        """Which cues it asks for, and what it does with one of them alone."""
        return (self.work.__doc__ or "").strip()

    def apply(self, table: TargetTable, context: Context = NO_CONTEXT) -> None:
        """Change fields and make findings; run it once a table, after the text rules."""
        self.work(table, context)


def document_to_context(
    document: Document,
    tables: Sequence[TargetTable],
    known_names: Iterable[str] = (),
    labels: Labels | None = None,
    library: Mapping[str, Indicator] | None = None,
    pairs: frozenset[str] = frozenset(),
    triples: frozenset[str] = frozenset(),
) -> Context:
    """What the tables of one document may know of each other.

    Args:
        document: for the seals' numbers on any of its pages.
        tables: the forms, after the text rules.
        known_names: third-level names of the taxonomy, as ``label_key`` gives them.
        labels: printed words that the forms were read by.
        pairs: two characters that stand side by side in names of the library.
        triples: three such characters.
        library: indicators of the taxonomy by their names, as ``label_key`` gives them.
    """
    codes = {seal.code for page in document.pages for seal in page.seals if seal.code}
    for text in _digit_texts(document):
        codes.update(seal_codes(text))
    texts = tuple((f"table {index + 1}/{path}", text) for index, table in enumerate(tables) for path, text in _texts(table) if text)
    rows, unsure = tuple(_clear_rows(tables)), _unsure(tables)
    return Context(tuple(sorted(codes)), texts, frozenset(known_names), labels, library or {}, rows, pairs, triples, unsure)


def _digit_texts(document: Document) -> Iterator[str]:
    """Texts with enough digits for a seal's number; the rest is not worth looking at."""
    for page in document.pages:
        yield from (line.text for line in page.lines)
    for table in document.tables:
        for cell in table.cells:
            yield cell.text
            yield from (reading.text for reading in cell.readings if reading.how == "seal-kept")


def _texts(table: TargetTable) -> Iterator[tuple[str, str]]:
    yield from ((name, table.text(name)) for name in _SUBJECTS if not _is_covered(table.fields.get(name)))
    for row in table.rows:
        yield from ((row.path(name), row.text(name)) for name in _ROW_TEXTS if not _is_covered(row.fields.get(name)))


def _clear_rows(tables: Sequence[TargetTable]) -> Iterator[dict[str, str]]:
    for table in tables:
        for row in table.rows:
            yield {name: field.text for name, field in row.fields.items() if field.text and not _is_covered(field)}


def _unsure(tables: Sequence[TargetTable]) -> frozenset[str]:
    """Texts of rows that no cell gives without doubt: two damaged readings must not be made alike."""
    said: dict[bool, set[str]] = {True: set(), False: set()}
    for table in tables:
        doubted = {found.path for found in table.findings if found.severity == "review" and found.code.startswith("reading.")}
        for row in table.rows:
            for name in _ROW_TEXTS:
                said[row.path(name) in doubted].add(row.text(name))
    return frozenset(said[True] - said[False])


def _is_covered(field: Field | None) -> bool:
    """What stands under a seal is no witness for another cell."""
    return field is not None and field.has_mark("seal")


def table_rule(id: str, examples: tuple[str, ...] = (), near_misses: tuple[str, ...] = ()) -> Callable[[Work], TableRule]:
    """Turn a function on a table into a TableRule; its docstring is the rule's story."""
    return lambda work: TableRule(id, work, examples, near_misses)


def change_on_guess(table: TargetTable, path: str, field: Field, rule: str, text: str, how: str = "") -> None:
    """Put the text and ask a person; nothing for an empty text or the same one.

    Args:
        how: it was read, for the finding: " with doubt".
    """
    if not text or text == field.text:
        return
    before = field.text
    field.change(rule, text)
    table.find(path, rule, f"Read as {before!r}{how}; changed on a guess to {text!r}. Compare with the page.")
