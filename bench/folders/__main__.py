"""``python -m bench.folders --out DIR --seed N --count N [--pictures]``: make folders, read them, compare with the truth."""

from __future__ import annotations

import json
from pathlib import Path

import click

import jixiao
from bench.folders.make import KINDS, make_file
from bench.folders.score import Score, add_document
from bench.forms.files import pictures_to_file
from bench.forms.render import pdf_to_pictures


@click.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the files.")
@click.option("--seed", default=1, show_default=True)
@click.option("--count", default=2, show_default=True, help="Files of each kind.")
@click.option("--kinds", default=",".join(KINDS), show_default=True)
@click.option("--pictures", is_flag=True, help="The pages as pictures of 200 dpi.")
@click.option("--verbose", is_flag=True, help="Name every fault.")
def main(out: Path, seed: int, count: int, kinds: str, pictures: bool, verbose: bool) -> None:
    """Figures over all files that were made."""
    score = Score()
    for kind in kinds.split(","):
        for number in range(seed, seed + count):
            path = out / f"{kind}-{number}.pdf"
            if not path.exists():
                make_file(number, kind, out)
            truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            document = jixiao.clean(jixiao.read(_as_picture(path) if pictures else path)).json
            add_document(score, truth, document, path.stem)
    for text in [*(score.wrong if verbose else ()), *score.lines()]:
        click.echo(text)


def _as_picture(path: Path) -> Path:
    target = path.with_suffix(".tiff")
    if not target.exists():
        pictures_to_file(pdf_to_pictures(path, 200), target, 200)
    return target


if __name__ == "__main__":
    main()
