"""Precision and recall of matching indicator names, by method and by score.

usage: python bench/matching.py [--wrong] [--seed N]

Names that have an answer: every spelling of the library with words put before it,
characters doubled, lost or in another order, and real slips of a recogniser
(bench/data/name-slips.tsv, made by bench/name_slips.py); and each alias taken out of
the library, then asked for. Names that have none: every spelling of indicators taken
out of the library (neighbours of what is left, the hardest kind), and those with
one word exchanged. Any answer to the latter counts as wrong, also the few where the
exchange makes another way to say the same (培训达标率 for 培训合格率): --wrong prints them.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz.distance import Levenshtein

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from normalizers.matching.match import match_row  # noqa: E402
from normalizers.matching.taxonomy import Indicator, Taxonomy, load_taxonomy  # noqa: E402
from normalizers.record import Field, IndicatorRow, Match  # noqa: E402

SLIPS = Path(__file__).resolve().parent / "data" / "name-slips.tsv"
FOLDS = 12
SIGNS = {"positive": "≥", "negative": "≤", "equal": "=", "qualitative": "定性"}
BEFORE = ["全县", "全年", "开展", "完成", "各类", "本年度", "组织开展", "指标1：", "1."]
_WORDS = (
    "率 数, 合格 不合格, 完成 未完成, 人数 人次, 人次 场次, 新建 拆除, 农村 城市, 建设 拆除, 及时率 准确率, 小学 大学, "
    "教师 学生, 长度 面积, 面积 数量, 增长 下降, 维修 购置, 提升 降低, 儿童 老年人, 培训 考核, 公路 铁路, 污水 雨水, "
    "森林 草原, 食品 药品, 残疾人 老年人, 检查 抽查, 标准 人数, 次数 人数, 覆盖率 完成率, 户数 人数, 居民 职工, 矛盾 劳动, "
    "设备 图书, 生态 经济"
)
EXCHANGES = [tuple(pair.split(" ")) for pair in _WORDS.split(", ")]


@dataclass(frozen=True)
class Case:
    kind: str
    row: IndicatorRow
    truth: str | None
    text: str


def indicator_to_row(indicator: Indicator, name: str, unit: str | None = None) -> IndicatorRow:
    units = indicator.units or ("非数量指标",)
    texts = {
        "level3": name,
        "unit": unit or units[0],
        "operator": SIGNS[indicator.direction],
        "level2": indicator.level2,
        "explanation": name,
    }
    return IndicatorRow({field: Field(text, text) for field, text in texts.items()})


def written_variants(indicator: Indicator, spelling: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    """The same indicator written otherwise: (kind, name)."""
    yield "word before", rng.choice(BEFORE) + spelling
    if len(spelling) >= 6:
        at = rng.randrange(1, len(spelling) - 1)
        yield "doubled", spelling[:at] + spelling[at] + spelling[at:]
        yield "lost", spelling[:at] + spelling[at + 1 :]
        yield "space", spelling[:at] + " " + spelling[at:]
    if not spelling.endswith(("率", "度")):
        yield "unit in brackets", spelling + (f"（{indicator.units[0]}）" if indicator.units else "")


def exchanged(spelling: str, names: set[str]) -> Iterator[str]:
    """Names of other things, made by exchanging one word."""
    for one, other in EXCHANGES:
        for left, right in ((one, other), (other, one)):
            made = spelling.replace(left, right, 1)
            if left in spelling and right not in spelling and made not in names:
                yield made


def whole_library_cases(taxonomy: Taxonomy, rng: random.Random) -> Iterator[Case]:
    names = {spelling for each in taxonomy.indicators for spelling in each.spellings()}
    by_id = {each.id: each for each in taxonomy.indicators}
    for indicator in taxonomy.indicators:
        for spelling in indicator.spellings():
            for kind, text in written_variants(indicator, spelling, rng):
                yield Case(kind, indicator_to_row(indicator, text), indicator.id, text)
            for text in exchanged(spelling, names):
                yield Case("- word exchanged", indicator_to_row(indicator, text), None, text)
    for line in SLIPS.read_text(encoding="utf-8").splitlines():
        identity, meant, read = line.split("\t")
        if identity in by_id:
            for kind, explanation in (("slip", ""), ("slip, explained", f"完成{meant}")):
                row = indicator_to_row(by_id[identity], read)
                row.fields["explanation"] = Field(explanation, explanation)
                yield Case(f"{kind}, {min(3, Levenshtein.distance(meant, read))}", row, identity, f"{read} ({meant})")


def left_out_cases(taxonomy: Taxonomy, rng: random.Random) -> Iterator[tuple[Taxonomy, list[Case]]]:
    """Libraries with some indicators, or some aliases, taken out, and what was."""
    order = list(taxonomy.indicators)
    rng.shuffle(order)
    for fold in range(FOLDS):
        out = {each.id: each for each in order[fold::FOLDS]}
        rest = Taxonomy(tuple(each for each in taxonomy.indicators if each.id not in out))
        yield (
            rest,
            [Case("- not in library", indicator_to_row(each, text), None, text) for each in out.values() for text in each.spellings()],
        )
    for fold in range(FOLDS):
        kept = [replace(each, aliases=tuple(a for i, a in enumerate(each.aliases) if i % FOLDS != fold)) for each in taxonomy.indicators]
        cases = [
            Case("unseen alias", indicator_to_row(each, alias), each.id, alias)
            for each in taxonomy.indicators for i, alias in enumerate(each.aliases) if i % FOLDS == fold
        ]  # fmt: skip
        yield Taxonomy(tuple(kept)), cases


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--wrong", action="store_true", help="print every wrong mapping")
    parser.add_argument("--missed", help="print names of this kind that were left unmapped")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    taxonomy = load_taxonomy()
    results: list[tuple[Case, Match]] = []
    began = time.perf_counter()
    for library, cases in [(taxonomy, list(whole_library_cases(taxonomy, rng))), *left_out_cases(taxonomy, rng)]:
        results += [(case, match_row(case.row, library)) for case in cases]
    seconds = time.perf_counter() - began
    report(results)
    print(f"\n{len(results)} different names in {seconds:.1f} s: {len(results) / seconds:.0f} a second, {2 * FOLDS + 1} indexes built")
    for case, match in results:
        if arguments.wrong and match.indicator_id not in (None, case.truth):
            found = f"{match.indicator_name} [{match.indicator_id}] {match.score} {match.method}"
            print(f"{case.kind:18} {case.text} -> {found}; true {case.truth}")
        if case.kind == arguments.missed and match.indicator_id is None:
            print(f"missed {case.text}: {case.truth}, nearest {match.runner_up} {match.score}")


def report(results: list[tuple[Case, Match]]) -> None:
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    by_score: dict[str, Counter[str]] = defaultdict(Counter)
    for case, match in results:
        verdict = "left" if match.indicator_id is None else "right" if match.indicator_id == case.truth else "wrong"
        by_kind[case.kind][verdict] += 1
        band = f"{match.method} {min(0.99, int(match.score * 50) / 50):.2f}" if match.method == "fuzzy" else match.method
        by_score[band if verdict != "left" else "unmapped"][verdict] += 1
    for title, table in (("kind of name", by_kind), ("method, score from", by_score)):
        print(f"\n{title:22} {'names':>7} {'right':>7} {'wrong':>7} {'left':>7}  wrong of accepted")
        for key, count in sorted(table.items()):
            accepted = count["right"] + count["wrong"]
            share = f"{count['wrong'] / accepted:.4f}" if accepted else "-"
            print(f"{key:22} {count.total():7} {count['right']:7} {count['wrong']:7} {count['left']:7}  {share}")
    total: Counter[str] = sum(by_kind.values(), Counter())
    accepted = total["right"] + total["wrong"]
    print(f"\nall: {total['wrong']} wrong of {accepted} accepted = {total['wrong'] / accepted:.5f}")


if __name__ == "__main__":
    main()
