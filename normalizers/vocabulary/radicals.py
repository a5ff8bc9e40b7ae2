"""Radicals and compatibility ideographs that fonts of PDF printers put in the place of characters."""

from __future__ import annotations

import re
import unicodedata

# Radicals whose modern character has another code point than NFKC gives: from
# Unicode's table of equivalent unified ideographs.
RADICALS = str.maketrans(
    "⺁⺄⺇⺈⺊⺌⺍⺎⺏⺐⺑⺒⺓⺔⺗⺛⺝⺟⺠⺡⺢⺣⺥⺦⺨⺩⺫⺬⺭⺮⺯⺰⺲⺶⺹⺻⺼⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻋⻌⻍⻎⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乙几刀卜小小兀尢尢尢巳幺彑心旡月母民水水火爪丬犭王目示礻竹糸纟网羊耂聿肉艹艹艹虎衤覀西见角角讠贝车辶辶辶钅長镸长门阝雨青韦页风飞食食饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)
_COMPATIBLE = re.compile("[\u2e80-\u2fd5\uf900-\ufaff]")


def fold_radicals(text: str) -> str:
    """The text with its radicals as the characters that they look like, place by place: same length."""
    return _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found.group()).translate(RADICALS), text)
