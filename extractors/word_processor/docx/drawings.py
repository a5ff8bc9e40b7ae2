"""Text boxes, watermarks and pictures of a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from extractors.word_processor.docx.context import Context
from extractors.word_processor.names import children, number, tag, value
from extractors.word_processor.tree import Run

if TYPE_CHECKING:
    from lxml.etree import _Element

# In millimetres.
_EMU, _POINT, _INCH = 36_000.0, 25.4 / 72, 25.4
_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]{1,12})\s*(pt|in|cm|mm|px)?")
_UNITS = {"pt": _POINT, "in": _INCH, "cm": 10.0, "mm": 1.0, "px": _INCH / 96, None: _POINT}


def drawing_runs(
    element: _Element, context: Context, floating: Callable[[_Element], None], inline: Callable[[_Element], list[Run]]
) -> Iterator[Run]:
    """The text of boxes that stand in the line; those that float are given to ``floating``, and watermarks are kept as marks."""
    for each in element.iter():
        if tag(each) == "v:textpath":
            text = each.get("string", "").strip()
            if text:
                context.story.marks.append(text)
    for box in _boxes(element):
        if _is_watermark(box, element):
            context.story.marks.append(" ".join("".join(text.text or "" for text in box.iter() if tag(text) == "w:t").split()))
        elif _is_inline(element) and not any(tag(each) == "w:tbl" for each in box.iter()):
            for index, paragraph in enumerate(children(box, "w:p")):
                yield from ([Run("\n")] if index else []) + inline(paragraph)
        else:
            floating(box)


def _boxes(element: _Element) -> Iterator[_Element]:
    """The text boxes of a drawing, each once, those in a box left to it."""
    waiting = [element]
    while waiting:
        each = waiting.pop()
        name = tag(each)
        if name == "w:txbxContent":
            yield each
        elif name == "mc:AlternateContent":
            ways = list(children(each, "mc:Choice", "mc:Fallback"))
            waiting += ways[:1]
        else:
            waiting += list(reversed(each))


def _is_inline(element: _Element) -> bool:
    if any(tag(each) == "wp:inline" for each in element):
        return True
    shapes = [each for each in element if tag(each).startswith("v:") and tag(each) != "v:shapetype"]
    return bool(shapes) and all("position:absolute" not in each.get("style", "").replace(" ", "") for each in shapes)


def _is_watermark(box: _Element, drawing: _Element) -> bool:
    """A shape by its name, as the programs call those that they put behind the text."""
    names = [each.get("name", "") + each.get("id", "") for each in drawing.iter() if tag(each) in ("wp:docPr", "v:shape", "v:rect")]
    return any("watermark" in name.lower() or "水印" in name for name in names)


def picture_runs(element: _Element, context: Context) -> Iterator[Run]:
    """Pictures of a drawing, each part of the package once."""
    for each in element.iter():
        name = tag(each)
        relation = value(each, "r:embed") if name == "a:blip" else value(each, "r:id") if name == "v:imagedata" else None
        if relation is None or any(tag(above) == "mc:Fallback" for above in each.iterancestors()):
            continue
        kind, part = context.relations.get(relation, ("", ""))
        if kind == "image" and part not in context.pictures:
            yield from context.picture(part, *_size_of(each, element))


def _size_of(picture: _Element, drawing: _Element) -> tuple[float, float]:
    width, height = _size(drawing)
    if not width:
        width, height = next((size for above in picture.iterancestors() if (size := _styled(above))[0]), (0.0, 0.0))
    return width, height


def _size(drawing: _Element) -> tuple[float, float]:
    for each in drawing.iter():
        if tag(each) == "wp:extent":
            return number(each, "cx") / _EMU, number(each, "cy") / _EMU
    return 0.0, 0.0


def _styled(element: _Element) -> tuple[float, float]:
    sizes = {found[1]: float(found[2].rstrip(".") or 0) * _UNITS[found[3]] for found in _LENGTH.finditer(element.get("style", ""))
             if found[2].count(".") < 2}  # fmt: skip
    return sizes.get("width", 0.0), sizes.get("height", 0.0)
