"""Administrative division codes of GB/T 2260."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1024)
def is_division(code: str) -> bool:
    """True when six digits are a county, or lie in a prefecture that the standard lists.

    Counties are renamed and renumbered every year, prefectures hardly ever: so a
    county newer than the list counts by its prefecture.
    """
    # Half a megabyte of tables: loaded when the first long run of digits turns up.
    import gb2260

    for known in (code, code[:4] + "00"):
        try:
            gb2260.get(known)
        except ValueError:
            continue
        return code[4:] != "00"
    return False
