"""Mails (EML): attachments, mails attached to mails, and a text with a table in it."""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path

from extractors.containers.container import Container, Member, Opened, Readable
from extractors.containers.limits import check_count
from extractors.containers.member_names import decode_names, plain_name, unique_names
from extractors.errors import BrokenFileError, NoFormError, ReadError, TooLargeError
from extractors.file_head import ends_in_content
from extractors.messages import tell

# A mail is taken into memory as a whole, and again each part of it.
_MOST_BYTES = 96 << 20
_LINE = re.compile(rb"([A-Za-z][A-Za-z0-9-]*):[ \t]?|[ \t]|\r?\n")
_FILE_NAME = re.compile(r'name="([^"]+)"|name=([^\s";]+)', re.I)
_HEAD_BYTES = 32 << 10
# What a mail says of itself; a web page that a browser filed as MHTML has none of the first.
_SENT = {b"to", b"cc", b"received", b"message-id", b"return-path", b"delivered-to", b"x-unsent"}
_TOLD = {b"from", b"subject", b"date", b"mime-version", b"content-type"}
# Pictures inside the text that are smaller are ornaments: logos, lines, smileys.
_ORNAMENT = 10 << 10


def _recognise(path: Path, head: bytes) -> bool:
    return head[:1].isalpha() and is_mail(head)


def is_mail(head: bytes) -> bool:
    """Whether a file begins with the lines of a mail's head."""
    names = set()
    for line in head[:_HEAD_BYTES].splitlines(keepends=True):
        found = _LINE.match(line)
        if found is None:
            return False
        if not line.strip():
            break
        if found[1]:
            names.add(found[1].lower())
    return bool(names & _SENT) and len(names & _TOLD) > 1


class Mail:
    """A mail that is open.

    Raises:
        NoFormError: nothing is attached to it.
        TooLargeError: it has more bytes or parts than is read.
    """

    end_trouble: ReadError | None = None

    def __init__(self, path: Path) -> None:
        if path.stat().st_size > _MOST_BYTES:
            raise TooLargeError(*tell("archive.mail-size", name=path.name, most=_MOST_BYTES >> 20))
        try:
            with path.open("rb") as file:
                message = email.message_from_binary_file(file, policy=email.policy.default)
            self._parts = list(_parts(message))
            names = unique_names(map(_name_of, self._parts))
            sizes = [len(_content(part)) for part in self._parts]
        except (ValueError, LookupError, AttributeError, TypeError, IndexError, RecursionError) as error:  # odd heads raise many kinds
            raise BrokenFileError(*tell("archive.damaged", name=path.name, error=error)) from error
        check_count(len(names))
        if not names:
            raise NoFormError(*tell("archive.mail-empty", name=path.name))
        self.members = [Member(name, size, at) for at, (name, size) in enumerate(zip(names, sizes, strict=True))]

    @contextmanager
    def open(self, member: Member) -> Iterator[Readable]:
        """See ``Opened``."""
        yield io.BytesIO(_content(self._parts[member.at]))


def _parts(message: Message) -> Iterator[Message]:
    """What is attached, outermost first; a mail in a mail is one of them."""
    kind = message.get_content_type()
    if kind == "message/rfc822" and message.is_multipart():
        yield message
    elif message.is_multipart():
        parts = message.get_payload()
        for part in parts if isinstance(parts, list) else []:
            if isinstance(part, Message):
                yield from _parts(part)
    elif _counts(message, kind):
        yield message


def _counts(message: Message, kind: str) -> bool:
    if message.get_content_disposition() == "attachment":
        return True
    if kind.startswith("image/"):
        return len(_content(message)) >= _ORNAMENT
    if kind == "text/html" and not message.get_filename():
        return b"<table" in _content(message).lower()
    return bool(message.get_filename()) or not kind.startswith(("text/", "multipart/"))


def _content(message: Message) -> bytes:
    """The bytes that were attached; of a mail in a mail all of it."""
    if message.is_multipart():
        parts = message.get_payload()
        inner = parts[0] if isinstance(parts, list) and parts else message
        return inner.as_bytes() if isinstance(inner, Message) else b""
    content = message.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _name_of(message: Message) -> str:
    name = _plainly_filed(message) or message.get_filename()
    if name:
        return plain_name(decode_names([str(name).encode("utf-8", "surrogateescape")])[0])
    kind = message.get_content_type()
    if kind == "message/rfc822":
        return "mail.eml"
    return "body.html" if kind == "text/html" else f"attachment.{plain_name(message.get_content_subtype())}"


def _plainly_filed(message: Message) -> str:
    """A name in bytes of another encoding than ASCII, which no mail may have and many have; empty where there is none."""
    for header, value in message.raw_items():
        if header.lower() in ("content-disposition", "content-type") and not str(value).isascii():
            found = _FILE_NAME.search(str(value))
            if found is not None:
                return found[1] or found[2]
    return ""


@contextmanager
def _open(path: Path, folder: Path) -> Iterator[Opened]:
    yield Mail(path)


def _has_end(path: Path, head: bytes) -> bool:
    return ends_in_content(path)


MAIL = Container(kind="archive.kind-mail", recognise=_recognise, open=_open, has_end=_has_end)
