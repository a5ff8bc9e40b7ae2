"""The report as one HTML file that needs nothing else and prints well."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from normalizers.contract import KINDS
from pipeline.report.bound import upper_bound
from pipeline.report.charts import Bar, bars, legend, scale
from pipeline.report.collect import BANDS, Collected, Filed
from pipeline.report.memory import Changes, figures_of
from pipeline.report.sample import Judged
from pipeline.report.words import Words

_HERE = Path(__file__).parent
_MOST_LINES = 300
_MOST_BARS = 15
# What two people leave wrong who key a form apart and compare, pooled over 93 studies.
TWO_PEOPLE = 0.0014


@dataclass(frozen=True, slots=True)
class Told:
    """All that a report tells of."""

    name: str
    when: str
    found: Collected
    judged: Judged
    changes: Changes


def report_page(told: Told, words: Words) -> str:
    """The whole page; every text of a form is escaped by the template."""
    view = {
        "words": words, "say": words.say, "told": told, "found": told.found, "changes": told.changes, "judged": told.judged,
        "style": Markup((_HERE / "report.css").read_text(encoding="utf-8")), "most": _MOST_LINES, "figures": figures_of(told.found),
        "bound": _bound(told.judged), "trust_chart": _trust_chart(told.judged, words), "years": _years(told.found, words),
        "kinds_legend": legend([words.value("kind", kind) for kind in KINDS]), "coverage": _coverage(told.found),
        "kinds": KINDS, "read_edges": BANDS,
        "money": _money(told.found, words), "bands": _bands(told.found, words), "readers": sorted(told.found.readers.items()),
        "codes": _codes(told.found), "codes_chart": _codes_chart(told.found, words), "unmapped_share": _unmapped_share(told.found),
    }  # fmt: skip
    return _environment().get_template("report.html").render(view)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {"short": Words.short, "count": _count, "amount": _amount, "percent": _percent, "code": _code}
    return made


def _count(number: int) -> str:
    """A count that nobody needs to read where it is none."""
    return f"{number:,}" if number else ""


def _amount(value: float) -> str:
    """Money in 万元 as a person writes it.

    >>> _amount(1234.5), _amount(8.0), _amount(0.123456)
    ('1,234.5', '8', '0.123456')
    """
    return f"{round(value, 6):,.6f}".rstrip("0").rstrip(".")


def _percent(rate: float) -> str:
    """Rare things need more digits.

    >>> _percent(0.00994), _percent(0.25), _percent(0.0)
    ('0.994 %', '25 %', '0 %')
    """
    return f"{float(f'{100 * rate:.3g}'):g} %"


def _code(text: str) -> Markup:
    """Words between backticks as code.

    >>> _code("run `a < b`")
    Markup('run <code>a &lt; b</code>')
    """
    return Markup("").join(Markup("<code>{}</code>").format(part) if at % 2 else escape(part) for at, part in enumerate(text.split("`")))


def _bound(judged: Judged) -> float | None:
    return upper_bound(judged.not_right, judged.seen) if judged.seen else None


def _trust_chart(judged: Judged, words: Words) -> Markup:
    bound = _bound(judged)
    if bound is None:
        return Markup("")
    marks = [
        (words.say("rate.seen"), judged.not_right / judged.seen, _percent(judged.not_right / judged.seen)),
        (words.say("rate.bound"), bound, _percent(bound)),
        (words.say("rate.two"), TWO_PEOPLE, _percent(TWO_PEOPLE)),
    ]
    return scale(marks, max(bound, TWO_PEOPLE) * 1.05, words.say("rate.about"))


def _years(found: Collected, words: Words) -> Markup:
    by_year: dict[str, Counter[str]] = {}
    for (_, year), filed in found.filed.items():
        by_year.setdefault(year, Counter()).update(filed.forms)
    lines = [
        Bar(year or words.say("no-year"), tuple(float(counts[kind]) for kind in KINDS), f"{counts.total():,}")
        for year, counts in sorted(by_year.items())
    ]
    return bars(lines, words.say("coverage.chart"))


def _coverage(found: Collected) -> tuple[list[str], list[tuple[str, list[Filed | None]]]]:
    """Years, and of each unit what it filed in each of them."""
    years = sorted({year for _, year in found.filed})
    units = sorted({unit for unit, _ in found.filed})
    return years, [(unit, [found.filed.get((unit, year)) for year in years]) for unit in units]


def _money(found: Collected, words: Words) -> Markup:
    by_year: dict[str, dict[str, float]] = {}
    for (_, year), filed in found.filed.items():
        money = by_year.setdefault(year, dict.fromkeys(KINDS, 0.0))
        for kind, total in filed.money.items():
            money[kind] += total
    lines = [
        Bar(f"{year or words.say('no-year')} {words.value('kind', kind)}", (money[kind],), _amount(money[kind]))
        for year, money in sorted(by_year.items())
        for kind in ("overall", "project")
        if money[kind] > 0
    ]
    return bars(lines[-2 * _MOST_BARS :], words.say("money.chart"))


def _bands(found: Collected, words: Words) -> tuple[list[str], Markup]:
    """Edges of the bands as they are said, and how many values lie in each."""
    edges = [f"{low:g}–{high:g}" for low, high in zip((0.0, *BANDS), BANDS, strict=False)]
    counts: Counter[float] = Counter()
    for read in found.readers.values():
        counts.update(read.bands)
    lines = [Bar(edge, (float(counts[high]),), f"{counts[high]:,}") for edge, high in zip(edges, BANDS, strict=True)]
    return edges, bars(lines, words.say("confidence.chart"))


def _codes(found: Collected) -> list[str]:
    return sorted(found.review | found.info, key=lambda code: (-found.review[code], -found.info[code], code))


def _codes_chart(found: Collected, words: Words) -> Markup:
    lines = [Bar(code, (float(count),), f"{count:,}") for code, count in found.review.most_common(_MOST_BARS)]
    return bars(lines, words.say("findings.chart"))


def _unmapped_share(found: Collected) -> float:
    total = found.methods.total()
    return found.methods["unmapped"] / total if total else 0.0
