"""What a person should know of a document beside its text."""

from __future__ import annotations

from extractors.word_processor.tree import Story

_QUOTED, _NAMED = 40, 6
_REVIEW = {
    "picture": ("word.picture", "pictures of the document were not read: {count}"),
    "formula": ("word.formula", "formulas of the document came as plain text, or not at all: {count}"),
    "symbol": ("word.symbol-unknown", "signs of a symbol font are not known and came as \ufffd: {count}"),
    "row": ("word.row-missing", "rows of a table have cells and no end, and came as one: {count}"),
    "other-file": ("word.other-file", "parts of the document are files of another kind inside it, which were not read: {count}"),
}


def add_notes(story: Story, seen: dict[str, int], deleted: list[str], inserted: list[str], floating: list[str]) -> None:
    """Add to a story what was met on the way.

    Args:
        seen: how often each thing was met.
        deleted, inserted: what tracked changes took out and put in.
        floating: texts of boxes that lie over a table.
    """
    for what, (code, message) in _REVIEW.items():
        if seen.get(what):
            story.notes.append((code, "review", message.format(count=seen[what])))
    if seen.get("comment"):
        story.notes.append(("word.comments", "info", f"comments beside the text were left out: {seen['comment']}"))
    if seen.get("numbering"):
        story.notes.append(("word.numbering-unknown", "review", "numbers of a list came as 1, 2, 3 and are shown in another way"))
    if any(map(str.strip, (*deleted, *inserted))):
        parts = [f"{name} {_quoted(texts)}" for name, texts in (("deleted:", deleted), ("inserted:", inserted)) if _quoted(texts)]
        story.notes.append(("word.tracked-changes", "review", f"changes are tracked and not yet accepted; {'; '.join(parts)}"))
    if floating:
        what = f"text boxes float over a table, and nothing tells for certain which cell they belong to: {_quoted(floating)}"
        story.notes.append(("word.text-box", "review", what))


def _quoted(texts: list[str]) -> str:
    plain = [" ".join(text.split()) for text in texts if text.strip()]
    shown = [text[:_QUOTED] + ("…" if len(text) > _QUOTED else "") for text in plain[:_NAMED]]
    return " | ".join(shown) + (f" and {len(plain) - _NAMED} more" if len(plain) > _NAMED else "")
