"""What form fields and notes hold becomes glyphs of the page, and is compared with what the page shows of it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.geometry.page_ink import Char, FilledField, is_cjk, turn_box
from extractors.model import BBox, HiddenText, PageMark
from extractors.pdf.fields import FormField
from extractors.pdf.text_layer import is_garbled
from extractors.pdf.text_objects import TextObject
from extractors.tables.textlines import chars_to_lines

# Points: the white inside the frame of a field, and the sizes of type that viewers choose.
_FRAME, _LARGEST, _SMALLEST = 2.0, 10.0, 1.0
# Height of a line in shares of its type.
_LEADING = 1.2
# Empty boxes that are printed below a field that may be ticked.
_PRINTED_BOXES = frozenset("□☐○◯〇口▢")
_NUMBERS = re.compile(r"\d+")
_DATE_SIGNS = re.compile(r"[\d年月日号\-./\s]+")
_MONEY_SIGNS = str.maketrans("", "", ",， ￥¥$元")


@dataclass(slots=True)
class Settled:
    """What becomes of the glyphs of fields.

    Attributes:
        gone: glyphs that are replaced, by ``id``.
        laid: the glyphs that stand for them.
        fields: where the page is filled in.
        groups: for each field that keeps its glyphs, these and what the file says that it holds.
        hidden: values of fields that nobody sees.
        marks: stamps that viewers draw by their names.
    """

    gone: set[int] = field(default_factory=set)
    laid: list[Char] = field(default_factory=list)
    fields: list[FilledField] = field(default_factory=list)
    groups: list[tuple[FormField, list[Char]]] = field(default_factory=list)
    hidden: list[HiddenText] = field(default_factory=list)
    marks: list[PageMark] = field(default_factory=list)


class FieldText:
    """Puts the texts of the fields of one page into place.

    Args:
        chars: all glyphs of the page.
        drawn: the texts among them that fields and notes show.
        width: of the page, in points; so is ``height``.
        lost: places of text that nobody can list.
    """

    def __init__(self, chars: Sequence[Char], drawn: Sequence[TextObject], width: float, height: float, lost: Sequence[BBox] = ()) -> None:
        self.lost = lost
        self.chars, self.width, self.height = chars, width, height
        self.drawn = drawn
        angles = Counter(char.angle for char in chars if not char.text.isspace())
        self.angle = angles.most_common(1)[0][0] if angles else 0
        self.settled = Settled()

    def settle(self, fields: Sequence[FormField]) -> Settled:
        for each in fields:
            if not each.seen:
                self.settled.hidden += [HiddenText(each.value, each.box, "invisible")] if each.value.strip() and each.kind != "box" else []
            elif each.kind == "box":
                self._put_box(each)
            elif each.kind == "stamp" and each.value.strip():
                self.settled.marks.append(PageMark(each.value.strip(), each.box, "stamp"))
            elif each.kind in ("text", "list", "note"):
                self._put_text(each)
        return self.settled

    def _put_box(self, each: FormField) -> None:
        below = [char for char in self.chars if char.text in _PRINTED_BOXES and each.box.contains(*char.center)]
        self.settled.gone.update(id(char) for char in below)
        self._lay(each, differs=not each.certain)

    def _put_text(self, each: FormField) -> None:
        # Text that runs on behind the edge is part of the field in which it begins.
        shown = [char for text in self.drawn if any(_holds(each.box, char) for char in text.chars[:2]) for char in text.chars]
        inked = [char for char in shown if not char.text.isspace()]
        told, value = "".join(line.text for line in chars_to_lines(shown)), each.value.strip()
        unknown = any(is_garbled(char.text) for char in inked) or any(each.box.contains(*box.center) for box in self.lost)
        if not inked or unknown or (value and says_the_same(told, value)):
            tabbed = "\t" in value
            if not inked or unknown or tabbed or each.spread:
                self.settled.gone.update(id(char) for char in shown)
                self._lay(each, differs=tabbed)
            else:
                self.settled.groups.append((each, shown))
                self.settled.fields.append(FilledField(each.box, each.value))
        else:
            # A note without contents says only what it shows.
            self.settled.fields.append(FilledField(each.box, each.value, bool(value) or each.kind == "text"))

    def _lay(self, each: FormField, differs: bool = False) -> None:
        if each.value.strip():
            self.settled.laid += self.lay_out(each, -1 - len(self.settled.fields))
            self.settled.fields.append(FilledField(each.box, each.value, differs))

    def lay_out(self, each: FormField, run: int) -> list[Char]:
        """The value of a field as glyphs within its box, in the direction of the text of the page."""
        turned = self.angle != 0
        box = turn_box(each.box, self.angle, self.width, self.height) if turned else each.box
        chars = list(_glyphs(each, box, run))
        if not turned:
            return chars
        width, height = (self.height, self.width) if self.angle in (90, 270) else (self.width, self.height)
        boxes = [turn_box(char.bbox, 360 - self.angle, width, height) for char in chars]
        return [char._replace(x0=b.x0, top=b.top, x1=b.x1, bottom=b.bottom, angle=self.angle) for char, b in zip(chars, boxes, strict=True)]


def cut_fields(settled: Settled, kept: Sequence[Char]) -> Iterator[tuple[FormField, list[Char]]]:
    """The fields of which a part is not seen, with the glyphs that are: the text runs on behind the edge of the field."""
    if not settled.groups:
        return
    left = {id(char) for char in kept}
    for each, chars in settled.groups:
        seen = [char for char in chars if id(char) in left]
        if seen and len(seen) < len(chars):
            yield each, seen


def says_the_same(shown: str, value: str) -> bool:
    """Whether a field shows what it holds, perhaps in another format: 1,234.50 for 1234.5, 95% for 0.95, 2023年5月6日 for 2023-05-06."""
    a, b = folded(shown), folded(value)
    if a == b:
        return True
    first, second = _amount(a), _amount(b)
    if first is not None and second is not None:
        return abs(first - second) < 1e-9 * max(1.0, abs(first))
    if _DATE_SIGNS.fullmatch(a) and _DATE_SIGNS.fullmatch(b):
        numbers = [v.lstrip("0") for v in _NUMBERS.findall(a)]
        return len(numbers) == 3 and numbers == [v.lstrip("0") for v in _NUMBERS.findall(b)]
    return False


def folded(text: str) -> str:
    """Without white space and differences of width."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _amount(text: str) -> float | None:
    plain = text.translate(_MONEY_SIGNS)
    try:
        return float(plain.removesuffix("%")) / (100 if plain.endswith("%") else 1)
    except ValueError:
        return None


def _holds(box: BBox, char: Char) -> bool:
    x, y = char.center
    return box.x0 - 1 <= x <= box.x1 + 1 and box.top - 1 <= y <= box.bottom + 1


def _glyphs(each: FormField, box: BBox, run: int) -> Iterator[Char]:
    lines = [" ".join(line.split("\t")) for line in re.split(r"\r\n|\r|\n", each.value.strip())]
    if each.kind == "box":
        size, rows = max(min(box.width, box.height), _SMALLEST), lines
    else:
        size, rows = _fitted(lines if each.lines else [" ".join(lines)], box, each.lines)
    step = _LEADING * size
    top = box.center[1] - (step * (len(rows) - 1) + size) / 2 if len(rows) == 1 or not each.lines else box.top + _FRAME
    for k, row in enumerate(rows):
        x = box.x0 if each.kind == "box" else box.x0 + _FRAME
        for text in row:
            across = _units(text) * size
            yield Char(" " if text.isspace() or unicodedata.category(text) == "Cc" else text, x, top + k * step, x + across,
                       top + k * step + size, size, 0, run)  # fmt: skip
            x += across


def _fitted(lines: Sequence[str], box: BBox, wrap: bool) -> tuple[float, list[str]]:
    """The largest type in which lines fit into a box, and the rows that they make."""
    across, down = max(box.width - 2 * _FRAME, 1.0), max(box.height, 1.0)
    size = min(_LARGEST, down)
    while size > _SMALLEST:
        rows = [row for line in lines for row in (_wrapped(line, across / size) if wrap else [line])]
        if len(rows) * _LEADING * size <= down + _LEADING and max(map(_length, rows)) * size <= across:
            return size, rows
        size -= 0.5
    return _SMALLEST, list(lines)


def _wrapped(line: str, room: float) -> list[str]:
    """Rows of at most so many units; Latin words stay whole."""
    rows, row = [], ""
    for word in re.findall(r"[^\s\u2e80-\u9fff\uf900-\uffef]+\s*|.", line) or [""]:
        if row and _length(row + word.rstrip()) > room:
            rows.append(row)
            row = ""
        row += word
    return [*rows, row]


def _length(text: str) -> float:
    return sum(map(_units, text))


def _units(text: str) -> float:
    return 1.0 if is_cjk(text) or text in "☑□" else 0.5
