"""Proposes entries for indicator names that no canonical indicator fits.

The result is a file that a person edits and gives back with ``--taxonomy``.
Names are put together as OpenRefine does: first those whose words are the same in
any order, then those that differ by slips only. A proposal decides nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process

from normalizers.matching.name_index import sorted_letters
from normalizers.matching.naming import Name, take_apart, unit_to_measure
from normalizers.matching.taxonomy import Taxonomy, level2_of
from normalizers.vocabulary.label_keys import label_key
from normalizers.vocabulary.slips import IMPOSSIBLE, slip_cost
from normalizers.vocabulary.units import load_units

_NEAR_ENOUGH = 70.0
_DIRECTIONS = {"≤": "negative", "<": "negative", "=": "equal", "定性": "qualitative"}
_HEAD = """\
# {names} names in {rows} rows have no canonical indicator; names that seem to mean one thing stand together.
# Go through the entries: mend name, aliases and level2, give an id that speaks, delete what you do not want.
# Where an entry is the same as a known indicator, take it out and use the [[extend]] lines below it without "# ".
# Then give the file back: jixiao clean DATASET --taxonomy FILE
"""


@dataclass(slots=True)
class Cluster:
    """Names that seem to mean one indicator, with how often each was filed and beside what."""

    name: Name
    measure: str
    names: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    operators: Counter[str] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        return sum(self.names.values())

    @property
    def best(self) -> str:
        """The commonest spelling; of equal ones the shortest."""
        return min(self.names, key=lambda text: (-self.names[text], len(text), text))

    def take(self, other: Cluster) -> None:
        for mine, theirs in (
            (self.names, other.names),
            (self.units, other.units),
            (self.levels, other.levels),
            (self.operators, other.operators),
        ):
            mine.update(theirs)


def suggest(rows: Iterable[Mapping[str, Any]], taxonomy: Taxonomy, at_least: int = 1) -> str:
    """TOML with a proposed ``[[indicator]]`` for each cluster of unmapped names.

    Args:
        rows: indicators as they stand in ``documents/*.json`` or indicators.csv (``level3``,
            ``unit``, ``level2``, ``operator``, ``match_method``); those that found their
            indicator are passed over.
        at_least: leave out clusters of fewer rows.
    """
    clusters = [each for each in rows_to_clusters(rows) if each.rows >= at_least]
    names = sum(len(each.names) for each in clusters)
    head = _HEAD.format(names=names, rows=sum(each.rows for each in clusters))
    known = {label_key(text): each.id for each in taxonomy.indicators for text in each.spellings()}
    return "\n".join([head, *(cluster_to_entry(each, taxonomy, known) for each in clusters)])


def rows_to_clusters(rows: Iterable[Mapping[str, Any]]) -> list[Cluster]:
    """Unmapped names put together, the most frequent first; the order of the rows does not matter."""
    same: dict[tuple[str, str], Cluster] = {}
    for row in rows:
        text = " ".join(str(row.get("level3") or "").split())
        if row.get("match_method") not in (None, "", "unmapped") or not label_key(text):
            continue
        unit, name = str(row.get("unit") or ""), take_apart(text)
        measure = _measure(name, unit)
        cluster = same.setdefault((sorted_letters(name.core), measure), Cluster(name, measure))
        cluster.names[text] += 1
        for counter, value in ((cluster.units, unit), (cluster.levels, row.get("level2")), (cluster.operators, row.get("operator"))):
            if value:
                counter[str(value)] += 1
    ordered = sorted(same.values(), key=_order)
    for cluster in ordered:
        cluster.name = take_apart(cluster.best)
    return sorted(_merged(ordered), key=_order)


def _measure(name: Name, unit: str) -> str:
    return name.measure if name.measure not in ("", "count") else unit_to_measure(unit)


def _order(cluster: Cluster) -> tuple[int, str]:
    return -cluster.rows, cluster.best


def _merged(clusters: list[Cluster]) -> list[Cluster]:
    """Rarer names join the commoner one that they are a slip of."""
    kept: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        home = next((each for each in kept[cluster.measure] if _is_slip(cluster.name.core, each.name.core)), None)
        if home is None:
            kept[cluster.measure].append(cluster)
        else:
            home.take(cluster)
    return [each for group in kept.values() for each in group]


def _is_slip(seen: str, meant: str) -> bool:
    if abs(len(seen) - len(meant)) > 1 or fuzz.ratio(seen, meant) < _NEAR_ENOUGH:
        return False
    return slip_cost(seen, meant, frozenset(), confirmed=True) < IMPOSSIBLE


def cluster_to_entry(cluster: Cluster, taxonomy: Taxonomy, known: dict[str, str]) -> str:
    """One proposal; all in comments where its name already names an indicator, here or above in the file.

    ``known`` gives the owner of each spelling, and learns those of this proposal.
    """
    lines = list(_entry_lines(cluster, known))
    owner = known.get(label_key(cluster.best))
    if owner:
        note = f"# {cluster.rows} rows named like {owner}, but with other units ({_listed(cluster.units)}): look at the forms."
        return "\n".join([note, *(f"# {line}" for line in lines), ""])
    known |= {label_key(text): f"local.{_stable_id(cluster)}" for text in cluster.names}
    note = f"# {cluster.rows} rows; units filed: {_listed(cluster.units)}; second levels filed: {_listed(cluster.levels)}"
    return "\n".join([note, *lines, *_nearest(cluster, taxonomy), ""])


def _entry_lines(cluster: Cluster, known: Mapping[str, str]) -> Iterator[str]:
    taken = {*known, label_key(cluster.best)}
    aliases = sorted(cluster.names, key=lambda text: (-cluster.names[text], text))
    different = {label_key(text): text for text in reversed(aliases) if label_key(text) not in taken}
    units = [name for name in (load_units().canonical(unit) for unit, _ in cluster.units.most_common()) if name]
    level2 = next((name for name in (level2_of(text) for text, _ in cluster.levels.most_common()) if name), None)
    operator = cluster.operators.most_common(1)[0][0] if cluster.operators else ""
    yield "[[indicator]]"
    yield f'id = "local.{_stable_id(cluster)}"'
    yield f"name = {_quoted(cluster.best)}"
    yield f"aliases = [{', '.join(map(_quoted, reversed(different.values())))}]"
    yield f"units = [{', '.join(map(_quoted, dict.fromkeys(units)))}]"
    yield f'direction = "{_DIRECTIONS.get(operator, "positive" if units else "qualitative")}"'
    yield f"level2 = {_quoted(level2 or '数量指标')}" + ("" if level2 else "  # no row says it: check")


def _stable_id(cluster: Cluster) -> str:
    """The same for the same words on every run."""
    key = f"{sorted_letters(cluster.name.core)} {cluster.measure}"
    return "n" + hashlib.sha256(key.encode()).hexdigest()[:8]


def _nearest(cluster: Cluster, taxonomy: Taxonomy) -> Iterator[str]:
    choices = {text: each for each in taxonomy.indicators for text in each.spellings()}
    found = process.extractOne(cluster.best, list(choices), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    if found:
        near = choices[found[0]]
        yield f"# Nearest known: {near.name}"
        yield "# [[extend]]"
        yield f'# id = "{near.id}"'
        yield f"# aliases = [{', '.join(map(_quoted, sorted(cluster.names)))}]"


def _listed(counts: Counter[str]) -> str:
    found = ", ".join(f"{' '.join(text.split())} {count}" for text, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])))
    return found or "none"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
