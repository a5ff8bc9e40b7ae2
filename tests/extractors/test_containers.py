"""What containers hold, member by member, and what becomes of those that are cut, spoilt, linked or made to hurt."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import random
import resource
import struct
import tarfile
import tracemalloc
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from extractors.containers import limits
from extractors.containers.kinds import container_of
from extractors.containers.listing import Listing, list_members
from extractors.containers.member_names import decode_names, plain_name, unique_names
from extractors.containers.unpacker import Unpacker
from extractors.errors import NoRoomError, ReadError, TooLargeError
from extractors.identify import identify

FORM, OTHER = "县道日常养护".encode() * 50, "乡村公厕改造".encode() * 70


def listing(path: Path, depth: int = 0) -> Listing:
    container = container_of(path)
    assert container is not None
    return list_members(path, container, depth, path.parent / "room", lambda _number: None)


def told(path: Path) -> dict[str, object]:
    """The bytes of each member, or the code of what is wrong with it."""
    found: dict[str, object] = {}
    unpacker = Unpacker(path.parent / "unpacked")
    for each in listing(path).members:
        found[each.name] = unpacker.file(path, (each.name,)).read_bytes() if each.trouble is None else each.trouble[0]
    unpacker.close()
    assert not (path.parent / "room").exists() and not (path.parent / "unpacked").exists()
    return found


def put(folder: Path, data: bytes, name: str = "file.dat") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def zip_of(content: bytes = FORM, name: str = "甲.txt") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def tarred(*infos: tuple[tarfile.TarInfo, bytes], form: int = tarfile.GNU_FORMAT, encoding: str = "utf-8") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form, encoding=encoding) as archive:
        for info, content in infos:
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def entry(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


TWO = (entry("表/一.txt"), FORM), (entry("二.txt"), OTHER)


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_tar(tmp_path: Path, pack: type[bytes], encoding: str) -> None:
    assert told(put(tmp_path, pack(tarred(*TWO, encoding=encoding)))) == {"表/一.txt": FORM, "二.txt": OTHER}


def test_links_of_a_tar_lead_to_members_or_are_lines(tmp_path: Path) -> None:
    links = [
        (entry("same.txt", tarfile.SYMTYPE, "二.txt"), b""), (entry("表/same.txt", tarfile.LNKTYPE, "表/一.txt"), b""),
        (entry("out.txt", tarfile.SYMTYPE, "../../etc/passwd"), b""), (entry("root.txt", tarfile.SYMTYPE, "/etc/passwd"), b""),
        (entry("pipe", tarfile.FIFOTYPE), b""), (entry("../up.txt"), b"up"),
    ]  # fmt: skip
    found = told(put(tmp_path, tarred(*TWO, *links)))
    assert found == {"表/一.txt": FORM, "二.txt": OTHER, "out.txt": "access", "root.txt": "access", "pipe": "access", "up.txt": b"up"}


def test_a_tar_that_is_cut_or_spoilt_says_that_there_may_be_more(tmp_path: Path) -> None:
    whole = tarred(*TWO)
    second = whole.index("二.txt".encode())
    assert told(put(tmp_path, whole[:second])) == {"表/一.txt": FORM, "…": "broken-file"}
    assert told(put(tmp_path, whole[: second + 700])) == {"表/一.txt": FORM, "二.txt": "broken-file", "…": "broken-file"}
    assert told(put(tmp_path, whole[:second] + b"X" + whole[second + 1 :])) == {"表/一.txt": FORM, "…": "broken-file"}
    packed = gzip.compress(tarred((entry("a"), random.Random(1).randbytes(5000)), (entry("b"), FORM)))
    assert told(put(tmp_path, packed[:3000])) == {"a": "broken-file", "…": "broken-file"}


def test_one_file_that_was_compressed(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with gzip.GzipFile("form.csv", "wb", fileobj=buffer) as file:
        file.write(FORM)
    assert told(put(tmp_path, buffer.getvalue())) == {"form.csv": FORM}
    assert told(put(tmp_path, bz2.compress(FORM), "县道.txt.bz2")) == {"县道.txt": FORM}
    assert told(put(tmp_path, lzma.compress(FORM)[:-20], "县道.txt")) == {"县道.txt": "broken-file"}


def test_seven_zip(tmp_path: Path) -> None:
    py7zr = pytest.importorskip("py7zr")
    path = tmp_path / "file.dat"
    with py7zr.SevenZipFile(path, "w") as archive:
        archive.writestr(FORM, "表/一.txt")
        archive.writestr(OTHER, "二.txt")
        archive.writestr(b"", "empty.txt")
    assert told(path) == {"表/一.txt": FORM, "二.txt": OTHER, "empty.txt": b""}
    spoilt = bytearray(path.read_bytes())
    spoilt[60] ^= 1
    assert set(told(put(tmp_path, bytes(spoilt), "spoilt.7z")).values()) <= {"broken-file", b""}
    with py7zr.SevenZipFile(path, "w", password="1") as archive:
        archive.writestr(FORM, "a.txt")
    with pytest.raises(ReadError) as caught:
        told(path)
    assert caught.value.code == "encrypted"


def mail() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "绩效"
    message.set_content("您好，附件请查收。")
    message.add_attachment(FORM, "application", "octet-stream", filename="绩效目标表.txt")
    return message


def test_mail(tmp_path: Path) -> None:
    message = mail()
    message.add_attachment(mail())
    message.add_attachment("<html><table><tr><td>甲</td></tr></table></html>", subtype="html", disposition="inline")
    message.add_attachment(b"GIF89a" + bytes(100), "image", "gif", disposition="inline")
    found = told(put(tmp_path, message.as_bytes()))
    assert list(found) == ["绩效目标表.txt", "mail.eml", "body.html"] and found["绩效目标表.txt"] == FORM
    assert told(put(tmp_path, bytes(found["mail.eml"]))) == {"绩效目标表.txt": FORM}
    bare = EmailMessage()
    bare["From"], bare["To"], bare["Subject"] = "a@example.org", "b@example.org", "x"
    bare.set_content("您好")
    with pytest.raises(ReadError) as caught:
        told(put(tmp_path, bare.as_bytes()))
    assert caught.value.code == "no-form"


@pytest.mark.parametrize(
    "filed",
    [
        b'"=?gb18030?B?' + base64.b64encode("绩效目标表.txt".encode("gb18030")) + b'?="',
        b'"' + "绩效目标表.txt".encode("gbk") + b'"',
        b'"' + "绩效目标表.txt".encode() + b'"',
    ],
)
def test_names_of_attachments_as_mail_programs_file_them(tmp_path: Path, filed: bytes) -> None:
    raw = mail().as_bytes()
    at = raw.index(b"filename*=")
    assert told(put(tmp_path, raw[:at] + b"filename=" + filed + raw[raw.index(b"\n", at) :])) == {"绩效目标表.txt": FORM}


def test_a_web_page_and_a_text_are_no_mail(tmp_path: Path) -> None:
    page = b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=x\r\n\r\n--x"
    for data in (page, "项目名称: 甲\nTo: 乙\nFrom: 丙\nDate: 丁\n".encode(), b"a: b\n\nTo: x\nFrom: x\nSubject: x\n"):
        assert container_of(put(tmp_path, data)) is None


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        (["目录/一".encode("gbk")], ["目录/一"]),  # which passes for UTF-8: Ŀ¼
        (["目录".encode(), "绩效（一）".encode()], ["目录", "绩效（一）"]),
        (["目录".encode("gbk"), "《表》".encode("gbk"), b"a.pdf"], ["目录", "《表》", "a.pdf"]),
        ([b"a.pdf", b"\xff\xfe"], ["a.pdf", "\\xff\\xfe"]),
        (["𠮷.pdf".encode("gb18030")], ["𠮷.pdf"]),
    ],
)
def test_names_are_decoded_together(raw: list[bytes], names: list[str]) -> None:
    assert decode_names(raw) == names


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "etc/passwd"), ("/root/a", "root/a"), ("C:\\x\\..\\a.pdf", "x/a.pdf"), ("..", "unnamed"),
        ("a//b/./c\x00", "a/b/c"),
        ("长" * 300 + ".pdf", "长" * 180 + "…" + "长" * 15 + ".pdf"), ("长" * 200, "长" * 200),
    ],
)  # fmt: skip
def test_names_lead_nowhere_else(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_each_name_is_once() -> None:
    assert unique_names(["a/b.pdf", "a/b.pdf", "a/b (2).pdf", "b", "b", ".x", ".x"]) == [
        "a/b.pdf", "a/b (2).pdf", "a/b (2) (2).pdf", "b", "b (2)", ".x", ".x (2)",
    ]  # fmt: skip


def test_packages_of_one_document_are_none(tmp_path: Path) -> None:
    for first in ("mimetype", "OFD.xml", "[Content_Types].xml", "META-INF/MANIFEST.MF"):
        with zipfile.ZipFile(tmp_path / "x", "w") as archive:
            archive.writestr("a/form.pdf", b"x")
            archive.writestr(first, b"x")
        assert container_of(tmp_path / "x") is None


def bomb(size: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", FORM)
        with archive.open("zeros", "w", force_zip64=True) as file:
            for _ in range(size >> 20):
                file.write(bytes(1 << 20))
    return buffer.getvalue()


def test_what_would_take_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FREE", 1 << 20)
    assert told(put(tmp_path, bomb(1 << 20)[:0] + bomb(0)))["a.txt"] == FORM
    for data in (bomb(3 << 20), gzip.compress(bytes(3 << 20)), bz2.compress(bytes(3 << 20))):
        with pytest.raises(ReadError) as caught:
            told(put(tmp_path, data))
        assert caught.value.code == "too-large" and not (tmp_path / "room").exists()
    monkeypatch.setattr(limits, "MOST_OF_ONE", 100)
    assert told(put(tmp_path, bomb(0)))["a.txt"] == "too-large"
    monkeypatch.setattr(limits, "MOST_MEMBERS", 1)
    with pytest.raises(ReadError, match="more than 1 files"):
        told(put(tmp_path, tarred(*TWO)))
    huge = entry("a")
    huge.pax_headers = {"comment": "x" * (2 << 20)}
    with pytest.raises(ReadError):
        told(put(tmp_path, tarred((huge, FORM), form=tarfile.PAX_FORMAT)))


def test_a_list_of_members_that_is_too_long_is_never_taken_into_memory(tmp_path: Path) -> None:
    """A hundred thousand members of 300 bytes in the list; another end that says less changes nothing."""
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 254, 0, 0, 0, 0, 0, 0) + b"a" * 254
    size = len(entry) * 100_000
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, size, 0, 0)
    hidden = struct.pack("<4s4s2H2LH", b"PK\5\6", b"PK\5\6", 1000, 1000, size, 0, 0)
    for name, behind in (("a.zip", end), ("b.zip", hidden), ("c.zip", end + end[:12] + bytes(10))):
        path = put(tmp_path, b"".join((zip_of(name="甲.txt"), entry * 100_000, behind)), name)
        tracemalloc.start()
        container = container_of(path)
        assert container is not None and container.kind == "archive.kind-zip"
        with pytest.raises(TooLargeError):
            list_members(path, container, 0, tmp_path / "room", lambda _number: None)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        path.unlink()
        assert peak < 4 << 20, (name, peak)


@pytest.mark.parametrize("kind", ["7z", "gz", "zip"])
def test_a_full_disk_is_no_damaged_archive(kind: str, tmp_path: Path) -> None:
    content = random.Random(3).randbytes(600_000)
    path = tmp_path / f"a.{kind}"
    if kind == "7z":
        py7zr = pytest.importorskip("py7zr")
        with py7zr.SevenZipFile(path, "w") as archive:
            archive.writestr(content, "form.txt")
    else:
        path.write_bytes(gzip.compress(content, 1) if kind == "gz" else zip_of(content, "a"))
    container = container_of(path)
    assert container is not None
    unpacker = Unpacker(tmp_path / "unpacked")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 18, before[1]))  # as a disk with room for a quarter of a megabyte
    try:
        with pytest.raises(NoRoomError):
            unpacker.file(path, ("form.txt" if kind == "7z" else "a",))
        unpacker.close()
        (tmp_path / "file").touch()
        with pytest.raises(NoRoomError):
            Unpacker(tmp_path / "file" / "x").file(path, ("form.txt" if kind == "7z" else "a",))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not (tmp_path / "unpacked").exists() and path.exists()


def test_the_archive_itself_is_never_given_out(tmp_path: Path) -> None:
    path = put(tmp_path, zip_of())
    unpacker = Unpacker(tmp_path / "unpacked")
    with pytest.raises(ValueError):
        unpacker.file(path, ())
    unpacker.close()
    assert path.exists()


def test_an_archive_too_deep_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, bomb(0))
    assert listing(path, limits.MOST_DEPTH - 1).members
    with pytest.raises(ReadError, match="one in the other"):
        listing(path, limits.MOST_DEPTH)


def test_any_byte_may_be_wrong(tmp_path: Path) -> None:
    """Whatever is spoilt is told: every member comes as it was, or is a line, or the archive is one."""
    rng = random.Random(7)
    for whole in (bomb(0), tarred(*TWO), gzip.compress(tarred(*TWO)), mail().as_bytes()):
        for _ in range(25):
            at = rng.randrange(len(whole))
            spoilt = whole[:at] + bytes([whole[at] ^ (1 << rng.randrange(8))]) + whole[at + 1 :] if rng.random() < 0.7 else whole[:at]
            path = put(tmp_path, spoilt)
            try:
                if container_of(path) is None:
                    identify(path)
                else:
                    told(path)
            except ReadError:
                continue
