"""What control words of RTF do to the look of text, and which destinations there are."""

from __future__ import annotations

from collections.abc import Callable

from extractors.word_processor.rtf.state import Head, State

# What stands for a character.
CHARACTERS = {
    b"tab": "\t", b"line": "\n", b"page": "\n", b"column": "\n", b"softline": "\n", b"bullet": "•", b"endash": "–", b"emdash": "—",
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"emspace": " ", b"enspace": " ", b"qmspace": " ",
}  # fmt: skip
SIGNS = {b"~": "\u00a0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\t": "\t"}
# Behind \* stands what an older program passes over, and so does this one, but for these.
STARRED = {
    b"shppict", b"shpinst", b"fldinst", b"formfield", b"ffl", b"nesttableprops", b"ud", b"do", b"footnote", b"moMath", b"moMathPara",
    b"annotation", b"objdata",
}  # fmt: skip
# What is no text, or is the same for older programs once more.
SKIPPED = {
    b"stylesheet", b"info", b"nonshppict", b"shprslt", b"nonesttables", b"upr", b"listtable", b"listoverridetable", b"xe", b"tc", b"rxe",
    b"private", b"objdata", b"ffname", b"ffdeftext", b"ffformat", b"ffhelptext", b"ffstattext", b"ffentrymcr", b"ffexitmcr", b"filetbl",
    b"revtbl", b"rsidtbl", b"generator", b"themedata", b"background",
}  # fmt: skip
MARGINS = {
    b"header": "head", b"headerl": "head-even", b"headerr": "head", b"headerf": "head-first",
    b"footer": "foot", b"footerl": "foot-even", b"footerr": "foot", b"footerf": "foot-first",
}  # fmt: skip

_Set = Callable[[State, Head, int | None], None]


def _is_on(number: int | None) -> bool:
    return number != 0


def _highlight(state: State, head: Head, number: int | None) -> None:
    state.painted = bool(number) and head.paints(number)


def _shade(state: State, head: Head, number: int | None) -> None:
    state.shaded = bool(number) and head.paints(number)


def _nest(state: State, head: Head, number: int | None) -> None:
    state.in_table, state.depth = bool(number), max(number or 0, 1)


def _set(name: str) -> _Set:
    return lambda state, head, number: setattr(state, name, _is_on(number))


def _clear(name: str) -> _Set:
    return lambda state, head, number: setattr(state, name, False)


LOOKS: dict[bytes, _Set] = {
    b"v": _set("hidden"),
    b"deleted": _set("deleted"),
    b"mvf": _set("deleted"),
    b"revised": _set("inserted"),
    b"mvt": _set("inserted"),
    b"caps": _set("upper"),
    b"strike": _set("struck"),
    b"striked": _set("struck"),
    b"super": _set("raised"),
    b"up": lambda state, head, number: setattr(state, "raised", (number if number is not None else 6) > 0),
    b"nosupersub": _clear("raised"),
    b"sub": _clear("raised"),
    b"plain": lambda state, head, number: state.plain(),
    b"pard": lambda state, head, number: state.new_paragraph(),
    b"intbl": _set("in_table"),
    b"itap": _nest,
    b"f": lambda state, head, number: setattr(state, "font", number),
    b"cf": lambda state, head, number: setattr(state, "white", head.is_white(number)),
    b"highlight": _highlight,
    b"cb": _highlight,
    b"chcbpat": _highlight,
    b"cbpat": _shade,
    b"uc": lambda state, head, number: setattr(state, "skip", min(max(number if number is not None else 1, 0), 8)),
}
