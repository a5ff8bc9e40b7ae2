"""What a page holds beside its content: text that nobody sees, and words that void or draft the whole."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.model import Page
from normalizers.record import Finding

# Words across a page by which all that stands on it is no filing, or not yet; spaces and case apart.
VOIDING = (
    *("作废", "无效", "废止", "注销", "已撤销", "样本", "样张", "样表", "样例", "示例", "范本", "模板", "测试"),
    *("草稿", "草案", "初稿", "底稿", "讨论稿", "送审稿", "征求意见", "未定稿", "审核稿", "修改稿", "待审", "未审核", "仅供参考"),
    *("VOID", "SAMPLE", "SPECIMEN", "DRAFT", "CANCELLED", "NOTVALID"),
)
_REASONS = {
    "covered": "under what is painted over it",
    "clipped": "cut off where it stands",
    "outside": "outside the page",
    "layer-off": "on a layer that is switched off",
    "invisible": "painted without any colour",
    "paper-colour": "in the colour of the paper",
    "redacted": "under a black bar",
    "not-shown": "in a hidden row, column or sheet, or marked as hidden",
}
# Characters of hidden text that a message quotes.
_QUOTED = 60


def check_page(path: str, page: Page) -> list[Finding]:
    """One finding for all text of the page that nobody sees, and one for marks that void or draft it.

    Args:
        path: JSON Pointer of the page.
    """
    found = []
    if page.hidden_text:
        found.append(Finding(path, "page.hidden-text", "review", f"The file holds text that nobody sees on the page: {_quoted(page)}"))
    words = voiding_words(mark.text for mark in page.marks if mark.kind != "struck-out")
    if words:
        message = f"Across the page stands {'、'.join(words)}: is this the form that counts?"
        found.append(Finding(path, "page.void-or-draft", "review", message))
    return found


def voiding_words(texts: Iterable[str]) -> list[str]:
    """The words of ``VOIDING`` in texts of marks, each once, in the order of the list."""
    plain = ["".join(text.split()).upper() for text in texts]
    return [word for word in VOIDING if any(word in text for text in plain)]


def _quoted(page: Page) -> str:
    by_reason: dict[str, list[str]] = {}
    for each in page.hidden_text:
        by_reason.setdefault(_REASONS[each.reason], []).append(" ".join(each.text.split()))
    parts = []
    for reason, texts in by_reason.items():
        shown = "; ".join(dict.fromkeys(texts))
        parts.append(f"{shown[:_QUOTED]}{'…' if len(shown) > _QUOTED else ''} ({reason})")
    return ", ".join(parts) + "."
