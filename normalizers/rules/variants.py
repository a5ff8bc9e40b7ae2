"""Old and Japanese forms of characters that a recogniser takes for the standard one, and the other way round."""

from __future__ import annotations

# Only forms that differ from the standard character by a stroke or two: on a scan the
# recogniser cannot tell them apart, and a mainland form is printed in the standard one.
_VARIANTS = "強內冊啟倂兌兩敎旣曁査歩歲毎減溫涼淨渉汚決況沖産綠緣戶換錄說稅絕眞吳呂黃靑卽郞敍揷"
_STANDARD = "强内册启并兑两教既暨查步岁每减温凉净涉污决况冲产绿缘户换录说税绝真吴吕黄青即郎叙插"
_TABLE = str.maketrans(_VARIANTS, _STANDARD)


def to_standard_forms(text: str) -> str:
    """The text with variant forms replaced; for text that was recognised, not for text that was filed as characters.

    >>> to_standard_forms("增強"), to_standard_forms("产业振兴")
    ('增强', '产业振兴')
    """
    return text.translate(_TABLE)
