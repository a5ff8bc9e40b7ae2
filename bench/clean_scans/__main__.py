"""Clean scans of forms set in six fonts: what is lost of titles, amounts, characters of few strokes and rare signs.

    python -m bench.clean_scans titles --count 100
    python -m bench.clean_scans amounts --count 500
    python -m bench.clean_scans strokes --count 20
    python -m bench.clean_scans signs --count 10

Every wrong field is named, the silent ones as such, and how many right ones are marked for a person.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

import jixiao
from bench.clean_scans.content import TITLES, DrawnForm, amounts_form, signs_form, strokes_form, title_form
from bench.clean_scans.draw import FACES, Setting, draw_page
from bench.forms.compare import document_to_pairs, same

_ROWS = 13
_SIGNS = ("㎡", "㎥", "‰", "℃", "№", "㈠", "㈡", "㈢", "⩾", "⩽", "√", "☑", "—", "/", "Ⅱ", "①", "㎞")


@dataclass(slots=True)
class Tally:
    """Fields seen; those that are wrong; those of these that nobody is told about; right ones that are marked."""

    fields: int = 0
    wrong: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    marked: int = 0

    def add(self, name: str, truth: Any, found: Any, is_marked: bool) -> None:
        self.fields += 1
        if same(found, truth):
            self.marked += is_marked
            return
        self.wrong.append(f"{name}: {truth!r} -> {found!r}{'' if is_marked else ' [SILENT]'}")
        if not is_marked:
            self.silent.append(self.wrong[-1])

    def __str__(self) -> str:
        return f"{self.fields} fields, {len(self.wrong)} wrong, {len(self.silent)} silent, {self.marked} right ones marked"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("part", choices=("titles", "amounts", "strokes", "signs"))
    parser.add_argument("--count", type=int, default=100, help="titles, amounts or pages")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--skip", type=int, default=0, help="pages to leave out at the beginning")
    parser.add_argument("--marks", action="store_true", help="print what is marked for a person")
    parser.add_argument("--keep", type=Path, help="keep the pictures with a fault in this folder")
    options = parser.parse_args()
    tallies = {"amounts": Tally(), "all fields": Tally()}
    tables = 0
    for number, (form, setting) in enumerate(_pages(options.part, options.count, options.seed)):
        if number < options.skip:
            continue
        document, faults = _read(form, setting), len(tallies["all fields"].wrong)
        tables += len(document["grids"]) + len(document["tables"]) - 1
        _score(document, form, tallies)
        if options.marks:
            _print_marks(document)
        new = tallies["all fields"].wrong[faults:]
        if new or len(document["grids"]) + len(document["tables"]) != 1:
            _print(number, setting, document, new)
            _keep(options.keep, number, form, setting)
    print(f"tables too many: {tables}")
    for name, tally in tallies.items():
        print(f"{name}: {tally}")


def _print(number: int, setting: Setting, document: dict[str, Any], faults: list[str]) -> None:
    bold = " bold" if setting.bold_title else ""
    how = f"{setting.face.name} {setting.size:g} pt, title {setting.title_size:g} pt{bold}, {setting.dpi} dpi, blur {setting.blur:.2f}"
    print(f"page {number}: {how}; grids {len(document['grids'])}, forms {len(document['tables'])}", *faults, sep="\n    ", flush=True)


def _keep(folder: Path | None, number: int, form: DrawnForm, setting: Setting) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        _write(form, setting, folder / f"{number:03}.png")


def _pages(part: str, count: int, seed: int) -> Iterator[tuple[DrawnForm, Setting]]:
    rng = random.Random(f"{part} {seed}")
    for number in range(count if part != "amounts" else -(-count // (_ROWS + 1))):
        face = FACES[number % len(FACES)]
        blur, skew = rng.choice((0.0, 0.4, 0.6)), rng.choice((0.0, 0.0, 0.2, -0.3))
        align = rng.choice(("center", "left", "right"))
        if part == "titles":
            size, dpi = rng.uniform(12, 30), rng.choice((100, 150, 200, 200, 300, 400, 600))
            form = title_form(rng, rng.choice(TITLES))
            size = min(size, 520 / len(form.title))
            yield form, Setting(face, 10.0, dpi, size, rng.random() < 0.5, blur, skew, align, number)
            continue
        size, dpi = rng.choice((8.0, 9.0, 10.0, 10.5, 12.0, 14.0)), rng.choice((150, 200, 200, 200, 300))
        padding = rng.choice((0.6, 1.2, 2.5)) if part == "strokes" else 2.5
        yield _form(part, rng), Setting(face, size, dpi, size + 5, False, blur, skew, align, number, padding)


def _form(part: str, rng: random.Random) -> DrawnForm:
    if part == "amounts":
        return amounts_form(rng, _ROWS)
    return strokes_form(rng, _ROWS) if part == "strokes" else signs_form(rng, rng.sample(_SIGNS, 10))


def _write(form: DrawnForm, setting: Setting, path: Path) -> Path:
    Image.fromarray(draw_page(form, setting)).save(path, dpi=(setting.dpi, setting.dpi))
    return path


def _read(form: DrawnForm, setting: Setting) -> dict[str, Any]:
    from extractors.options import ReadOptions

    with tempfile.TemporaryDirectory() as folder:
        read = jixiao.read(_write(form, setting, Path(folder) / "page.png"), ReadOptions(threads=1))
        return {"grids": [], **jixiao.clean(read).json}


def _print_marks(document: dict[str, Any]) -> None:
    for finding in document["findings"]:
        if finding["severity"] == "review":
            print("   ", finding["path"], finding["code"], finding["message"], flush=True)


def _score(document: dict[str, Any], form: DrawnForm, tallies: dict[str, Tally]) -> None:
    asked = {finding["path"] for finding in document["findings"] if finding["severity"] == "review"}
    for path, truth, found in document_to_pairs(document, form.truth()):
        marked = bool(asked & {path, path.rsplit("/", 1)[0]})
        tallies["all fields"].add(path, truth, found, marked)
        if path.endswith(("/value", "/funds/total")):
            tallies["amounts"].add(path, truth, found, marked)


if __name__ == "__main__":
    main()
