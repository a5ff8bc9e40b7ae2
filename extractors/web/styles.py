"""What style sheets inside a page hide or colour, as far as simple selectors say it; sheets in other files are never fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_COMMENT = re.compile(r"/\*.{0,20000}?\*/|<!--|-->", re.DOTALL)
_LAST = re.compile(r"^([a-zA-Z][\w-]*|\*)?((?:[.#][\w\u00a0-\uffff-]+)*)$")
_MARK = re.compile(r"[.#][\w\u00a0-\uffff-]+")
_GONE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_INVISIBLE = re.compile(r"visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])", re.IGNORECASE)
_WHITE = re.compile(r"(?<![-\w])color\s*:\s*(?:white|#fff|#ffffff|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))\s*(?:;|!|$)", re.IGNORECASE)
_PAINTED = re.compile(r"background", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[^;]*:\s*[^;]*line-through", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)

Attributes = dict[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """What an element's style does to the text in it."""

    gone: bool = False
    invisible: bool = False
    white: bool = False
    painted: bool = False
    struck: bool = False
    raised: bool = False


def look_of(declarations: str) -> Look:
    """By the text of a style."""
    text = declarations[:5000]
    return Look(*(bool(pattern.search(text)) for pattern in (_GONE, _INVISIBLE, _WHITE, _PAINTED, _STRUCK, _RAISED)))


def _both(one: Look, other: Look) -> Look:
    return Look(
        one.gone or other.gone, one.invisible or other.invisible, one.white or other.white, one.painted or other.painted,
        one.struck or other.struck, one.raised or other.raised,
    )  # fmt: skip


@dataclass(slots=True)
class StyleSheet:
    """Looks by what an element must be, ``.class``, ``#id`` or a tag's name, all of it lower case."""

    looks: dict[frozenset[str], Look] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """The rules of one ``<style>``; those for paper or small screens only are passed over."""
        text = _without_at_rules(_COMMENT.sub("", text))
        for rule in text.split("}")[:-1]:
            selectors, _, declarations = rule.rpartition("{")
            look = look_of(declarations)
            if look == Look():
                continue
            for selector in selectors.rpartition("{")[2].split(","):
                marks = _last_compound(selector)
                if marks:
                    self.looks[marks] = _both(self.looks.get(marks, Look()), look)

    def look(self, tag: str, attributes: Attributes) -> Look:
        """What an element looks like by its own style, the sheets and its attributes."""
        look = look_of(attributes.get("style", ""))
        if self.looks:
            names = {tag, *(f".{name.lower()}" for name in attributes.get("class", "").split()), f"#{attributes.get('id', '').lower()}"}
            for marks, each in self.looks.items():
                if marks <= names:
                    look = _both(look, each)
        if "hidden" in attributes and attributes.get("hidden") != "until-found":
            look = _both(look, Look(gone=True))
        return _both(look, Look(painted=True)) if "bgcolor" in attributes or "background" in attributes else look


def _without_at_rules(text: str) -> str:
    """Without the blocks of ``@media`` and the like, whose rules hold under a condition."""
    parts: list[str] = []
    at = 0
    while (start := text.find("@", at)) >= 0:
        parts.append(text[at:start])
        depth, at = 0, len(text)
        for found in re.finditer(r"[{};]", text[start:]):
            depth += {"{": 1, "}": -1, ";": 0}[found.group()]
            if depth <= 0:
                at = start + found.end()
                break
    return "".join((*parts, text[at:]))


def _last_compound(selector: str) -> frozenset[str] | None:
    """What the element itself must be; a bare tag behind others would say too much."""
    parts = selector.strip().replace(">", " ").replace("+", " ").replace("~", " ").split()
    found = _LAST.match(parts[-1]) if parts else None
    if found is None:
        return None
    marks = {mark.lower() for mark in _MARK.findall(found[2])}
    if found[1] and found[1] != "*":
        marks.add(found[1].lower())
    return frozenset(marks) if marks and (len(parts) == 1 or found[2]) else None
