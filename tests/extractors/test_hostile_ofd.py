"""OFDs that are cut, damaged, endless or built to harm: a clear line or a note, never a hang and never a wrong table."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.ofd.package import Ofd, OfdPage, pack, text_object
from extractors.errors import BrokenFileError, EncryptedFileError, ReadError, TooLargeError
from tests.extractors.ofd_maker import cell_text, page_of, read_ofd, rulings
from tests.extractors.workbooks import grid, read

ROWS = [["数量指标", "≥", "120"], ["质量指标", "=", "98.5"]]
PAGE = "Doc_0/Pages/Page_0/Content.xml"
Parts = dict[str, bytes]


def _saved(parts: Parts, folder: Path) -> Path:
    path = folder / "hostile.ofd"
    path.write_bytes(pack(parts))
    return path


def _parts() -> Parts:
    return Ofd([page_of(ROWS)]).to_parts()


def _with_page(old: str, new: str) -> Parts:
    parts = _parts()
    text = parts[PAGE].decode()
    assert old in text
    parts[PAGE] = text.replace(old, new, 1).encode()
    return parts


def _without(name: str) -> Parts:
    parts = _parts()
    del parts[name]
    return parts


def _with_type(parts: Parts) -> Parts:
    entities = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>'
    parts[PAGE] = parts[PAGE].replace(b"<ofd:Page ", entities.encode() + b"<ofd:Page ", 1).replace("≥".encode(), b"&c;&d;")
    return parts


@pytest.mark.parametrize(
    ("parts", "kind", "word"),
    [
        (lambda: _without(PAGE), BrokenFileError, "Page_0"),
        (lambda: _without("Doc_0/Document.xml"), BrokenFileError, "Document.xml"),
        (lambda: _with_page("</ofd:Page>", ""), BrokenFileError, "Content.xml"),
        (lambda: _with_page('Size="4"', 'Size="nan"'), BrokenFileError, "nan"),
        (lambda: _with_page('Size="4"', 'Size="-4"'), BrokenFileError, "no size"),
        (lambda: _with_page('X="0"', 'X="1e300"'), BrokenFileError, "1e300"),
        (lambda: _with_page('DeltaX="', 'DeltaX="g 99999999999999999999 x '), BrokenFileError, "x"),
        (lambda: _with_page("M 0 0 L", "M 0 0 Z"), BrokenFileError, "path"),
        (lambda: _with_page('Boundary="', 'Boundary="1 '), BrokenFileError, "box"),
        (lambda: _with_page("0 0 210 297", "0 0 0 0"), BrokenFileError, "no area"),
        (lambda: _with_type(_parts()), BrokenFileError, "document type"),
        (lambda: {**_parts(), "OFD.xml": b"<a/>"}, BrokenFileError, "entry"),
        (lambda: {**Ofd([]).to_parts()}, BrokenFileError, "without pages"),
        (lambda: {**_parts(), "Encryptions.xml": b"<a/>"}, EncryptedFileError, "encrypted"),
        (lambda: {**_parts(), "Doc_0/Res/a.bin": bytes(40 << 20)}, TooLargeError, "times its size"),
    ],
)
def test_what_cannot_be_read_is_a_clear_line(tmp_path: Path, parts: Callable[[], Parts], kind: type[ReadError], word: str) -> None:
    with pytest.raises(kind) as error:
        read(_saved(parts(), tmp_path))
    assert word in error.value.reason and error.value.way_out


@pytest.mark.parametrize(("depth", "reads"), [(40, True), (60, False), (100_000, False)])
def test_blocks_may_be_nested_within_reason(tmp_path: Path, depth: int, reads: bool) -> None:
    page = OfdPage()
    inner = "".join(rulings(1, 2)) + cell_text(0, 0, "甲") + cell_text(0, 1, "1")
    page.add('<ofd:PageBlock ID="1">' * depth + inner + "</ofd:PageBlock>" * depth)
    if reads:
        assert grid(read_ofd(Ofd([page]), tmp_path)) == [["甲", "1"]]
    else:
        with pytest.raises(BrokenFileError):
            read_ofd(Ofd([page]), tmp_path)


def test_parameters_and_units_that_are_made_from_themselves_are_refused(tmp_path: Path) -> None:
    page = page_of(ROWS)
    page.add(text_object(20, 20, "甲", 4, attributes='DrawParam="40"'))
    circle = '<ofd:DrawParams><ofd:DrawParam ID="40" Relative="41"/><ofd:DrawParam ID="41" Relative="40"/></ofd:DrawParams>'
    with pytest.raises(BrokenFileError, match="themselves"):
        read_ofd(Ofd([page], resources=[circle]), tmp_path)
    page = page_of(ROWS)
    use = '<ofd:CompositeObject ID="5" Boundary="0 0 50 50" ResourceID="50"/>'
    page.add(use)
    unit = f'<ofd:CompositeGraphicUnit ID="50" Width="9" Height="9"><ofd:Content>{use}{use}</ofd:Content></ofd:CompositeGraphicUnit>'
    with pytest.raises(BrokenFileError, match="holds itself"):
        read_ofd(Ofd([page], resources=[f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits>"]), tmp_path)


def test_units_that_hold_each_other_many_times_end_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten of ten of ten ...: each is small, all together are without end."""
    monkeypatch.setattr("extractors.ofd.objects._MOST_OBJECTS", 5_000)
    page = page_of(ROWS)
    page.add('<ofd:CompositeObject ID="5" Boundary="0 0 50 50" ResourceID="50"/>')
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{k}"><ofd:Content>{f"""<ofd:CompositeObject ID="6" ResourceID="{k + 1}"/>""" * 10}'
        "</ofd:Content></ofd:CompositeGraphicUnit>"
        for k in range(50, 70)
    )
    with pytest.raises(TooLargeError):
        read_ofd(Ofd([page], resources=[f"<ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits>"]), tmp_path)


def test_what_a_page_is_made_of_and_is_not_there_is_a_finding(tmp_path: Path) -> None:
    page = page_of(ROWS)
    page.templates = [(77, "Background")]
    page.add('<ofd:ImageObject ID="9" Boundary="10 10 10 10" ResourceID="88" CTM="10 0 0 10 0 0"/>')
    document = read_ofd(Ofd([page], pictures=[(89, "logo.png", b"no picture")]), tmp_path)
    assert grid(document) == ROWS
    (note,) = document.pages[0].notes
    assert (note.code, note.severity) == ("file.part-missing", "review") and "77" in note.message and "88" in note.message


def test_one_damaged_page_does_not_take_the_others_along(tmp_path: Path) -> None:
    parts = Ofd([page_of(ROWS), page_of(ROWS)]).to_parts()
    parts[PAGE] = parts[PAGE][:200]
    document = read(_saved(parts, tmp_path))
    assert [note.code for page in document.pages for note in page.notes] == ["page.unread"]
    assert grid(document) == ROWS


def test_a_cut_file_and_one_with_a_changed_byte_are_whole_or_refused(tmp_path: Path) -> None:
    whole = pack(_parts())
    pick = random.Random(23)
    path = tmp_path / "hostile.ofd"
    ends = [whole[: pick.randrange(100, len(whole))] for _ in range(20)]
    for _ in range(60):
        at = pick.randrange(len(whole))
        ends.append(whole[:at] + bytes([whole[at] ^ (1 << pick.randrange(8))]) + whole[at + 1 :])
    right = 0
    for data in ends:
        path.write_bytes(data)
        try:
            document = read(path)
        except ReadError as error:
            assert error.reason and error.way_out
            continue
        noted = any(note.severity == "review" for page in document.pages for note in page.notes)
        assert noted or grid(document) == ROWS
        right += 1
    assert 0 < right < len(ends)


def test_a_locked_member_is_told(tmp_path: Path) -> None:
    path = tmp_path / "locked.ofd"
    data = bytearray(pack(_parts()))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    path.write_bytes(bytes(data))
    with pytest.raises(EncryptedFileError):
        read(path)
    assert zipfile.is_zipfile(path)
