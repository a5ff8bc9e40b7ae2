"""One form file with its truth, by level: d0 born digital, d1 clean scan, d2 colour scan with seals,
d3 black and white with seals, d4 photograph, d5 scan with mishaps of the office."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.forms.content import Filing, seed_to_filing
from bench.forms.damage import DAMAGES, damages_to_wear
from bench.forms.degrade import Wear, wear_page
from bench.forms.files import pictures_to_file
from bench.forms.html import filing_as_laid_out, filing_to_html
from bench.forms.layout import Layout, seed_to_layout
from bench.forms.mishaps import MISHAPS
from bench.forms.noise import NOISES
from bench.forms.render import find_text, html_to_pdf, pdf_to_pictures
from bench.forms.seal import county_code_to_serial, draw_name_chop, draw_oval_seal, draw_seal, stamp
from bench.forms.transcript import STYLES, filing_to_transcript
from bench.forms.truth import filing_to_truth

LEVELS = ("d0", "d1", "d2", "d3", "d4", "d5")
TRANSCRIPT = "t0"
PLACES = ("amount", "budget", "signoff", "signoff", "free")
# Millimetres across, by kind.
SEAL_MM = {"round": 42, "oval": 45, "chop": 20}


def make_form(
    seed: int, level: str, folder: Path, filing: Filing | None = None, layout: Layout | None = None, damages: Sequence[str] | None = None
) -> Path:
    """Write ``<level>-<seed>`` as a file and as ``.json`` truth; returns the file.

    Args:
        damages: names of ``DAMAGES`` that befall the pages instead of seals and mishaps drawn by the seed; only with d5.
    """
    layout = layout or seed_to_layout(seed)
    filing = filing_as_laid_out(filing or seed_to_filing(seed), layout)
    folder.mkdir(parents=True, exist_ok=True)
    path = html_to_pdf(filing_to_html(filing, layout), folder / f"{level}-{seed}.pdf")
    facts: dict[str, Any] = {"level": level, "layout": _as_facts(layout)}
    if level != "d0":
        path = _wear_file(path, filing, level, facts, damages)
    write_truth(folder / f"{level}-{seed}.json", filing, facts)
    return path


def make_transcript(seed: int, folder: Path) -> Path:
    """Write ``t0-<seed>.txt`` with up to six slips a form, and its truth."""
    rng, filing = random.Random(f"transcript {seed}"), seed_to_filing(seed)
    style = rng.choice(STYLES)
    names = [rng.sample(sorted(NOISES), rng.randint(0, 6)) for _ in filing.forms]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{TRANSCRIPT}-{seed}.txt"
    path.write_text(filing_to_transcript(filing, style, [[NOISES[name] for name in each] for each in names]), encoding="utf-8")
    write_truth(path.with_suffix(".json"), filing, {"style": style, "noise": names})
    return path


def write_truth(path: Path, filing: Filing, facts: dict[str, Any]) -> None:
    truth = {**filing_to_truth(filing), **facts}
    path.write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _as_facts(layout: Layout) -> dict[str, Any]:
    return {name: getattr(layout, name) for name in layout.__dataclass_fields__}


def _wear_file(path: Path, filing: Filing, level: str, facts: dict[str, Any], damages: Sequence[str] | None) -> Path:
    rng, picker = np.random.default_rng(filing.seed), random.Random(f"wear {filing.seed}")
    wears = draw_wear(level, picker)
    places = draw_seal_places(level, picker)
    names = list(damages) if damages is not None else picker.sample(sorted(MISHAPS), picker.randint(1, 3)) if level == "d5" else []
    chosen = [DAMAGES[name] for name in names]
    kinds = ["round"] if damages is None else [each.seal for each in chosen if each.seal]
    wears = damages_to_wear(names, wears, picker)
    pages = pdf_to_pictures(path, wears.dpi)
    for kind in kinds:
        for place in places or ["amount"]:
            pages = stamp_place(path, pages, wears.dpi, filing, place, rng, picker, kind)
    for each in chosen:
        pages = [each.paper(page, rng) for page in pages] if each.paper else pages
        pages = each.sheets(pages) if each.sheets else pages
    pages = [wear_page(page, _jitter(wears, picker), rng) for page in pages]
    for each in chosen:
        pages = [each.glass(page, rng) for page in pages] if each.glass else pages
    pixels = next((each.pixels for each in chosen if each.pixels), None)
    suffix = picker.choice((".pdf", ".pdf", ".tiff") if len(pages) > 1 else (".pdf", ".jpg", ".png", ".tiff"))
    suffix = ".tiff" if pixels else ".pdf" if suffix == ".png" and not wears.black_white else suffix
    facts |= {
        "wear": {name: getattr(wears, name) for name in wears.__dataclass_fields__},
        "seals": places if kinds else [],
        "mishaps": names,
    }
    path.unlink()
    return pictures_to_file(pages, path.with_suffix(suffix), pixels or wears.dpi, wears.quality, wears.black_white)


def draw_seal_places(level: str, picker: random.Random) -> list[str]:
    if level in ("d0", "d1"):
        return []
    count = picker.choice((1, 1, 1, 2)) if level != "d4" else picker.choice((0, 1, 1))
    return picker.sample(PLACES, count)


def draw_wear(level: str, picker: random.Random) -> Wear:
    if level == "d1":
        return Wear(picker.choice((200, 300)), picker.uniform(-0.4, 0.4), picker.uniform(0.3, 0.7), 3, picker.randint(240, 255), quality=85)
    if level == "d5":
        dpi, skew = picker.choice((150, 200)), picker.uniform(-1, 1)
        return Wear(dpi, skew, picker.uniform(0.3, 0.7), 5, picker.randint(225, 250), fade=picker.uniform(0, 0.2), quality=70)
    if level == "d2":
        skew, blur = picker.uniform(-1, 1), picker.uniform(0.4, 0.9)
        return Wear(200, skew, blur, 5, picker.randint(228, 248), fade=picker.uniform(0, 0.2), quality=70)
    if level == "d3":
        dpi, skew, blur = picker.choice((200, 200, 300)), picker.uniform(-1.8, 1.8), picker.uniform(0.6, 1.1)
        return Wear(dpi, skew, blur, 12, 250, speckles=picker.randint(20, 90), black_white=True)
    rotation = picker.choice((0, 0, 0, 1, 2, 3))
    return Wear(210, picker.uniform(-1.5, 1.5), picker.uniform(0.5, 0.9), 5, 245, photo=True, rotation=rotation, quality=75)


def _jitter(wear: Wear, picker: random.Random) -> Wear:
    """Each sheet lies a little differently."""
    return Wear(**{**{name: getattr(wear, name) for name in wear.__dataclass_fields__}, "skew": wear.skew * picker.uniform(0.3, 1.0)})


def stamp_place(
    path: Path,
    pages: list[np.ndarray],
    dpi: int,
    filing: Filing,
    place: str,
    rng: np.random.Generator,
    picker: random.Random,
    kind: str = "round",
) -> list[np.ndarray]:
    """Stamp every place of this sort; at most one seal a page."""
    ink = _seal_ink(kind, filing, round(dpi * SEAL_MM[kind] / 25.4))
    pages, done = list(pages), set()
    for page, x, y in seal_centres(path, filing, place, picker, kind):
        if page not in done:
            pages[page] = stamp(pages[page], ink, round(x * dpi / 72), round(y * dpi / 72), rng, picker.uniform(0.6, 0.9))
            done.add(page)
    return pages


def _seal_ink(kind: str, filing: Filing, size: int) -> np.ndarray:
    if kind == "chop":
        return draw_name_chop(filing.forms[0].responsible, size)
    name, serial = filing.county + filing.office, county_code_to_serial(filing.code, filing.seed)
    return draw_oval_seal(name, serial, size) if kind == "oval" else draw_seal(name, serial, size)


def seal_centres(path: Path, filing: Filing, place: str, picker: random.Random, kind: str = "round") -> list[tuple[int, float, float]]:
    """Page index and point. Seals on amounts are moved so that what is written on them crosses the amount."""
    if place == "free":
        return [(0, picker.uniform(120, 450), picker.uniform(250, 550))]
    if place == "signoff":
        boxes = find_text(path, "单位负责人")
        return [(page, box[2] + picker.uniform(0, 25), box[1] + picker.uniform(-20, 10)) for page, box in boxes]
    label = "年度资金总额" if place == "amount" else "预算成本"
    amounts = [form.funds.get("total") if place == "amount" else form.rows[0].value for form in filing.forms]
    shown = [hit for amount in dict.fromkeys(amounts) if amount for hit in find_text(path, amount)]
    centres = []
    for page, box in find_text(path, label):
        near = [b for p, b in shown if p == page and abs(b[1] + b[3] - box[1] - box[3]) < 24 and b[0] > box[0]]
        if near:
            middle = (near[0][0] + near[0][2]) / 2
            away = {"round": (50, -40, 52, -44), "oval": (0, 30, -30, 4), "chop": (12, -12, 16, -16)}[kind]
            centres.append((page, middle + picker.uniform(-6, 6), near[0][1] - picker.choice(away)))
    return centres
