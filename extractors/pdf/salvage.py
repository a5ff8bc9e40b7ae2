"""Pages out of a PDF whose end is missing: the objects that are whole get a new table of contents."""

from __future__ import annotations

import re
import zlib

_OBJECT = re.compile(rb"(?<![0-9])(\d{1,9})\s+(\d{1,5})\s+obj\b")
_REFERENCE = re.compile(rb"(?<![0-9])(\d{1,9})\s+\d{1,5}\s+R\b")
_PARENT = re.compile(rb"/Parent\s+(\d{1,9})\s+\d{1,5}\s+R\b")
# What a page may lose without showing less: the way up, links, structure, thumbnails.
_SIDE_MATTER = re.compile(rb"/(Parent|Annots|Dest|A|B|P|Metadata|PieceInfo|Thumb|StructTreeRoot)\s*(\[[^\]]*\]|\d+\s+\d+\s+R)")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm\b")


def salvage(data: bytes) -> tuple[bytes, int] | None:
    """A PDF with the pages of ``data`` that are whole, and how many pages were not.

    Args:
        data: the bytes of a damaged PDF, not encrypted.

    Returns:
        None when no page is whole. A page is whole when all that it refers to is there.
    """
    objects = _whole_objects(data)
    pages = [number for number, body in objects.items() if _PAGE.search(_head(body))]
    whole = [number for number in pages if _is_whole(number, objects)]
    if not whole:
        return None
    return _write(objects, whole), len(pages) - len(whole)


def _whole_objects(data: bytes) -> dict[int, bytes]:
    """Object number -> its bytes between ``obj`` and ``endobj``; a later version replaces an earlier one."""
    objects: dict[int, bytes] = {}
    at = 0
    while found := _OBJECT.search(data, at):
        end = data.find(b"endobj", found.end())
        if end < 0:
            break
        body = data[found.end() : end]
        objects[int(found.group(1))] = body
        if _OBJECT_STREAM.search(_head(body)):
            for number, inner in _unpacked(body).items():
                objects.setdefault(number, inner)
        at = end
    return objects


def _head(body: bytes) -> bytes:
    """An object without the bytes of its stream."""
    return body.split(b"stream", 1)[0]


def _unpacked(body: bytes) -> dict[int, bytes]:
    """The objects in an object stream; none when it cannot be unpacked."""
    head, _, rest = body.partition(b"stream")
    first, count = re.search(rb"/First\s+(\d+)", head), re.search(rb"/N\s+(\d+)", head)
    if not first or not count or b"/DecodeParms" in head:
        return {}
    try:
        text = zlib.decompressobj().decompress(rest.lstrip(b"\r\n")) if b"FlateDecode" in head else rest.lstrip(b"\r\n")
        numbers = [int(v) for v in text[: int(first.group(1))].split()]
    except (zlib.error, ValueError):
        return {}
    starts = [int(first.group(1)) + offset for offset in numbers[1::2]]
    return {n: text[a:b] for n, a, b in zip(numbers[::2], starts, [*starts[1:], len(text)], strict=False)}


def _is_whole(page: int, objects: dict[int, bytes]) -> bool:
    """Whether all that the page refers to is there, its links and structure apart."""
    seen, work = {page}, [page]
    while work:
        head = _SIDE_MATTER.sub(b"", _head(objects[work.pop()]))
        for number in map(int, _REFERENCE.findall(head)):
            if number not in objects:
                return False
            if number not in seen and not _PAGE.search(_head(objects[number])):
                seen.add(number)
                work.append(number)
    return True


def _write(objects: dict[int, bytes], pages: list[int]) -> bytes:
    parents = {int(v) for page in pages for v in _PARENT.findall(_head(objects[page]))}
    root = next(iter(parents - objects.keys()), None) or max(objects) + 1
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    catalog = max([*objects, root]) + 1
    new = dict(objects)
    for page in pages:
        new[page] = _PARENT.sub(b"/Parent %d 0 R" % root, objects[page], count=1)
    new[root] = b"<< /Type /Pages /Count %d /Kids [%s] /MediaBox [0 0 595.3 841.9] >>" % (len(pages), kids)
    new[catalog] = b"<< /Type /Catalog /Pages %d 0 R >>" % root
    out, offsets = bytearray(b"%PDF-1.7\n"), {}
    for number, body in sorted(new.items()):
        offsets[number] = len(out)
        out += b"%d 0 obj" % number + body + (b"" if body.endswith((b"\n", b"\r")) else b"\n") + b"endobj\n"
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, offset in offsets.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, offset)
    out += b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (catalog + 1, catalog, start)
    return bytes(out)
