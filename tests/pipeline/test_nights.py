"""Runs as a clerk sees them, night after night: what is new, what is no form, what is ignored, what a program can watch."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import cli
from pipeline.errors import UsageError
from pipeline.inputs.ignoring import IgnoreList, PassedOver, load_ignored
from pipeline.inputs.walk import Input, walk_inputs
from tests.normalizers.forms import form_text

NOTE = "把每年的绩效目标表放在这个文件夹里，晚上自动读取。\n"
LOST_TABLE = "项目支出绩效目标表\n项目名称 道路养护\n一级指标 二级指标 三级指标 指标值\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "旧").mkdir(parents=True)
    (folder / "a.txt").write_text(form_text(), encoding="utf-8")
    (folder / "旧" / "b.txt").write_text(form_text().replace("36.5", "2.5"), encoding="utf-8")
    return folder


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    return tmp_path / "dataset"


def jixiao(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def extract(inbox: Path, dataset: Path, *words: str) -> Result:
    return jixiao("extract", inbox, "-o", dataset, "--jobs", "1", *words)


def lines(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def names(dataset: Path) -> set[str]:
    return {Path(json.loads(path.read_text(encoding="utf-8"))["document"]["path"]).name for path in (dataset / "documents").iterdir()}


def events(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stderr.splitlines() if line.startswith("{")]


def test_a_failure_ends_the_first_night_with_1_and_no_other(inbox: Path, dataset: Path) -> None:
    (inbox / "broken.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    assert extract(inbox, dataset).exit_code == 1
    second = extract(inbox, dataset)
    assert second.exit_code == 0 and "failed before" in second.output
    assert [Path(each["path"]).name for each in lines(dataset / "failures.csv")] == ["broken.pdf"]
    assert jixiao("watch", inbox, "-o", dataset, "--once", "--settle", "0").exit_code == 0
    (inbox / "new.pdf").write_bytes(b"%PDF-1.5\n%%EOF\n")
    assert extract(inbox, dataset).exit_code == 1


def test_what_is_retried_and_fails_again_is_new_again(inbox: Path, dataset: Path) -> None:
    (inbox / "broken.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    extract(inbox, dataset)
    assert jixiao("retry", dataset).exit_code == 0
    assert extract(inbox, dataset).exit_code == 1


def test_a_text_without_words_of_a_form_is_skipped_with_a_line(inbox: Path, dataset: Path) -> None:
    (inbox / "说明.txt").write_text(NOTE, encoding="utf-8")
    result = extract(inbox, dataset)
    assert result.exit_code == 0 and f"skipped: {inbox / '说明.txt'}" in result.stderr and "1 text was skipped" in result.output
    assert lines(dataset / "failures.csv") == []
    assert [(Path(each["path"]).name, each["code"]) for each in lines(dataset / "skipped.csv")] == [("说明.txt", "no-form")]
    assert "skipped:" not in extract(inbox, dataset).stderr


def test_a_form_that_lost_its_table_is_no_note(inbox: Path, dataset: Path) -> None:
    (inbox / "lost.txt").write_text(LOST_TABLE, encoding="utf-8")
    assert extract(inbox, dataset).exit_code == 1
    assert [each["code"] for each in lines(dataset / "failures.csv")] == ["no-table"]


def test_what_is_ignored_leaves_with_a_line_and_comes_back(inbox: Path, dataset: Path) -> None:
    extract(inbox, dataset)
    assert names(dataset) == {"a.txt", "b.txt"}
    assert jixiao("ignore", dataset, "旧/").output == "旧/\n"
    result = extract(inbox, dataset)
    assert names(dataset) == {"a.txt"} and "1 ignored" in result.output and "1 document: see history.csv" in result.output
    assert [(each["why"], Path(each["path"]).name) for each in lines(dataset / "history.csv")] == [("ignored", "b.txt")]
    assert jixiao("ignore", dataset, "--remove", "旧/").output == "Nothing is ignored.\n"
    assert extract(inbox, dataset).exit_code == 0
    assert names(dataset) == {"a.txt", "b.txt"}


def test_a_failure_that_is_ignored_is_over(inbox: Path, dataset: Path) -> None:
    (inbox / "README.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    extract(inbox, dataset)
    assert jixiao("ignore", dataset, inbox / "README.pdf").exit_code == 0
    assert extract(inbox, dataset).exit_code == 0
    assert lines(dataset / "failures.csv") == []


def test_a_watcher_takes_an_edit_of_the_list_as_news(inbox: Path, dataset: Path) -> None:
    watch = ("watch", inbox, "-o", dataset, "--once", "--settle", "0", "--jobs", "1")
    jixiao(*watch)
    jixiao("ignore", dataset, "b.txt")
    assert jixiao(*watch).exit_code == 0
    assert names(dataset) == {"a.txt"}


def test_a_word_that_is_no_pattern_or_not_there_is_refused(inbox: Path, dataset: Path) -> None:
    extract(inbox, dataset)
    assert jixiao("ignore", dataset, "--remove", "*.bak").exit_code == 2
    assert jixiao("ignore", inbox, "*.bak").exit_code == 2
    (dataset / "ignore.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError):
        load_ignored(dataset / "ignore.txt")


def test_patterns_are_those_of_gitignore_and_whole_paths_are_paths(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    whole = (tmp_path / "d").as_posix()
    listed = IgnoreList(["README*", "*.bak", "!keep.bak", "drafts/", "/top.txt", whole])
    for inside in ("README.md", "x/README", "x.bak", "drafts/a/b.pdf", "y/drafts/b.pdf", "top.txt"):
        assert listed.covers(inside, f"/in/{inside}"), inside
    for inside in ("keep.bak", "drafts", "x/top.txt", "readme"):
        assert not listed.covers(inside, f"/in/{inside}"), inside
    assert listed.covers("b.pdf", f"{whole}/b.pdf") and not listed.covers("b.pdf", f"{whole}2/b.pdf")


def test_what_is_passed_over_is_counted(inbox: Path, dataset: Path) -> None:
    for name in (".hidden", "a.part", "~$b.docx", "Thumbs.db"):
        (inbox / name).write_bytes(b"x")
    (inbox / ".git").mkdir()
    (inbox / ".git" / "config").write_bytes(b"x")
    passed = PassedOver()
    found = list(walk_inputs([inbox], dataset, ignored=IgnoreList(["b.txt"]), passed=passed))
    assert [each.path.name for each in found if isinstance(each, Input)] == ["a.txt"]
    assert (passed.hidden, passed.temporary, [Path(key).name for key in passed.ignored]) == (2, 3, ["b.txt"])


def test_the_summary_tells_what_is_new_before_the_whole(inbox: Path, dataset: Path) -> None:
    assert "new documents" not in extract(inbox, dataset).output
    (inbox / "c.txt").write_text(form_text().replace("36.5", "3.5"), encoding="utf-8")
    output = extract(inbox, dataset).output
    assert output.index("new documents") < output.index("the whole dataset") < output.index("\ndocuments")
    told = dict(re.split(r" {2,}", line, maxsplit=1) for line in output.splitlines() if "documents  " in line)
    assert (told["new documents"][0], told["documents"][0]) == ("1", "3")


def test_every_command_logs_its_events_with_time_and_level(inbox: Path, dataset: Path) -> None:
    (inbox / "broken.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    (inbox / "note.txt").write_text(NOTE, encoding="utf-8")
    logged = events(jixiao("--log-format", "json", "extract", inbox, "-o", dataset, "--jobs", "1"))
    assert {(each["event"], each["level"]) for each in logged} == {
        ("read", "info"), ("failed", "error"), ("skipped", "warning"), ("done", "info"),
    }  # fmt: skip
    assert all(each["at"].endswith("+00:00") for each in logged)
    done = logged[-1]
    assert (done["read"], done["failed"], done["no_form"], done["new"]["documents"], done["exit_code"]) == (2, 1, 1, 2, 1)
    wrong = jixiao("--log-format", "json", "retry", inbox)
    assert wrong.exit_code == 2 and [(each["event"], each["exit_code"]) for each in events(wrong)] == [("error", 2)]


def test_the_health_of_a_watched_folder_outlives_a_call(inbox: Path, dataset: Path) -> None:
    watch = ("watch", inbox, "-o", dataset, "--once", "--settle", "0", "--jobs", "1")
    jixiao(*watch)
    first = json.loads((dataset / "health.json").read_text(encoding="utf-8"))
    assert first["documents"] == 2 and first["rows"] > 0 and first["waiting"] == 0 and first["last_success"] <= first["at"]
    for path in inbox.rglob("*.txt"):
        path.unlink()
    inbox.joinpath("旧").rmdir()
    inbox.rmdir()
    assert jixiao(*watch).exit_code == 2
    assert json.loads((dataset / "health.json").read_text(encoding="utf-8"))["last_success"] == first["last_success"]
