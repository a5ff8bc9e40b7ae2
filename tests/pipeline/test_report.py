"""The report and the sample behind its bound, on datasets that a run made."""

from __future__ import annotations

import json
from html import escape
from math import comb
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.dataset import Dataset
from pipeline.report.bound import at_most, upper_bound
from pipeline.report.sample import Judging, accepted_values, draw_sample, read_sample
from pipeline.report.strata import choose
from pipeline.review.app import make_app
from tests.normalizers.forms import form_text
from tests.pipeline.commands import run
from tests.pipeline.test_cleaning import filed

EVIL = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    (folder / "in").mkdir()
    for number in range(4):
        text = filed(project=f"第{number}号项目{EVIL}", unit=f"云田县公路{number % 2}局")
        (folder / "in" / f"{number}.txt").write_text(text.replace("群众出行条件", f"群众{EVIL}条件"), encoding="utf-8")
    (folder / "in" / "bad.pdf").write_bytes(b"%PDF-1.4 cut")
    assert run("extract", folder / "in", "-o", folder / "out").exit_code == 1
    return folder / "out"


def test_the_report_is_one_file_that_asks_for_nothing_else(root: Path) -> None:
    assert run("report", root).exit_code == 0
    page = (root / "report.html").read_text(encoding="utf-8")
    assert escape(EVIL) in page and not [word for word in ("<script", "src=", "href=") if word in page]
    assert "云田县公路0局" in page and ">73<" in page and "bad.pdf" in page and "尚未抽样核对" in page


def test_the_report_speaks_english_when_it_is_asked(root: Path, tmp_path: Path) -> None:
    assert run("report", root, "-o", tmp_path / "new" / "en.html", "--lang", "en").exit_code == 0
    page = (tmp_path / "new" / "en.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page and "Corrections by rule" in page and "按规则" not in page
    assert run("report", root, "--lang", "fr").exit_code == 2


def test_the_next_report_says_what_changed(root: Path) -> None:
    run("report", root)
    (root.parent / "in" / "more.txt").write_text(form_text(), encoding="utf-8")
    run("extract", root.parent / "in", "-o", root)
    run("report", root)
    assert "+1</span>" in (root / "report.html").read_text(encoding="utf-8")


def test_the_same_seed_draws_the_same_values_in_the_shares_of_the_dataset(root: Path) -> None:
    dataset = Dataset(root)
    drawn = draw_sample(dataset, 40, 7).values
    assert len(drawn) == 40 and drawn == draw_sample(dataset, 40, 7).values and drawn != draw_sample(dataset, 40, 8).values
    everything = list(accepted_values(dataset))
    for stratum in {each["stratum"] for each in everything}:
        share = sum(each["stratum"] == stratum for each in everything) / len(everything)
        assert abs(sum(each["stratum"] == stratum for each in drawn) - 40 * share) <= 1
    assert len(draw_sample(dataset, 10**6, 1).values) == len(everything)


def test_judged_values_give_the_bound(root: Path) -> None:
    dataset = Dataset(root)
    assert run("sample", root, "--n", "30", "--seed", "5").exit_code == 0
    page = TestClient(make_app(dataset, "甲", of_sample=True), base_url="http://localhost")
    items = page.get("/api/queue", params={"limit": 100}).json()["items"]
    assert len(items) == len(read_sample(dataset).values) == 30
    wrong = next(item for item in items if item["field"] == "level3")
    for item in items:
        body = {"sha256": item["sha256"], "finding_id": item["finding_id"], "action": "accept"}
        if item is wrong:
            body |= {"action": "correct", "after": "别的名称"}
        answer = page.post("/api/decide", json=body, headers={"X-Jixiao": "1"})
        assert answer.status_code in (200, 409), answer.text
    found = Judging(dataset).result
    assert (found.wrong, found.unreadable, found.seen) == (1, 0, 30)
    run("report", root)
    assert f"{100 * upper_bound(1, 30):.3g} %" in (root / "report.html").read_text(encoding="utf-8")
    (root / "decisions.jsonl").unlink()


def test_every_value_has_the_same_chance_whatever_its_stratum() -> None:
    sizes = {"large": 1000, "small": 7, "single": 1, "middle": 92}
    drawn = {name: sum(len(choose(sizes, 110, seed)[name]) for seed in range(500)) / 500 for name in sizes}
    assert drawn == pytest.approx({"large": 100, "small": 0.7, "single": 0.1, "middle": 9.2}, abs=0.1)
    assert all(sum(map(len, choose(sizes, 110, seed).values())) == 110 for seed in range(50))
    assert {name: len(places) for name, places in choose(sizes, 5000, 1).items()} == sizes


def test_what_nobody_can_read_counts_as_wrong_and_what_was_decided_before_is_not_counted(root: Path) -> None:
    dataset = Dataset(root)
    run("sample", root, "--n", "12", "--seed", "2")
    page = TestClient(make_app(dataset, "甲"), base_url="http://localhost")
    assert page.get("/api/settings").json()["sample"] == 12
    items = page.get("/api/queue", params={"queue": "sample", "limit": 100}).json()["items"]
    assert [item["finding_id"] for item in items] == [each["finding_id"] for each in read_sample(dataset).values]
    one, other = items[:2]
    for item, action in ((one, "unreadable"), (other, "accept")):
        body = {"sha256": item["sha256"], "finding_id": item["finding_id"], "action": action}
        assert page.post("/api/decide", json=body, headers={"X-Jixiao": "1"}).status_code == 200
    assert page.get("/api/queue", params={"queue": "sample"}).json()["total"] == 10
    found = Judging(dataset).result
    assert (found.seen, found.wrong, found.unreadable, found.not_right) == (2, 0, 1, 1)
    lines = (root / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    earlier = [{**json.loads(line), "finding_id": None, "when": "2020-01-01T00:00:00Z"} for line in lines]
    (root / "decisions.jsonl").write_text("".join(json.dumps(line) + "\n" for line in earlier), encoding="utf-8")
    assert Judging(dataset).result.seen == 0
    (root / "decisions.jsonl").unlink()


def test_a_sampled_value_that_is_delivered_otherwise_by_now_is_told(root: Path) -> None:
    dataset = Dataset(root)
    run("sample", root, "--n", "5")
    value = json.loads(dataset.sample.read_text(encoding="utf-8"))
    value["values"][0]["value"] = "另一个值"
    dataset.sample.write_text(json.dumps(value), encoding="utf-8")
    judging = Judging(dataset)
    for document in dataset.load_documents():
        judging.look(document)
    assert judging.end().changed == 1
    dataset.sample.write_text("[]", encoding="utf-8")
    assert run("report", root).exit_code == 2
    dataset.sample.unlink()


@pytest.mark.parametrize(("errors", "seen", "bound"), [(0, 59, 0.0495), (0, 58, 0.0503), (2, 100, 0.0616), (10, 10, 1.0)])
def test_the_bound_is_that_of_the_tables(errors: int, seen: int, bound: float) -> None:
    assert upper_bound(errors, seen) == pytest.approx(bound, abs=5e-5)


@pytest.mark.parametrize(("errors", "seen"), [(0, 0), (2, 1), (-1, 5)])
def test_nothing_is_said_from_nothing(errors: int, seen: int) -> None:
    with pytest.raises(ValueError):
        upper_bound(errors, seen)


@pytest.mark.parametrize("rate", [0.001, 0.005, 0.01, 0.02, 0.1])
def test_the_bound_covers_the_true_rate_in_95_of_100_samples(rate: float) -> None:
    seen = 300
    fewest = next(errors for errors in range(seen + 1) if upper_bound(errors, seen) >= rate)
    assert sum(comb(seen, errors) * rate**errors * (1 - rate) ** (seen - errors) for errors in range(fewest)) <= 0.05


def test_the_bound_of_a_large_sample_is_exact() -> None:
    bound = upper_bound(1500, 3000)
    assert at_most(1500, 3000, bound) == pytest.approx(0.05, abs=1e-9) and 0.515 < bound < 0.5152


def test_a_folder_that_is_no_dataset_is_refused(tmp_path: Path) -> None:
    assert run("report", tmp_path).exit_code == 2 and run("sample", tmp_path).exit_code == 2
