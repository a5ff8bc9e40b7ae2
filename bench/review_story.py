"""The review page end to end, in two real browsers at once: filter, correct, everywhere, undo, a conflict, reload, clean, still there.

    python -m bench.review_story DATASET [--browser PATH]

Needs the package playwright and a Chromium on the machine. The dataset is copied first; each step that does not come out as it
must ends the story with a line that says so.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from bench.review_page import _comes, _serve, _waiting
from pipeline.cli import cli
from pipeline.dataset import Dataset
from pipeline.pointers import pointed

_READY = "document.getElementById('count').textContent !== '' && (state.view !== null || state.total === 0)"
# Fields that any words fit.
_FREE = ("unit", "explanation", "scoring_standard", "remark", "level3", "overall_goal", "project_name", "department")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--browser", default=shutil.which("chromium") or "", help="path of Chromium")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "dataset"
        shutil.copytree(chosen.dataset, copy)
        (copy / "decisions.jsonl").unlink(missing_ok=True)
        server, address = _serve(copy)
        try:
            corrected = tell(address, chosen.browser, copy)
        finally:
            server.terminate()
            server.wait()
        for _ in range(2):
            must(CliRunner().invoke(cli, ["clean", str(copy)]).exit_code == 0, "clean after the decisions")
        for sha256, path, text in corrected:
            document = Dataset(copy).load_document(sha256)
            must(document is not None and pointed(document, path) == text, f"after clean {path} is {text}")


def tell(address: str, browser: str, dataset: Path) -> list[tuple[str, str, str]]:
    """The story; returns what was corrected, as content, path, text."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as library:
        started = library.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        errors: list[str] = []
        first, second = (opened(started, address, name, errors) for name in ("甲", "乙"))
        everything = _waiting(first)
        filter_by_code(first, everything)
        corrected = [correct(first, number) for number in range(3)]
        everywhere_and_back(first)
        conflict(first, second)
        in_turns(first, second)
        left = _waiting(first)
        for page in (first, second):
            page.reload()
            must(_comes(page, _READY) and _waiting(page) <= left, "the same waits after a reload")
        must(errors == [], f"no error on either page {errors}")
        started.close()
    lines = [json.loads(line) for line in (dataset / "decisions.jsonl").read_text(encoding="utf-8").splitlines()]
    names = {line.get("who") for line in lines}
    must(names == {"甲", "乙"}, f"decisions.jsonl: {len(lines)} lines of both")
    return corrected


def opened(started: Any, address: str, name: str, errors: list[str]) -> Any:
    page = started.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    page.wait_for_selector("#queue li[aria-current=true]")
    page.fill("#who", name)
    page.keyboard.press("Escape")
    must(_comes(page, "state.view !== null"), f"the page of {name} is open, {_waiting(page)} wait")
    return page


def filter_by_code(page: Any, everything: int) -> None:
    code = page.evaluate("state.items[0].code")
    page.select_option("#code", code)
    must(_comes(page, f"state.view !== null && state.items.every(each => each.code === '{code}')"), f"{code} alone: {_waiting(page)}")
    page.select_option("#code", "")
    must(_comes(page, f"state.view !== null && state.total === {everything}"), "all of them again")


def correct(page: Any, number: int) -> tuple[str, str, str]:
    """Another value for the next field that any words fit, by keys."""
    while not page.evaluate(f"{json.dumps(_FREE)}.includes(state.view.finding.field)"):
        at = page.evaluate("state.at")
        page.keyboard.press("j")
        must(_comes(page, f"state.at > {at} && state.view !== null"), "the next one")
    item = page.evaluate("[state.items[state.at].sha256, state.view.finding.path]")
    before, text = _waiting(page), f"核定{number}"
    page.keyboard.press("e")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    must(_comes(page, f"state.total < {before} && state.view !== null"), f"corrected {item[1]}")
    return item[0], item[1], text


def everywhere_and_back(page: Any) -> None:
    while not page.evaluate("Boolean(state.view.finding.raw && state.view.finding.field)"):
        page.keyboard.press("j")
        page.wait_for_timeout(300)
    before = _waiting(page)
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    must(_comes(page, f"state.total < {before} && state.view !== null"), f"right everywhere: {before - _waiting(page)} answered")
    page.keyboard.press("z")
    must(_comes(page, f"state.total === {before} && state.view !== null"), "undone")


def conflict(first: Any, second: Any) -> None:
    """Both look at the same finding; who comes second is told, and may decide all the same."""
    second.reload()
    must(_comes(second, "state.view !== null"), "the second looks")
    first.reload()
    must(_comes(first, "state.view !== null"), "the first looks")
    same = first.evaluate("state.items[state.at].finding_id") == second.evaluate("state.items[state.at].finding_id")
    must(same, "at the same one")
    before = _waiting(first)
    first.keyboard.press("u")
    must(_comes(first, f"state.total < {before} && state.view !== null"), "the first decides")
    second.keyboard.press("u")
    must(_comes(second, "document.getElementById('message').textContent.includes('甲')"), "the second is told")
    second.keyboard.press("u")
    must(_comes(second, f"state.total < {before} && state.view !== null"), "and decides as well")


def in_turns(first: Any, second: Any) -> None:
    """Both go on from where they are; nothing of either is lost."""
    for page in (first, second, first):
        page.reload()
        must(_comes(page, _READY), "the queue is there")
        before = _waiting(page)
        if before:
            page.keyboard.press("Enter")
            must(_comes(page, f"state.total < {before}"), f"{before} wait, one less")


def must(holds: bool, what: str) -> None:
    print(f"{'yes' if holds else 'NO '}  {what}", flush=True)
    if not holds:
        sys.exit(1)


if __name__ == "__main__":
    main()
