"""Parts of RTF that are open while it is read: a story, a field, a shape, a picture."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.word_processor.fields import keyword, shown_by, tick
from extractors.word_processor.rtf.rows import Assembly
from extractors.word_processor.rtf.state import Target
from extractors.word_processor.tree import Run

_TWIP = 25.4 / 1440
_PIXEL = 25.4 / 96
# A form's field that nobody touched shows what it shows by default.
_BY_DEFAULT = 25
_BLANKS = re.compile(rb"\s+")
_MOST_PICTURE = 64 << 20


@dataclass(slots=True)
class Flow:
    """A story that text goes to: the body, a header, a note, a text box.

    Attributes:
        runs: of the paragraph that is open.
        listed, numbered: the paragraph is an entry of a list, and its number was met.
    """

    assembly: Assembly = field(default_factory=Assembly)
    runs: list[Run] = field(default_factory=list)
    listed: bool = False
    numbered: bool = False


@dataclass(slots=True)
class Field:
    """A field from its beginning to its end; ``held`` when something of its result was shown.

    Attributes:
        target: where its result goes to.
    """

    target: Target = "story"
    instruction: list[str] = field(default_factory=list)
    settings: dict[bytes, int] = field(default_factory=dict)
    entries: list[str] = field(default_factory=list)
    held: bool = False

    def shown(self) -> tuple[str, bool]:
        """What a field shows that has no result in the file, and whether that is a formula nobody can tell."""
        instruction = "".join(self.instruction).strip()
        name = keyword(instruction)
        chosen = self.settings.get(b"ffres", _BY_DEFAULT)
        chosen = self.settings.get(b"ffdefres", 0) if chosen == _BY_DEFAULT else chosen
        if name == "FORMCHECKBOX":
            return tick(chosen == 1), False
        if name == "FORMDROPDOWN":
            return self.entries[chosen] if 0 <= chosen < len(self.entries) else "", False
        shown = shown_by(instruction)
        return shown or "", shown is None and name in ("EQ", "SYMBOL")


@dataclass(slots=True)
class Shape:
    """A drawing with the names and values that its file gives it."""

    values: dict[str, str] = field(default_factory=dict)
    name: list[str] = field(default_factory=list)
    value: list[str] = field(default_factory=list)

    def end_value(self) -> None:
        self.values["".join(self.name).strip()] = "".join(self.value).strip()
        self.name, self.value = [], []

    @property
    def is_watermark(self) -> bool:
        name = self.values.get("wzName", "").lower()
        return "watermark" in name or "水印" in name or "gtextUNICODE" in self.values


@dataclass(slots=True)
class Picture:
    """Bytes of a picture, in figures or as they are, with its sizes."""

    kind: bytes = b""
    figures: bytearray = field(default_factory=bytearray)
    binary: bytes = b""
    sizes: dict[bytes, int] = field(default_factory=dict)

    def take(self, data: bytes) -> None:
        if len(self.figures) < 2 * _MOST_PICTURE:
            self.figures += data

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in millimetres."""
        return self._length(b"picwgoal", b"picw", b"picscalex"), self._length(b"pichgoal", b"pich", b"picscaley")

    def _length(self, goal: bytes, pixels: bytes, scale: bytes) -> float:
        length = self.sizes.get(goal, 0) * _TWIP or self.sizes.get(pixels, 0) * _PIXEL
        return length * self.sizes.get(scale, 100) / 100

    def data(self) -> bytes | None:
        """The picture as a file of its own; None for a kind that is drawn by commands, and where the figures are none."""
        try:
            held = self.binary or bytes.fromhex(_BLANKS.sub(b"", bytes(self.figures)).decode("ascii"))
        except ValueError:
            return None
        return _as_bitmap(held) if self.kind == b"dibitmap" else held


def _as_bitmap(held: bytes) -> bytes | None:
    """A bitmap without the head that it has as a file."""
    if len(held) < 40 or int.from_bytes(held[:4], "little") < 40:
        return None
    depth, used = int.from_bytes(held[14:16], "little"), int.from_bytes(held[32:36], "little")
    palette = (used or (1 << depth if depth <= 8 else 0)) * 4
    masks = 12 if int.from_bytes(held[16:20], "little") == 3 else 0
    start = 14 + int.from_bytes(held[:4], "little") + palette + masks
    return b"BM" + (14 + len(held)).to_bytes(4, "little") + bytes(4) + start.to_bytes(4, "little") + held
