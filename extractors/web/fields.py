"""What the fields of a web form show: text that was typed in, the chosen entry, ticks."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.word_processor.fields import tick

# Fields that hold no value that anybody sees.
_WITHOUT = {"hidden", "button", "submit", "reset", "image", "file", "password"}


def input_text(attributes: dict[str, str]) -> str:
    kind = attributes.get("type", "text").strip().lower()
    if kind in ("checkbox", "radio"):
        return tick("checked" in attributes)
    return "" if kind in _WITHOUT else attributes.get("value", "")


@dataclass(slots=True)
class Choice:
    """A ``<select>`` while it is read; without a mark the first entry is shown."""

    several: bool
    _entries: list[tuple[bool, list[str]]] = field(default_factory=list)

    def begin(self, chosen: bool, label: str) -> None:
        self._entries.append((chosen, [label] if label else []))

    def text(self, data: str) -> None:
        if self._entries:
            self._entries[-1][1].append(data)

    def shown(self) -> str:
        texts = [(chosen, " ".join("".join(parts).split())) for chosen, parts in self._entries]
        picked = [text for chosen, text in texts if chosen]
        if self.several:
            return "、".join(picked)
        return picked[-1] if picked else texts[0][1] if texts else ""
