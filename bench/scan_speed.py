"""Pages per second of the whole extraction against OCR over the full page.

The same pictures (each page rendered once), the same models, the same number
of threads, one process each, interleaved. Ours reads the pages, as those of
one document, and cleans them to tables; the peers only find and read text,
page by page. Printed: the median of the rounds with the spread, and where our
time goes. With one thread a process does what a worker of a bulk run does;
with more, ours reads two pages at a time, and the peers spread their models
over the cores.

    python -m bench.scan_speed samples/bw-scan/input.tiff samples/colour-scan-seal/input.pdf
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jixiao

# All pages as one file, beside the pictures of them.
DOCUMENT = "pages.tiff"
READERS = ("jixiao", "rapidocr", "paddleocr")
# Functions whose share of the time is told, by what they do.
WANTED = {
    "make_level": "make_level: light, skew, perspective",
    "find_turns": "find_turns: which end is up",
    "take_off_streaks": "take_off_streaks: both looks, within make_level and take_apart",
    "take_apart": "take_apart: seals, ink, rulings",
    "find_rings": "find_rings: within take_apart",
    "rulings_to_tables": "rulings_to_tables",
    "read_cells": "read_cells: all cells",
    "recognize_running": "recognize_running: running text, within read_cells",
    "_recognize_short": "_recognize_short: first reading of short cells, within read_cells",
    "_recognize_again": "_recognize_again: second reading of short cells, within read_cells",
    "_recognize_sealed": "_recognize_sealed: within read_cells",
    "read_lines": "read_lines: detection and reading outside the tables",
    "document_to_value": "document_to_value: cleaning",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("inputs", nargs="+", type=Path, help="scans: PDF or pictures")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, action="append", help="may be given again; by default 1, and the number of cores")
    parser.add_argument("--reader", choices=READERS, help="(internal) be the process of one reader")
    options = parser.parse_args()
    all_threads = options.threads or sorted({1, os.cpu_count() or 1})
    if options.reader:
        _serve(options.reader, options.inputs, all_threads[0])
        return
    with tempfile.TemporaryDirectory() as folder:
        pages = _render(options.inputs, Path(folder))
        for threads in all_threads:
            _print_machine(threads, len(pages))
            _compare(pages, options.rounds, threads)


def _render(inputs: list[Path], folder: Path) -> list[Path]:
    """Each page once, as a PNG with its resolution, so that all read the same pixels; besides, all in ``DOCUMENT``."""
    from PIL import Image

    pages: list[Path] = []
    for path in inputs:
        for number, (picture, dpi) in enumerate(pictures_of(path)):
            page = folder / f"{len(pages):03d}-{path.stem}-{number}.png"
            Image.fromarray(picture[:, :, ::-1]).save(page, dpi=(dpi or 200, dpi or 200))
            pages.append(page)
    first, *others = [Image.open(page) for page in pages]
    for other in others:
        other.encoderinfo = {"dpi": other.info["dpi"]}
    first.save(folder / DOCUMENT, save_all=True, append_images=others, compression="tiff_deflate", dpi=first.info["dpi"])
    return pages


def pictures_of(path: Path) -> Iterator[tuple[Any, float | None]]:
    """Each page of a PDF or picture file as BGR uint8, and its dpi."""
    import pypdfium2

    from extractors.identify import identify
    from extractors.pdf.reader import PDF
    from extractors.pdf.rendering import page_to_picture
    from extractors.pictures.frames import frame_count, read_frame

    if identify(path) == PDF:
        yield from (page_to_picture(page, path.name) for page in pypdfium2.PdfDocument(path))
    else:
        yield from (read_frame(path, index) for index in range(frame_count(path)))


def _compare(pages: list[Path], rounds: int, threads: int) -> None:
    servers = {name: _start(name, pages, threads) for name in READERS}
    seconds: dict[str, list[float]] = {name: [] for name in READERS}
    processor: dict[str, list[float]] = {name: [] for name in READERS}
    for number in range(rounds + 1):
        for name in READERS:
            answer = _ask(servers[name])
            if number:  # the first round loads models
                seconds[name].append(answer["seconds"])
                processor[name].append(answer["processor"])
            if number == rounds and answer["profile"]:
                print(answer["profile"])
    for server in servers.values():
        server.stdin.close()
        server.wait()
    ours = statistics.median(seconds["jixiao"])
    for name in READERS:
        middle, low, high = statistics.median(seconds[name]), min(seconds[name]), max(seconds[name])
        per_page = f"{middle / len(pages):.2f} s a page ({low / len(pages):.2f}-{high / len(pages):.2f})"
        used = f"{statistics.median(processor[name]) / len(pages):.2f} processor s a page"
        print(f"{name:10s} {len(pages) / middle:6.2f} pages/s  {per_page}  {used}  {middle / ours:5.2f} times our time")


def _start(name: str, pages: list[Path], threads: int) -> Any:
    command = [sys.executable, "-m", "bench.scan_speed", "--reader", name, "--threads", str(threads), *map(str, pages)]
    environment = {**os.environ, "OMP_NUM_THREADS": str(threads), "PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK": "True"}
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)


def _ask(server: Any) -> dict[str, Any]:
    server.stdin.write("round\n")
    server.stdin.flush()
    while line := server.stdout.readline():
        if line.startswith("{"):
            answer: dict[str, Any] = json.loads(line)
            return answer
    raise SystemExit("A reader died; run it alone with --reader to see why.")


def _serve(name: str, pages: list[Path], threads: int) -> None:
    import cv2

    cv2.setNumThreads(threads)
    read = {"jixiao": _jixiao, "rapidocr": _rapidocr, "paddleocr": _paddleocr}[name](threads)
    files = [pages[0].with_name(DOCUMENT)] if name == "jixiao" else pages
    for _ in sys.stdin:
        start, used = time.perf_counter(), time.process_time()
        for file in files:
            read(file)
        taken = {"seconds": time.perf_counter() - start, "processor": time.process_time() - used}
        print(json.dumps({**taken, "profile": _profile(pages) if name == "jixiao" else ""}), flush=True)


def _jixiao(threads: int) -> Callable[[Path], Any]:
    """Reading, cleaning and the contract's JSON, as ``jixiao extract`` does for one document."""
    from extractors.options import ReadOptions

    options = ReadOptions(threads=threads, device="cpu")
    return lambda page: json.dumps(jixiao.clean(jixiao.read(page, options)).json, ensure_ascii=False)


def _rapidocr(threads: int) -> Callable[[Path], Any]:
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"EngineConfig.onnxruntime.intra_op_num_threads": threads, "Global.text_score": 0.0})
    return lambda page: engine(str(page))


def _paddleocr(threads: int) -> Callable[[Path], Any]:
    engine = open_paddleocr(threads)
    return lambda page: engine.predict(str(page))


def open_paddleocr(threads: int) -> Any:
    """PaddleOCR over the full page with the models that we read with; no threshold of score."""
    from paddleocr import PaddleOCR

    from extractors.ocr.models import find_model

    found, read = find_model("det", None, None), find_model("rec", None, None)
    return PaddleOCR(
        text_detection_model_name=found.name, text_detection_model_dir=str(found.path),
        text_recognition_model_name=read.name, text_recognition_model_dir=str(read.path),
        use_doc_orientation_classify=False, use_doc_unwarping=False, use_textline_orientation=False,
        engine="onnxruntime", engine_config={"intra_op_num_threads": threads}, text_rec_score_thresh=0.0, device="cpu",
    )  # fmt: skip


def _profile(pages: list[Path]) -> str:
    """Where one page's time goes, by the functions that matter; with one thread, for the profiler sees no other."""
    import cProfile
    import pstats

    read = _jixiao(1)
    read(pages[0])
    profile = cProfile.Profile()
    profile.runcall(read, pages[0])
    stats = pstats.Stats(profile)
    rows = [(figures[3], WANTED[key[2]]) for key, figures in stats.stats.items() if key[2] in WANTED]  # type: ignore[attr-defined]
    total = stats.total_tt  # type: ignore[attr-defined]
    lines = [f"  {share:6.2f} s {share / total:5.0%} {name}" for share, name in sorted(rows, reverse=True)]
    return "\n".join([f"where the time of one page goes with one thread ({total:.2f} s under the profiler):", *lines])


def _print_machine(threads: int, pages: int) -> None:
    names = ("onnxruntime", "openvino", "paddleocr", "paddlex", "rapidocr", "opencv-contrib-python", "numpy")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores{load}, {threads} threads, {pages} pages\n{versions}")


if __name__ == "__main__":
    main()
