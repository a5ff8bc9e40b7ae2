"""``python -m bench.forms.samples``: make the input files and truth of ``samples/`` again.

Needs Chromium and the fonts named in ``render.py``. Another version of either gives other bytes; ``made-with.txt``
beside the samples says which made the files in the repository.
"""

from __future__ import annotations

import argparse
import dataclasses
import subprocess
from pathlib import Path

import numpy as np

from bench.forms.content import Filing, seed_to_filing
from bench.forms.degrade import Wear, wear_page
from bench.forms.files import pictures_to_file
from bench.forms.html import filing_as_laid_out, filing_to_html
from bench.forms.layout import Layout
from bench.forms.make import write_truth
from bench.forms.noise import NOISES
from bench.forms.render import find_text, html_to_pdf, pdf_to_pictures
from bench.forms.seal import county_code_to_serial, draw_seal, stamp
from bench.forms.transcript import filing_to_transcript

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PLAIN = Layout(
    font="Noto Serif CJK SC",
    size=9.0,
    line=1.0,
    padding=2.0,
    landscape=False,
    side_label=True,
    merge_level1=True,
    merge_level2=False,
    shaded=False,
    review="row",
    heads=("一级指标", "二级指标", "三级指标", "指标类型", "指标值", "计量单位", "指标解释", "评(扣)分标准", "备注"),
    year_style="（{}）年度",
    date_style="{0}年{1}月{2}日",
    operators=(),
    not_a_number="非数量指标",
    thousands=False,
    unit_label=True,
    signoff_lines=1,
    page_each=True,
    split_rows=False,
    value_align="center",
    remarks=False,
)
TRANSCRIPT_NOISE = [
    [
        "side-label-as-level1",
        "lost-bracket",
        "seal-fragment-in-blank-row",
        "shifted-satisfaction",
        "half-width-commas",
        "signoff-name-below",
    ],
    ["seal-glued-to-total", "doubled-character", "missing-units", "cut-scoring", "half-width-commas", "space-at-line-break"],
    ["total-before-its-label", "base-switch", "latex-operators", "stray-character-in-formula", "title-in-table", "signoff-on-one-line"],
]


def _laid_out(seed: int, forms: int, overall: bool, **layout: object) -> tuple[Filing, Layout]:
    chosen = dataclasses.replace(PLAIN, **layout)  # type: ignore[arg-type]
    return filing_as_laid_out(seed_to_filing(seed, forms, overall), chosen), chosen


def make_transcript(folder: Path) -> None:
    filing = seed_to_filing(7025, forms=3, overall=True)
    noises = [[NOISES[name] for name in names] for names in TRANSCRIPT_NOISE]
    (folder / "input.txt").write_text(filing_to_transcript(filing, "tsv", noises), encoding="utf-8")
    write_truth(folder / "truth.json", filing, {"noise": TRANSCRIPT_NOISE})


def make_born_digital(folder: Path) -> None:
    filing, layout = _laid_out(7006, 2, True, merge_level2=True, shaded=True, size=8.0, padding=1.0, date_style="{0}-{1:02d}-{2:02d}")
    html_to_pdf(filing_to_html(filing, layout), folder / "input.pdf")
    write_truth(folder / "truth.json", filing, {})


def make_colour_scan_seal(folder: Path) -> None:
    filing, layout = _laid_out(7003, 1, False)
    wear = Wear(dpi=200, skew=0.5, blur=0.5, noise=3, paper=242, quality=62)
    _scan(folder, "input.pdf", filing, layout, wear, seal_shift=(8, -52))


def make_bw_scan(folder: Path) -> None:
    filing, layout = _laid_out(
        7016, 1, False, merge_level2=True, review="none", font="AR PL UMing CN", size=9.5, padding=1.0, date_style="{0}.{1}.{2}"
    )
    wear = Wear(dpi=200, skew=-1.6, blur=0.7, noise=10, paper=250, speckles=45, black_white=True)
    _scan(folder, "input.tiff", filing, layout, wear)


def make_photo(folder: Path) -> None:
    filing, layout = _laid_out(7020, 1, False, side_label=False, review="line", font="Noto Sans CJK SC", size=9.5, merge_level1=False)
    wear = Wear(dpi=200, blur=0.6, noise=3, paper=246, photo=True, rotation=1, quality=60)
    _scan(folder, "input.jpg", filing, layout, wear)


def make_corrupt(folder: Path) -> None:
    """The first third of the born-digital sample."""
    whole = (folder.parent / "born-digital" / "input.pdf").read_bytes()
    (folder / "broken.pdf").write_bytes(whole[: len(whole) // 3])


def _scan(folder: Path, name: str, filing: Filing, layout: Layout, wear: Wear, seal_shift: tuple[float, float] | None = None) -> None:
    clean = html_to_pdf(filing_to_html(filing, layout), folder / "clean.pdf")
    pages = pdf_to_pictures(clean, wear.dpi)
    rng = np.random.default_rng(filing.seed)
    if seal_shift:
        ink = draw_seal(filing.county + filing.office, county_code_to_serial(filing.code, filing.seed), round(wear.dpi * 42 / 25.4))
        total = filing.forms[0].funds["total"] or ""
        _, box = find_text(clean, total)[0]
        x, y = (box[0] + box[2]) / 2 + seal_shift[0], (box[1] + box[3]) / 2 + seal_shift[1]
        pages[0] = stamp(pages[0], ink, round(x * wear.dpi / 72), round(y * wear.dpi / 72), rng, 0.9)
    clean.unlink()
    pictures_to_file([wear_page(page, wear, rng) for page in pages], folder / name, wear.dpi, wear.quality, wear.black_white)
    write_truth(folder / "truth.json", filing, {"wear": dataclasses.asdict(wear)})


MAKERS = {
    "transcript": make_transcript,
    "born-digital": make_born_digital,
    "colour-scan-seal": make_colour_scan_seal,
    "bw-scan": make_bw_scan,
    "photo": make_photo,
    "corrupt": make_corrupt,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.forms.samples", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MAKERS, []], default=[], help="samples to make; all when left out")
    for name in parser.parse_args().names or MAKERS:
        folder = SAMPLES / name
        folder.mkdir(parents=True, exist_ok=True)
        MAKERS[name](folder)
        print(folder)
    (SAMPLES / "made-with.txt").write_text("\n".join(_made_with()) + "\n", encoding="utf-8")


def _made_with() -> list[str]:
    packages = ("chromium", "fonts-noto-cjk", "fonts-arphic-uming", "fonts-wqy-zenhei")
    shown = "${Package} ${Version}\\n"
    return subprocess.run(["dpkg-query", "-W", "-f", shown, *packages], check=True, capture_output=True, text=True).stdout.split("\n")[:-1]


if __name__ == "__main__":
    main()
