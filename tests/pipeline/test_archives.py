"""Each file in an archive is an input of its own, however it is packed and named; nothing of it stays behind."""

from __future__ import annotations

import csv
import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import cli
from pipeline.crop import crop_of_box
from pipeline.dataset import Dataset
from pipeline.originals import original_of
from pipeline.process_identity import this_owner
from tests.extractors.pdf_maker import PdfPage, make_pdf
from tests.normalizers.forms import form_text


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


def extract(inbox: Path, out: Path, *words: object) -> Result:
    return run("extract", inbox, "-o", out, "--jobs", 1, *words)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def documents(out: Path) -> dict[str, dict[str, Any]]:
    """By the path in the inbox."""
    found = {}
    for path in (out / "documents").glob("*.json"):
        value = json.loads(path.read_text(encoding="utf-8"))
        found[value["document"]["path"].partition("/in/")[2]] = value
    return found


def failures(out: Path) -> dict[str, str]:
    return {row["path"].partition("/in/")[2]: row["code"] for row in rows(out / "failures.csv")}


def form(total: str = "36.5") -> bytes:
    return form_text().replace("36.5", total).encode()


def zipped(members: dict[str | bytes, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP; a name in bytes is filed as it is, without a word on its encoding, as Chinese Windows does."""
    buffer, raw = io.BytesIO(), {}
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for number, (name, content) in enumerate(members.items()):
            text = name
            if isinstance(name, bytes):
                text = f"{number:c<{len(name)}}"
                raw[text.encode()] = name
            archive.writestr(str(text), content)
    data = buffer.getvalue()
    for stand_in, name in raw.items():
        data = data.replace(stand_in, name)
    return data


def spoilt(archive: bytes, inside: bytes) -> bytes:
    """One byte of a stored member is another."""
    at = archive.index(inside) + len(inside) // 2
    return archive[:at] + bytes([archive[at] ^ 1]) + archive[at + 1 :]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


def test_members_are_inputs_and_each_that_cannot_be_had_is_a_line(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    deep = zipped({"c.txt": form("47.5")})
    for name in ("c.zip", "b.zip", "a.zip"):
        deep = zipped({name: deep, f"beside-{name}.txt": form(f"5{len(name)}.{ord(name[0])}")})
    members: dict[str | bytes, bytes] = {
        "目录/县道.txt".encode("gbk"): form("37.5"),
        "../../outside.txt": form("38.5"),
        "same.txt": form("36.5"),
        "dir\\windows.txt": form("39.5"),
        ".hidden.txt": form("40.5"),
        "~$lock.txt": form("41.5"),
        "nothing.txt": b"",
        "inner.zip": zipped({"form.txt": form("42.5"), "same.txt": form("36.5")}),
    }
    (inbox / "forms.dat").write_bytes(zipped(members))
    (inbox / "plain.txt").write_bytes(form("36.5"))
    (inbox / "deep.zip").write_bytes(deep)
    stored = zipped({"bad.txt": form("43.5"), "good.txt": form("44.5")}, zipfile.ZIP_STORED)
    (inbox / "damaged.zip").write_bytes(spoilt(stored, form("43.5")))
    locked = zipped({"locked.txt": form("45.5")})
    (inbox / "locked.zip").write_bytes(_encrypted(locked))
    (inbox / "cut.zip").write_bytes(zipped({"x.txt": form("46.5")})[:-30])
    (inbox / "empty.zip").write_bytes(zipped({}))
    result = extract(inbox, out)
    assert result.exit_code == 1
    found = documents(out)
    assert {path: value["tables"][0]["funds"]["total"] for path, value in found.items()} == {
        "forms.dat!/目录/县道.txt": 37.5, "forms.dat!/outside.txt": 38.5, "forms.dat!/inner.zip!/same.txt": 36.5,
        "forms.dat!/dir/windows.txt": 39.5, "forms.dat!/inner.zip!/form.txt": 42.5, "damaged.zip!/good.txt": 44.5,
        "deep.zip!/beside-a.zip.txt": 55.97,
        "deep.zip!/a.zip!/beside-b.zip.txt": 55.98, "deep.zip!/a.zip!/b.zip!/beside-c.zip.txt": 55.99,
    }  # fmt: skip
    same = found["forms.dat!/inner.zip!/same.txt"]["document"]["paths"]
    assert [path.partition("/in/")[2] for path in same] == ["forms.dat!/inner.zip!/same.txt", "forms.dat!/same.txt", "plain.txt"]
    assert failures(out) == {
        "forms.dat!/nothing.txt": "empty-file", "deep.zip!/a.zip!/b.zip!/c.zip": "too-large", "damaged.zip!/bad.txt": "broken-file",
        "locked.zip!/locked.txt": "encrypted", "cut.zip": "broken-file", "empty.zip": "empty-file",
    }  # fmt: skip
    assert not (out / ".unpacked").exists() and not list(tmp_path.rglob("outside.txt"))
    before = {path: path.read_bytes() for path in out.rglob("*") if path.suffix in (".csv", ".json")}
    again = extract(inbox, out)
    assert again.exit_code == 0 and "0 read, 11 " in again.output, again.output
    assert {path: path.read_bytes() for path in out.rglob("*") if path.suffix in (".csv", ".json")} == before


def _encrypted(archive: bytes) -> bytes:
    """Marked as encrypted, in its own head and in the list."""
    data = bytearray(archive)
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def test_an_archive_that_is_replaced_leaves_lines(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (inbox / "a.zip").write_bytes(zipped({"stays.txt": form("36.5"), "goes.txt": form("37.5"), "b.zip": zipped({"in.txt": form("38.5")})}))
    extract(inbox, out)
    (inbox / "a.zip").write_bytes(zipped({"stays.txt": form("36.5"), "b.zip": zipped({"in.txt": form("39.5")})}))
    extract(inbox, out)
    assert sorted(documents(out)) == ["a.zip!/b.zip!/in.txt", "a.zip!/stays.txt"]
    lines = {row["path"].partition("/in/")[2]: row["why"] for row in rows(out / "history.csv")}
    assert lines == {"a.zip!/goes.txt": "replaced", "a.zip!/b.zip!/in.txt": "replaced"}
    (inbox / "a.zip").write_bytes(form("40.5"))
    extract(inbox, out)
    assert list(documents(out)) == ["a.zip"]


def test_what_is_ignored_in_an_archive_leaves_and_comes_back(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (inbox / "a.zip").write_bytes(zipped({"one.txt": form("36.5"), "two.txt": form("37.5")}))
    extract(inbox, out)
    (out / "ignore.txt").write_text("a.zip!/two.txt\n", encoding="utf-8")
    for _ in range(2):
        extract(inbox, out)
        assert list(documents(out)) == ["a.zip!/one.txt"]
    (out / "ignore.txt").write_text("a.zip\n", encoding="utf-8")
    extract(inbox, out)
    assert not documents(out)
    (out / "ignore.txt").unlink()
    extract(inbox, out)
    assert sorted(documents(out)) == ["a.zip!/one.txt", "a.zip!/two.txt"]


def test_a_watcher_quarantines_members_and_a_crop_is_cut_from_one(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    page = PdfPage()
    for y in (100, 130, 160):
        page.line(50, y, 400, y)
    for x in (50, 200, 400):
        page.line(x, 100, x, 160)
    for x, y, text in ((60, 120, "Name"), (210, 120, "Length"), (60, 150, "Road"), (210, 150, "118")):
        page.text(x, y, text)
    pdf = make_pdf([page])
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, content in (("form.pdf", pdf), ("cut.pdf", pdf[:300]), ("a.zip", zipped({"form.txt": form("37.5")}))):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    (inbox / "forms.tgz").write_bytes(buffer.getvalue())
    left = out / ".unpacked" / f"{this_owner().split(':')[0]}-999999999-1.0123abcd"
    result = run("watch", inbox, "-o", out, "--once", "--settle", 0, "--jobs", 1)
    assert "unpacked: " in result.output and sorted(documents(out)) == ["forms.tgz!/a.zip!/form.txt", "forms.tgz!/form.pdf"]
    assert failures(out) == {"forms.tgz!/cut.pdf": "broken-file"}
    copy, reason = sorted((out / "quarantine").iterdir())
    assert copy.name.endswith("-cut.pdf") and copy.read_bytes() == pdf[:300] and "forms.tgz!/cut.pdf" in reason.read_text(encoding="utf-8")
    left.mkdir(parents=True)
    (left / "1").mkdir()
    document = documents(out)["forms.tgz!/form.pdf"]
    with original_of(Dataset(out), document) as file:
        crop = crop_of_box(file, document, 1, document["grids"][0]["cells"][0]["bbox"])
    assert crop.min() < 100 and not file.exists()
    assert left.exists()  # who looks sweeps nothing
    extract(inbox, out)
    assert not (out / ".unpacked").exists()
