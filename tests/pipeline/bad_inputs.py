"""Files that break, each in its own way, made on the spot."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>endobj
4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
5 0 obj<</Length 58>>stream
BT /F 12 Tf 40 200 Td (A page of words and no table at all.) Tj ET
endstream endobj
trailer<</Root 1 0 R EXTRA>>
"""
_ENCRYPT = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"ab" * 32 + b">/U<" + b"cd" * 32 + b">>>/ID[<00><00>]"


def pdf_without_table(path: Path) -> None:
    path.write_bytes(_PDF.replace(b" EXTRA", b""))


def encrypted_pdf(path: Path) -> None:
    """Standard security handler with a user password that nobody knows."""
    path.write_bytes(_PDF.replace(b" EXTRA", _ENCRYPT))


def half_pdf(path: Path) -> None:
    """Cut before the first object that draws anything is whole."""
    path.write_bytes((_PDF.replace(b" EXTRA", b""))[:90])


def hanging_pdf(path: Path) -> None:
    """A page of forty million steps that draw nothing: small on disk, and minutes or seconds without a word."""
    squeezer = zlib.compressobj()
    steps = b"".join(squeezer.compress(b"q 1 w Q " * 1_000_000) for _ in range(40)) + squeezer.flush()
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R>>endobj\n"
    drawing = b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(steps) + steps + b"\nendstream endobj\n"
    path.write_bytes(_PDF.split(b"3 0 obj")[0] + page + drawing + b"trailer<</Root 1 0 R>>\n")


def vast_png(path: Path, side: int = 14_000) -> None:
    """A picture of many pixels in few bytes, whole and within what is decoded."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    squeezer = zlib.compressobj()
    rows = b"".join(squeezer.compress(b"\0" + b"\xff" * (3 * side)) for _ in range(side)) + squeezer.flush()
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))


def png_of_size(path: Path, width: int, height: int) -> None:
    """A PNG that declares a size without carrying its pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b""))


def make_all(folder: Path) -> dict[str, str]:
    """Write every bad file into the folder; name -> the code that its failure must have."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "empty.pdf").write_bytes(b"")
    half_pdf(folder / "half.pdf")
    encrypted_pdf(folder / "encrypted.pdf")
    png_of_size(folder / "nothing.png", 0, 0)
    png_of_size(folder / "huge.png", 30_000, 30_000)
    (folder / "prose.txt").write_text("项目名称和资金总额，没有表格。\n", encoding="utf-8")
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 8)
    return {
        "empty.pdf": "empty-file",
        "half.pdf": "broken-file",
        "encrypted.pdf": "encrypted",
        "nothing.png": "picture-size",
        "huge.png": "picture-size",
        "prose.txt": "no-table",
        "noise.bin": "unknown-format",
    }
