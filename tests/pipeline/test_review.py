"""The review page's server: what waits, decisions that several people make, and whom it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from pipeline.cli import cli
from pipeline.dataset import Dataset
from pipeline.decisions import decision_to_line, load_decisions
from pipeline.errors import UsageError
from pipeline.review.app import make_app
from pipeline.review.making import find_finding, make_decision
from pipeline.review.queue import Queue
from pipeline.review.serving import check_address
from tests.normalizers.forms import ROWS, form_text

OWN = {"X-Jixiao": "1"}
EVIL = "<img src=x onerror=alert(1)>"
SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "born-digital" / "input.pdf"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    (folder / "in").mkdir()
    for name in "ab":
        rows = [[*row[:4], "980", *row[5:]] if row[2] == "养护验收合格率" else row for row in ROWS]
        rows = [[*row[:2], EVIL + name, *row[3:]] if row[2] == "群众出行条件" else row for row in rows]
        (folder / "in" / f"{name}.txt").write_text(form_text(rows), encoding="utf-8")
    result = CliRunner().invoke(cli, ["extract", str(folder / "in"), str(SAMPLE), "-o", str(folder / "out")])
    assert result.exit_code == 0, result.output
    return folder / "out"


@pytest.fixture
def dataset(made: Path) -> Iterator[Dataset]:
    yield Dataset(made)
    (made / "decisions.jsonl").unlink(missing_ok=True)


def client(dataset: Dataset, reviewer: str = "甲", **options: Any) -> TestClient:
    return TestClient(make_app(dataset, reviewer, **options), base_url="http://localhost")


def first_value(page: TestClient, **asked: Any) -> dict[str, Any]:
    items = page.get("/api/queue", params=asked).json()["items"]
    return next(item for item in items if item["field"] == "value")


def decide(page: TestClient, item: dict[str, Any], action: str = "correct", **more: Any) -> Any:
    body = {"sha256": item["sha256"], "finding_id": item["finding_id"], "action": action, **more}
    return page.post("/api/decide", json=body, headers=OWN)


def test_most_urgent_first_and_filters_cut(dataset: Dataset) -> None:
    page = client(dataset)
    everything = page.get("/api/queue", params={"limit": 200}).json()
    assert [each["priority"] for each in everything["items"]] == sorted(each["priority"] for each in everything["items"])
    item = first_value(page, limit=200)
    assert all(each["code"] == item["code"] for each in page.get("/api/queue", params={"code": item["code"]}).json()["items"])
    assert page.get("/api/queue", params={"q": "b.txt 980"}).json()["total"] < everything["total"]
    assert page.get("/api/queue", params={"offset": everything["total"]}).json()["items"] == []


def test_the_queue_is_read_once_until_the_dataset_is_cleaned_again(dataset: Dataset) -> None:
    queue = Queue(dataset)
    assert queue.items() is queue.items()
    before = queue.items()
    with (dataset.root / "decisions.jsonl").open("a", encoding="utf-8") as file:
        item = before[0]
        document = dataset.load_document(item.sha256)
        assert document is not None
        finding = find_finding(document, item.finding_id)
        assert finding is not None
        file.write(json.dumps(decision_to_line(make_decision(document, finding, "accept", "甲"))) + "\n")
    assert CliRunner().invoke(cli, ["clean", str(dataset.root)]).exit_code == 0
    assert queue.items() is not before and len(queue.items()) == len(before) - 1
    (dataset.root / "decisions.jsonl").unlink()
    assert CliRunner().invoke(cli, ["clean", str(dataset.root)]).exit_code == 0


def test_an_item_shows_its_form_and_its_life(dataset: Dataset) -> None:
    page = client(dataset)
    item = first_value(page, limit=200)
    view = page.get(f"/api/item/{item['sha256']}/{item['finding_id']}").json()
    assert view["finding"]["raw"] == "980" and view["life"]["label"] == "指标值"
    assert any(cell["text"] == "980" and cell["marked"] for row in view["form"]["rows"] for cell in row)


def test_a_page_and_a_crop_are_pictures_and_a_transcript_has_none(dataset: Dataset) -> None:
    page = client(dataset)
    item = first_value(page, limit=200)
    assert page.get(f"/api/crop/{item['sha256']}/{item['finding_id']}").status_code == 404
    sample = next(each for each in dataset.load_documents() if each["document"]["media_type"] == "application/pdf")
    answer = page.get(f"/api/page/{sample['document']['sha256']}/1")
    assert answer.headers["content-type"] == "image/png" and answer.content.startswith(b"\x89PNG")
    assert page.get(f"/api/page/{sample['document']['sha256']}/99").status_code == 404


def test_a_picture_is_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "in" / "a.pdf").write_bytes(SAMPLE.read_bytes())
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(cli, ["extract", "in", "-o", "out"]).exit_code == 0
    monkeypatch.chdir(tmp_path / "elsewhere")
    (document,) = Dataset(tmp_path / "out").load_documents()
    assert client(Dataset(tmp_path / "out")).get(f"/api/page/{document['document']['sha256']}/1").status_code == 200


def test_a_decision_leaves_the_queue_and_undo_brings_it_back(dataset: Dataset) -> None:
    page = client(dataset)
    item = first_value(page, limit=200)
    total = page.get("/api/queue").json()["total"]
    decision = decide(page, item, after="98").json()["decision"]
    assert decision["who"] == "甲" and page.get("/api/queue").json()["total"] == total - 1
    assert [each.decision_id for each in load_decisions(dataset)] == [decision["decision_id"]]
    assert page.post("/api/undo", json={"decision_id": decision["decision_id"]}, headers=OWN).status_code == 200
    assert page.get("/api/queue").json()["total"] == total and not load_decisions(dataset)


def test_the_same_everywhere_takes_the_other_document_along(dataset: Dataset) -> None:
    page = client(dataset)
    total = page.get("/api/queue", params={"q": "980"}).json()["total"]
    assert total >= 2
    assert decide(page, first_value(page, q="980"), after="98", everywhere=True).status_code == 200
    assert page.get("/api/queue", params={"q": "980"}).json()["total"] <= total - 2


def test_two_reviewers_lose_nothing(dataset: Dataset) -> None:
    one, other = client(dataset, "甲"), client(dataset, "乙")
    item = first_value(one, limit=200)
    first = decide(one, item, after="98").json()["decision"]
    refused = decide(other, item, after="97")
    assert refused.status_code == 409 and refused.json()["decision"]["who"] == "甲"
    assert decide(other, item, after="97", seen=first["decision_id"]).status_code == 200
    assert [each.after for each in load_decisions(dataset)] == ["97"]
    assert len((dataset.root / "decisions.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_what_does_not_fit_is_refused_with_the_reason(dataset: Dataset) -> None:
    page = client(dataset)
    refused = page.post("/api/decide", json={"sha256": "0", "finding_id": "0"}, headers=OWN)
    assert refused.json()["message"].startswith("这一条待核已不在了") and "网页" in page.post("/api/decide", json={}).text
    refused = page.post("/api/decide", json={"sha256": "0", "finding_id": "0"}, headers=OWN | {"X-Jixiao-Lang": "en"})
    assert refused.json()["message"].startswith("There is no such finding")
    page = client(dataset, lang="en")
    answer = decide(page, first_value(page, limit=200), after=" ")
    assert answer.status_code == 422 and "no corrected value" in answer.json()["message"]
    assert page.post("/api/decide", content=b"[1", headers=OWN).status_code == 400
    assert decide(page, {"sha256": "0" * 64, "finding_id": "0" * 12}).status_code == 404


@pytest.mark.parametrize("header", [{}, {"X-Jixiao": "1", "Origin": "http://elsewhere.example"}])
def test_another_sites_page_cannot_decide(dataset: Dataset, header: dict[str, str]) -> None:
    page = client(dataset)
    item = first_value(page, limit=200)
    body = {"sha256": item["sha256"], "finding_id": item["finding_id"], "action": "accept"}
    assert page.post("/api/decide", json=body, headers=header).status_code == 403 and not load_decisions(dataset)


def test_a_name_that_somebody_points_here_is_refused(dataset: Dataset) -> None:
    assert TestClient(make_app(dataset, "甲"), base_url="http://rebound.example").get("/api/queue").status_code == 400


@pytest.mark.parametrize("path", ["/web/../app.py", "/web/%2e%2e/app.py", "/web/..%2fapp.py", "/api/page/..%2f..%2fledger/1"])
def test_no_other_file_is_served(dataset: Dataset, path: str) -> None:
    assert client(dataset).get(path).status_code == 404


def test_hostile_text_is_data_and_no_script_but_ours_may_run(dataset: Dataset) -> None:
    page = client(dataset)
    answer = page.get("/api/queue", params={"limit": 200})
    assert answer.headers["content-type"].startswith("application/json")
    shell = page.get("/")
    assert "script-src 'self'" in shell.headers["content-security-policy"] and EVIL not in shell.text
    script = page.get("/web/review.js").text
    assert not any(word in script for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("))


def test_a_token_is_asked_for_and_leaves_the_address(dataset: Dataset) -> None:
    page = client(dataset, token="t" * 20)
    assert page.get("/api/queue").status_code == 403 and page.get("/api/queue?token=wrong").status_code == 403
    welcome = page.get(f"/?token={'t' * 20}", follow_redirects=False)
    assert welcome.status_code == 303 and welcome.headers["location"] == "/"
    assert "HttpOnly" in welcome.headers["set-cookie"] and "samesite=strict" in welcome.headers["set-cookie"].lower()
    assert page.get("/api/queue").status_code == 200


def test_an_address_of_the_network_needs_a_token() -> None:
    check_address("127.0.0.1", None)
    check_address("192.0.2.7", "t" * 16)
    for host, token in (("0.0.0.0", None), ("192.0.2.7", "t" * 15)):
        with pytest.raises(UsageError):
            check_address(host, token)


def test_a_folder_that_is_no_dataset_is_refused(tmp_path: Path) -> None:
    assert CliRunner().invoke(cli, ["review", str(tmp_path), "--no-browser"]).exit_code == 2
