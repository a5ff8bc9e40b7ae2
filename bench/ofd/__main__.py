"""Forms as PDF and as OFD, in three styles of writing, read and cleaned: what differs.

    python -m bench.ofd FILE.pdf... [--layouts N]

``--layouts`` adds N made-up layouts of ``bench.layouts``. Tables, grids, findings and corrections must be the same but for places.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

import jixiao
from bench.layouts.compose import seed_to_sheets
from bench.layouts.draw import lay_out, write_pdf
from bench.ofd.from_pdf import STYLES, pdf_to_ofd

# What may differ: where something stands, and by what means that is known.
_PLACES = frozenset(("bbox", "confidence", "origin", "engine", "table_id", "grid_id", "finding_id", "reader"))
_SEED = 88_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.ofd", description=__doc__)
    parser.add_argument("pdfs", type=Path, nargs="*")
    parser.add_argument("--layouts", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        measure([*given.pdfs, *(_layout(seed, folder) for seed in range(_SEED, _SEED + given.layouts))], folder)


def _layout(seed: int, folder: Path) -> Path:
    path = folder / f"layout-{seed}.pdf"
    write_pdf([page for sheet in seed_to_sheets(seed) for page in lay_out(sheet)], path)
    return path


def measure(pdfs: list[Path], folder: Path) -> int:
    """Print a line for each file and style that differs, and the sums; returns how many differ."""
    spent = {"pdf": 0.0, **dict.fromkeys(STYLES, 0.0)}
    fields = forms = different = 0
    for pdf in pdfs:
        right, spent_here = delivered(pdf)
        spent["pdf"] += spent_here
        forms += len(right["tables"])
        fields += count_values(right["tables"])
        for style in STYLES:
            written = pdf_to_ofd(pdf, style).save(folder / "form.ofd")
            found, spent_here = delivered(written)
            spent[style] += spent_here
            apart = list(differences(right, found))
            different += bool(apart)
            for line in apart[:5]:
                print(f"{pdf.name} {style} {line}")
    times = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in spent.items())
    print(f"{len(pdfs)} files, {forms} forms, {fields} values, {len(STYLES)} styles: {different} differ; took {times}")
    return different


def delivered(path: Path) -> tuple[dict[str, Any], float]:
    """What of a document is delivered, places left out, and the seconds that it took."""
    started = time.monotonic()
    value = jixiao.clean(jixiao.read(path)).json
    kept = {key: _without_places(value.get(key)) for key in ("status", "tables", "grids", "findings", "corrections")}
    return kept, time.monotonic() - started


def _without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_places(each) for key, each in value.items() if key not in _PLACES}
    return [_without_places(each) for each in value] if isinstance(value, list) else value


def differences(right: Any, found: Any, path: str = "") -> list[str]:
    """Each place where two JSON values are not the same."""
    if isinstance(right, dict) and isinstance(found, dict):
        keys = [*right, *(key for key in found if key not in right)]
        return [each for key in keys for each in differences(right.get(key), found.get(key), f"{path}/{key}")]
    if isinstance(right, list) and isinstance(found, list) and len(right) == len(found):
        return [each for k, pair in enumerate(zip(right, found, strict=True)) for each in differences(*pair, f"{path}/{k}")]
    return [] if right == found else [f"{path}: {right!r} is {found!r}"]


def count_values(value: Any) -> int:
    if isinstance(value, dict):
        return sum(map(count_values, value.values()))
    return sum(map(count_values, value)) if isinstance(value, list) else int(value is not None)


if __name__ == "__main__":
    main()
