"""A document cut into segments: where a form begins, what goes on with it, what is a table of its own."""

from __future__ import annotations

from extractors.model import Document, TextLine
from extractors.tables.stitch import says_it_goes_on
from normalizers.forms.evidence import has_words_of_a_form
from normalizers.forms.label_line import read_label_line
from normalizers.forms.segments import Row, Segment, is_header_row, reading_order
from normalizers.forms.titles import is_page_mark, is_title, is_year_line, names_a_table
from normalizers.vocabulary.labels import Labels, split_labelled

# Frames of two parts of one form differ by less than this share of their width.
_SAME_FRAME = 0.03


def document_to_segments(document: Document, labels: Labels) -> list[Segment]:
    """Cut a document at titles, at sign-off lines that a table follows, and where a table is no part of the form before it."""
    segments: list[Segment] = []
    current = Segment()
    lines: list[TextLine] = []
    for item in reading_order(document):
        if isinstance(item, TextLine):
            lines.append(item)
            if current.rows and _begins_form(current, item, labels):
                segments.append(current)
                current = Segment()
            (current.foot if current.rows else current.head).append(item)
            continue
        if current.rows and not _goes_on(current, item, lines, labels):
            segments.append(current)
            head = _lines_above(lines, item[0], labels)
            current.foot = [line for line in current.foot if not any(line is each for each in head)]
            current = Segment(head=head)
        for row in item:
            if current.rows and _starts_new_form(current, row, lines, labels):
                segments.append(current)
                current = Segment()
            current.rows.append(row)
            current.above.setdefault(row.table, lines)
        lines = []
    segments.append(current)
    return [segment for segment in segments if segment.rows]


def _begins_form(current: Segment, line: TextLine, labels: Labels) -> bool:
    """A title or a year below the form before it; not one that says that the form goes on, or above the rest of its grid."""
    if not (is_title(line.text, labels) or is_year_line(line.text)) or says_it_goes_on(line.text):
        return False
    return not _stands_over_rest(current.rows[-1], line)


def _stands_over_rest(last: Row, line: TextLine) -> bool:
    """True where the grid that the last row belongs to began on a page before the line's, and ends below the line."""
    own = [cell for cell in last.cells if last.begins(cell)]
    return any(cell.page_no == line.page_no and cell.bbox is not None and cell.bbox.top > line.bbox.center[1] for cell in own)


def _lines_above(lines: list[TextLine], first: Row, labels: Labels) -> list[TextLine]:
    """Of the lines between two forms those of the second: on its page, behind the last that was signed; no signature counts twice."""
    near = [line for line in lines if line.page_no == first.page_no]
    signed = [index for index, line in enumerate(near) if _is_signed(line.text, labels)]
    return near[signed[-1] + 1 :] if signed else near


def _is_signed(text: str, labels: Labels) -> bool:
    """A line of people and dates; one that says who files, or in what unit, stands above a form."""
    filing = any(part.path in ("money", "unit_name") for part in read_label_line(text, labels).parts)
    return not filing and bool(split_labelled(text, labels))


def _goes_on(current: Segment, rows: list[Row], lines: list[TextLine], labels: Labels) -> bool:
    """Whether a table belongs to the form before it: a part of its block of labels, more indicators, what is said below them.

    Args:
        lines: what stands between the two.
    """
    between = [line.text for line in lines] + [texts[0] for row in rows[:1] if len(texts := [t for t in row.texts() if t]) == 1]
    if any(names_a_table(text) and not says_it_goes_on(text) for text in between) or not has_words_of_a_form(current.rows, labels):
        return False
    if has_words_of_a_form(rows, labels):
        return True
    if rows[0].page_no == current.rows[-1].page_no and not rows[0].frame:
        # Running text in cells of its own, as an OCR hands it over.
        return all(len([text for text in row.texts() if text]) <= 1 for row in rows)
    return rows[0].page_no > current.rows[-1].page_no and _same_frame(current.rows[-1], rows[0])


def _same_frame(above: Row, below: Row) -> bool:
    if above.frame is None or below.frame is None:
        return above.col_count == below.col_count
    width = max(above.frame.x1 - above.frame.x0, 1.0)
    return max(abs(above.frame.x0 - below.frame.x0), abs(above.frame.x1 - below.frame.x1)) <= _SAME_FRAME * width


def _starts_new_form(current: Segment, row: Row, lines: list[TextLine], labels: Labels) -> bool:
    texts = [text for text in row.texts() if text]
    if len(texts) == 1 and is_title(texts[0], labels) and any(is_header_row(r.texts(), labels) for r in current.rows):
        return True
    new_table = row.table != current.rows[-1].table
    if not new_table:
        return False
    signed = any(split_labelled(line.text, labels) for line in current.foot)
    again = is_header_row(texts, labels) and any(is_header_row(r.texts(), labels) for r in current.rows)
    again = again and not _is_next_page(current, row, lines)
    named = bool(texts) and labels.header_of(texts[0]) in ("project_name", "unit_name")
    return signed or again or named


def _is_next_page(current: Segment, row: Row, lines: list[TextLine]) -> bool:
    """Heads at the top of the next page, in the frame of the page before and below nothing but its marks: the form goes on."""
    above = current.rows[-1]
    marks = all(is_page_mark(line.text) for line in lines)
    return row.frame is not None and row.page_no == above.page_no + 1 and marks and _same_frame(above, row)
