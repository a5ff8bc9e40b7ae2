"""Reading what the programs wrote: fields right, marked and silent."""

from __future__ import annotations

import json
from pathlib import Path

from bench.forms.compare import document_to_pairs, misses
from bench.producers.forms import FORMS


def measure(folder: Path, verbose: bool = False, only: str | None = None) -> str:
    """A Markdown table, one row a program; each form in columns of its own: right, wrong and marked, wrong and silent."""
    programs = sorted({path.name.split(".", 1)[1].removesuffix(".pdf") for path in folder.glob("*.pdf")})
    lines = [f"| program | {' | '.join(f'{name}: right | marked | silent' for name in FORMS)} |", "|---" * (1 + 3 * len(FORMS)) + "|"]
    for program in programs:
        if only and only not in program:
            continue
        cells = [_measure(folder / f"{name}.{program}.pdf", folder / f"{name}.json", verbose) for name in FORMS]
        lines.append(f"| {program} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _measure(path: Path, truth_file: Path, verbose: bool) -> str:
    import jixiao

    if not path.exists():
        return "– | – | –"
    truth = json.loads(truth_file.read_text(encoding="utf-8"))
    document = jixiao.clean(jixiao.read(path)).json
    wrong = misses(document, truth)
    total = len(list(document_to_pairs(document, truth)))
    silent = [miss for miss in wrong if not miss.marked]
    if verbose and wrong:
        print(path.name, *wrong[:12], sep="\n  ")
    return f"{total - len(wrong)} of {total} | {len(wrong) - len(silent)} | {len(silent)}"
