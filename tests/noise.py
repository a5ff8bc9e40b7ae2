"""Noise of every class, put into clean texts and forms; the truth is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from normalizers.record import Field, IndicatorRow, TargetTable
from normalizers.vocabulary.lookalikes import _partners
from normalizers.vocabulary.radicals import RADICALS

Spoil = Callable[[str, Random], "str | None"]

SEALS = ("4312991000140", "2205012347110", "5108222300417")


@dataclass(frozen=True, slots=True)
class Noise:
    """One way to spoil a text; ``spoil`` gives None where it does not apply."""

    name: str
    roles: tuple[str, ...]
    spoil: Spoil


@dataclass(frozen=True, slots=True)
class Injury:
    """What was done to one field: its path, the noise, the truth and what stands there now."""

    path: str
    noise: str
    truth: str
    spoilt: str


def _at(text: str, rng: Random, fits: Callable[[int], bool]) -> int | None:
    places = [place for place in range(len(text)) if fits(place)]
    return rng.choice(places) if places else None


def _han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def space_between(text: str, rng: Random) -> str | None:
    place = _at(text, rng, lambda i: i > 0 and _han(text[i]) and _han(text[i - 1]))
    return None if place is None else text[:place] + rng.choice([" ", "\u3000", "\u00a0", "\n"]) + text[place:]


def invisible(text: str, rng: Random) -> str | None:
    place = rng.randrange(len(text) + 1)
    return text[:place] + rng.choice("\u200b\ufeff\u200e\x07\u00ad") + text[place:]


def radical(text: str, rng: Random) -> str | None:
    back = {chr(after): chr(before) for before, after in RADICALS.items() if isinstance(after, int)}
    place = _at(text, rng, lambda i: text[i] in back)
    return None if place is None else text[:place] + back[text[place]] + text[place + 1 :]


def narrow_marks(text: str, rng: Random) -> str | None:
    spoilt = "".join({"，": ", ", "；": "; ", "：": ":", "（": "(", "）": ")"}.get(char, char) for char in text).strip()
    return spoilt if spoilt != text else None


def doubled(text: str, rng: Random) -> str | None:
    place = _at(text, rng, lambda i: _han(text[i]))
    return None if place is None else text[: place + 1] + text[place] + text[place + 1 :]


def inserted(text: str, rng: Random) -> str | None:
    place = rng.randrange(1, len(text))
    return text[:place] + rng.choice("功钮瓦卫罗竹川妈") + text[place:]


def misread(text: str, rng: Random) -> str | None:
    place = _at(text, rng, lambda i: bool(_partners().get(text[i])))
    return None if place is None else text[:place] + rng.choice(sorted(_partners()[text[place]])) + text[place + 1 :]


def missing(text: str, rng: Random) -> str | None:
    place = _at(text, rng, lambda i: i > 0 and _han(text[i]))
    return None if place is None else text[:place] + text[place + 1 :]


def truncated(text: str, rng: Random) -> str | None:
    return text[: rng.randrange(len(text) * 2 // 3, len(text))] if len(text) > 8 else None


def latex_operator(text: str, rng: Random) -> str | None:
    forms = {"≥": [r"\geq", r"$\geq$", r"\geqslant", r"\ge"], "≤": [r"\leq", r"$\leq$", r"\leqslant", r"\le"]}
    return rng.choice(forms[text]) if text in forms else None


def other_operator(text: str, rng: Random) -> str | None:
    forms = {
        "≥": [">=", "≧", "⩾", "=>", "大于等于", "＞="],
        "≤": ["<=", "≦", "⩽", "=<", "小于等于"],
        "=": ["＝"],
        ">": ["＞"],
        "<": ["＜"],
        "定性": ["定 性"],
    }
    return rng.choice(forms[text]) if text in forms else None


def wedge(text: str, rng: Random) -> str | None:
    return rng.choice("VMNA") if text in "≥≤" else None


def full_width_digits(text: str, rng: Random) -> str | None:
    spoilt = text.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    return spoilt if spoilt != text else None


def thousands(text: str, rng: Random) -> str | None:
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.isdigit() and len(whole) > 3 else None


def letters_for_digits(text: str, rng: Random) -> str | None:
    place = _at(text, rng, lambda i: text[i] in "01" and (text[i] == "0" or i < len(text) - 1) and len(text) > 2)
    return None if place is None else text[:place] + {"0": rng.choice("Oo"), "1": rng.choice("lI")}[text[place]] + text[place + 1 :]


def seal_beside(text: str, rng: Random) -> str | None:
    code = rng.choice(SEALS)
    return rng.choice([f"{code} {text}", f"{text} {code}"]) if text and text[0].isdigit() else None


def seal_only(text: str, rng: Random) -> str | None:
    return rng.choice(SEALS)


def percent(text: str, rng: Random) -> str | None:
    return rng.choice(["％", r"\%", "(%)"]) if text == "%" else None


def other_date(text: str, rng: Random) -> str | None:
    year, month, day = (int(part) for part in text.split("-"))
    forms = [
        f"{year}年{month}月{day}日",
        f"{year}.{month}.{day}",
        f"{year}/{month:02}/{day:02}",
        f"{year} 年 {month} 月 {day} 日",
        f"{year}-{month}-{day}",
    ]
    return rng.choice(forms)


def lost_bracket(text: str, rng: Random) -> str | None:
    return rng.choice([text.replace("（", ""), text.replace("）", "")])


_SENTENCES = ("overall_goal", "explanation", "scoring_standard")
_WORDS = (*_SENTENCES, "level2", "level3", "project_name", "unit_name", "unit")
TEXT_NOISE: tuple[Noise, ...] = (
    Noise("space", _WORDS, space_between),
    Noise("invisible", (*_WORDS, "operator", "value", "fund", "filled_by"), invisible),
    Noise("radical", _WORDS, radical),
    Noise("narrow marks", _SENTENCES, narrow_marks),
    Noise("doubled", ("scoring_standard",), doubled),
    Noise("inserted", ("scoring_standard",), inserted),
    Noise("misread", ("scoring_standard", "level2"), misread),
    Noise("missing", ("scoring_standard",), missing),
    Noise("truncated", ("scoring_standard",), truncated),
    Noise("latex operator", ("operator",), latex_operator),
    Noise("other operator", ("operator",), other_operator),
    Noise("wedge for operator", ("operator",), wedge),
    Noise("full-width digits", ("value", "fund"), full_width_digits),
    Noise("thousands", ("value", "fund"), thousands),
    Noise("letters for digits", ("value", "fund"), letters_for_digits),
    Noise("seal beside", ("value", "fund"), seal_beside),
    Noise("seal over", ("fund",), seal_only),
    Noise("percent", ("unit",), percent),
    Noise("date form", ("filled_on",), other_date),
    Noise("lost bracket", ("fiscal_year",), lost_bracket),
)


def role_of(path: str) -> str:
    """The column role of a path: its last part; all amounts are ``fund``."""
    return "fund" if path.startswith("funds/") else path.rsplit("/", 1)[-1]


def spoil_table(table: TargetTable, rate: float, rng: Random) -> dict[str, Injury]:
    """Spoil each field of a clean table with this chance, by one noise that fits its column; injuries by path."""
    injuries: dict[str, Injury] = {}
    for index, row in enumerate(table.rows):
        _spoil_row(injuries, index, row, rate, rng)
    if rng.random() < rate and not table.text("funds/carry_over"):
        piece = rng.choice(SEALS)[rng.randrange(2) :][: rng.randrange(8, 12)]
        _set(injuries, table.fields["funds/carry_over"], "funds/carry_over", "seal fragment", piece)
    for path, field in table.all_fields():
        fitting = [noise for noise in TEXT_NOISE if role_of(path) in noise.roles]
        if field.text and fitting and path not in injuries and rng.random() < rate:
            noise = rng.choice(fitting)
            _set(injuries, field, path, noise.name, noise.spoil(field.text, rng))
    return injuries


def _spoil_row(injuries: dict[str, Injury], index: int, row: IndicatorRow, rate: float, rng: Random) -> None:
    """Noise that only neighbours can tell: lost levels and units, glued values."""
    if rng.random() < rate:
        _set(injuries, row.fields["level1"], f"indicators/{index}/level1", "lost level", rng.choice(["", "绩效指标"]))
    quantity = row.text("operator") in ("≥", "≤") and row.text("value").replace(".", "").isdigit()
    if not quantity or rng.random() >= rate:
        return
    if rng.random() < 0.5:
        _set(injuries, row.fields["unit"], f"indicators/{index}/unit", "lost unit", "")
        return
    glued = row.text("operator") + row.text("value") + row.text("unit")
    for name, text in {"operator": "", "value": glued, "unit": ""}.items():
        _set(injuries, row.fields[name], f"indicators/{index}/{name}", "glued value", text)


def _set(injuries: dict[str, Injury], field: Field, path: str, noise: str, text: str | None) -> None:
    if text is not None and text != field.text:
        injuries[path] = Injury(path, noise, field.text, text)
        field.raw = field.text = text
