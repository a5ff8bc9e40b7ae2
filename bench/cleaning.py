"""How well and how fast the rules clean: precision and recall by rule, on clean forms and on spoilt ones.

usage: python -m bench.cleaning [--tables 2000] [--rate 0.1] [--seed 1]

Clean forms: every field that the rules change is a wrong correction.
Spoilt forms: an injury is *mended* when the text is the truth again, *marked* when it
is not but a finding for review names it or its row, *missed* when neither.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from random import Random

from normalizers.checks.catalogue import check_table
from normalizers.clean import mend_fields, mend_table
from normalizers.matching.taxonomy import load_taxonomy
from normalizers.record import Field, TargetTable
from normalizers.rules.rulebook import mend_by_book
from normalizers.rules.table_rule import Context
from normalizers.typed import type_table
from normalizers.vocabulary.phrases import plan_mend, scoring_phrases
from tests.clean_forms import clean_table
from tests.noise import SEALS, Injury, spoil_table

TAXONOMY = load_taxonomy()
# What counties change in the standard wordings on purpose.
CHOICES = (
    ("标准值", "计划值"), ("目标值", "考核值"), ("目标值", "目标"), ("满分", "全分"), ("满分", "100分"), ("预算", "概算"), ("年度", "季度"),
    ("80%", "70%"), ("60%", "50%"), ("1分", "2分"), ("1%", "5%"), ("大于等于", "大于"), ("小于", "低于"), ("不得分", "得0分"),
    ("不得分", "扣分"),
    ("否则", "超出"), ("完成值", "实际值"), ("完成率", "达成率"), ("达到", "未达到"), ("达到", "完成"), ("或超过", "并超过"),
    ("每", "每个"),
    ("效果差", "效果好"), ("部分", "大部分"), ("内", "外"), ("扣完为止", "扣完即止"), ("得满分", "可得满分"),
    ("资金", "经费"), ("及时", "按期"),
)  # fmt: skip
CONTEXT = Context(seal_codes=SEALS)


def clean(table: TargetTable) -> None:
    mend_fields(table)
    mend_table(table, CONTEXT)


def on_clean_forms(tables: int, seed: int) -> tuple[int, Counter[str], float]:
    """Fields seen, wrong corrections by rule, and tables cleaned per second of processor time."""
    rng, fields, wrong, seconds = Random(seed), 0, Counter[str](), 0.0
    for _ in range(tables):
        table = clean_table(rng)
        begun = time.process_time()
        clean(table)
        seconds += time.process_time() - begun
        for _, field in table.all_fields():
            fields += 1
            wrong.update(step.rule for step in field.steps)
    return fields, wrong, tables / seconds


def on_variants() -> tuple[int, list[str]]:
    """Standard wordings with one word changed on purpose: how many, and those that the rules changed back."""
    wordings, variants = set(scoring_phrases()), set()
    for wording in wordings:
        variants |= {wording.replace(old, new, 1) for old, new in CHOICES if old in wording}
        variants |= {wording.replace(old, new) for old, new in CHOICES if old in wording}
    variants -= wordings
    changed = []
    for variant in sorted(variants):
        field = Field(variant, variant)
        mend_by_book(field, "scoring_standard")
        if any(step.rule.startswith("phrases.") for step in field.steps):
            changed.append(f"{variant} -> {field.text}")
    return len(variants), changed


class Tally:
    """What became of the injuries, by class of noise and by rule."""

    def __init__(self) -> None:
        self.fates: dict[str, Counter[str]] = defaultdict(Counter)
        self.rules: dict[str, Counter[str]] = defaultdict(Counter)
        self.samples: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.fields = self.touched_whole = self.wrong = 0

    def add(self, table: TargetTable, injuries: dict[str, Injury]) -> None:
        marked = {found.path for found in table.findings if found.severity == "review"}
        for path, field in table.all_fields():
            self.fields += 1
            injury = injuries.get(path)
            right = field.text == (injury.truth if injury else field.raw)
            seen = bool({path, path.rpartition("/")[0]} & marked)
            for step in field.steps:
                self.rules[step.rule]["right" if right else "marked" if seen else "wrong"] += 1
            self.touched_whole += injury is None and not right
            self.wrong += bool(field.steps) and not right and not seen
            if injury is not None:
                fate = "mended" if right else "marked" if seen else "missed"
                self.fates[injury.noise][fate] += 1
                self.samples[injury.noise, fate].append(f"{injury.truth!r} -> {injury.spoilt!r} -> {field.text!r}")


def on_spoilt_forms(tables: int, rate: float, seed: int) -> tuple[Tally, float]:
    """The tally, and tables cleaned per second of processor time."""
    rng, tally, seconds = Random(seed), Tally(), 0.0
    for _ in range(tables):
        table = clean_table(rng)
        injuries = spoil_table(table, rate, rng)
        begun = time.process_time()
        clean(table)
        seconds += time.process_time() - begun
        type_table(table)
        check_table(table, TAXONOMY)
        tally.add(table, injuries)
    return tally, tables / seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=int, default=2000)
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--samples", default="", help="print a few injuries of this fate: marked or missed")
    options = parser.parse_args()
    fields, wrong, pace = on_clean_forms(options.tables, options.seed)
    print(f"clean forms: {options.tables} tables, {fields} fields, {sum(wrong.values())} wrong corrections {dict(wrong) or ''}")
    print(f"speed on clean forms: {pace:.0f} tables a second on one core")
    plan_mend.cache_clear()
    variants, changed = on_variants()
    print(f"deliberate variants of standard wordings: {variants}, changed back {len(changed)}", *changed[:20], sep="\n    ")
    tally, speed = on_spoilt_forms(options.tables, options.rate, options.seed + 1)
    report(tally, speed, options.samples)


def report(tally: Tally, speed: float, samples: str) -> None:
    print(f"spoilt forms: {tally.fields} fields; {tally.wrong} corrected, wrong and unmarked; {tally.touched_whole} whole ones changed")
    print(f"speed on spoilt forms: {speed:.0f} tables a second on one core")
    print(f"{'noise':<20}{'injuries':>9}{'mended':>9}{'marked':>9}{'missed':>9}")
    total: Counter[str] = Counter()
    for noise, fates in sorted(tally.fates.items()):
        total += fates
        print(_line(noise, fates))
        for each in tally.samples[noise, samples][:8] if samples else ():
            print("    " + each)
    print(_line("all", total))
    print(f"\n{'rule':<32}{'right':>8}{'marked':>8}{'wrong':>8}{'precision':>11}")
    for rule, counts in sorted(tally.rules.items()):
        precision = counts["right"] / sum(counts.values())
        print(f"{rule:<32}{counts['right']:>8}{counts['marked']:>8}{counts['wrong']:>8}{precision:>11.4f}")


def _line(noise: str, fates: Counter[str]) -> str:
    whole = sum(fates.values())
    return f"{noise:<20}{whole:>9}" + "".join(f"{fates[fate] / whole:>9.1%}" for fate in ("mended", "marked", "missed"))


if __name__ == "__main__":
    main()
