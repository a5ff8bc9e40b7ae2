"""How two spellings of one name differ."""

from __future__ import annotations

from collections.abc import Iterator

from normalizers.vocabulary.lookalikes import look_alike

# Endings that make a longer name of the same thing: the short form is a variant, not a cut.
_MEASURES = ("数", "率", "量", "度", "数量", "次数", "人数", "人次", "件数", "情况", "期数", "天数", "个数", "工作", "指标", "经费", "项目")

# One of these for another is a different statement, not a slip.
_NUMERALS = frozenset(
    "0123456789零一二三四五六七八九十百千万亿两半首末前后上下左右东西南北大小多少新旧老内外男女省市县区乡镇村组高低增减不未无非"
)


def one_off(left: str, right: str) -> bool:
    """True for two texts that differ in one character: another one, or one more.

    >>> one_off("甲乙丙", "甲乙丁"), one_off("甲乙", "甲乙丙"), one_off("甲乙", "甲乙")
    (True, True, False)
    """
    short, long = sorted((left, right), key=len)
    if len(short) == len(long):
        return sum(a != b for a, b in zip(left, right, strict=True)) == 1
    if len(long) - len(short) != 1:
        return False
    alike = next((at for at, char in enumerate(short) if char != long[at]), len(short))
    return long[alike + 1 :] == short[alike:]


def easily_confused(left: str, right: str) -> bool:
    """True when the one character in which they differ is easily read for the other."""
    pairs = [(a, b) for a, b in zip(left, right, strict=False) if a != b]
    return len(left) == len(right) and len(pairs) == 1 and (look_alike(*pairs[0]) or look_alike(*pairs[0][::-1]))


def is_cut_from(short: str, long: str) -> bool:
    """True when the short name may be the long one cut off: four characters or more, and more than a measure word is gone.

    >>> is_cut_from("公共法律服务站律", "公共法律服务站律师值班天数"), is_cut_from("法律援助案件", "法律援助案件数")
    (True, False)
    """
    rest = long[len(short) :]
    return len(short) >= 4 and long.startswith(short) and len(rest) >= 2 and rest not in _MEASURES


def is_slip(own: str, other: str) -> bool:
    """One character apart, not at the end, and not one numeral or its like for another.

    >>> is_slip("养护且道里程", "养护县道里程"), is_slip("养护乡道里程", "养护县道里程"), is_slip("群众满意率", "群众满意度")
    (True, False, False)
    """
    return one_off(own, other) and own[-1:] == other[-1:] and not _NUMERALS.issuperset(_differing(own, other))


def _differing(left: str, right: str) -> Iterator[str]:
    if len(left) == len(right):
        for a, b in zip(left, right, strict=True):
            if a != b:
                yield from (a, b)
        return
    short, long = sorted((left, right), key=len)
    yield next((long[i] for i in range(len(short)) if short[i] != long[i]), long[-1])
