"""Drive the review page in a real browser by the keyboard alone: keystrokes and seconds for each finding, decisions kept.

    python -m bench.review_page DATASET [--count 100] [--pictures FOLDER]

Needs the package playwright and a Chromium on the machine (``--browser PATH``).
The dataset is copied first; decisions are made on the copy.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SIZES = ((1280, 800), (1920, 1080))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.review_page", description=__doc__)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--count", type=int, default=100, help="findings to decide")
    parser.add_argument("--pictures", type=Path, help="keep screenshots at 1280 and 1920 here")
    parser.add_argument("--browser", default=shutil.which("chromium") or "", help="path of Chromium")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "dataset"
        shutil.copytree(chosen.dataset, copy)
        server, address = _serve(copy)
        try:
            _drive(chosen, address)
        finally:
            server.terminate()
            server.wait()
        lines = (copy / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
        print(f"decisions.jsonl: {len(lines)} lines")


def _serve(dataset: Path) -> tuple[subprocess.Popen[str], str]:
    command = [sys.executable, "-m", "pipeline.cli", "review", str(dataset), "--port", "0", "--no-browser", "--reviewer", "甲"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    return server, server.stdout.readline().split()[1]


def _drive(chosen: argparse.Namespace, address: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as library:
        browser = library.chromium.launch(executable_path=chosen.browser, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        page.wait_for_selector("#queue li[aria-current=true]")
        page.wait_for_load_state("networkidle")
        if chosen.pictures:
            _photograph(page, chosen.pictures)
        _decide_all(page, chosen.count)
        browser.close()
    print(f"errors of the page: {errors or 'none'}")


def _photograph(page: Any, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(300)
        page.screenshot(path=str(folder / f"review-{width}.png"))


def _decide_all(page: Any, count: int) -> None:
    """Two of three are right as they are, one gets another value, each by keys alone."""
    keys, seconds = 0, []
    waiting = _waiting(page)
    done, left = 0, waiting
    while done < count and left:
        began = time.perf_counter()
        if done % 3 == 2 and page.evaluate("state.view && state.view.finding.field !== null"):
            for key in ("e", "Enter"):
                page.keyboard.press(key)
            keys += 2
        else:
            page.keyboard.press("Enter")
            keys += 1
        # One decision may answer several findings of a cell.
        there = f"state.total < {left} && (state.view !== null || state.total === 0)"
        if not _comes(page, there):  # a value that does not fit: say that it is right as it is
            page.keyboard.press("Escape")
            page.keyboard.press("Enter")
            keys += 2
            if not _comes(page, there):
                raise SystemExit(f"The page stands still after {done}, {left} wait: {page.text_content('#message')}")
        seconds.append(time.perf_counter() - began)
        done, left = done + 1, _waiting(page)
    if done:
        each = f"{keys / (waiting - left):.2f} keys a finding, {statistics.median(seconds):.3f} s until the next stands there (median)"
        print(f"{waiting - left} findings by {done} decisions, {each}")
    page.keyboard.press("z")
    _comes(page, f"state.total > {left}")
    page.reload()
    page.wait_for_selector("#queue li[aria-current=true]")
    _comes(page, "state.view !== null")
    print(f"after undo and reload {_waiting(page)} wait; before undo {left}")


def _comes(page: Any, expression: str, seconds: float = 4.0) -> bool:
    """Looked at again and again from outside: the page's own policy lets nobody evaluate text inside."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if page.evaluate(expression):
            return True
        time.sleep(0.01)
    return False


def _waiting(page: Any) -> int:
    return int(page.evaluate("state.total"))


if __name__ == "__main__":
    main()
