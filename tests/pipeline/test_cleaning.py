"""Cleaning again what changed gives what cleaning all gives; the same form twice; a path with other bytes."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.options import ReadOptions
from extractors.reads import read_to_document
from normalizers.clean import mend_document
from normalizers.passes import document_to_facts, document_to_value
from normalizers.settings import CleanSettings
from pipeline.batch import clean_dataset, read_inputs
from pipeline.cleaning import work
from pipeline.dataset import Dataset, in_order, load_json
from pipeline.inputs.walk import walk_inputs
from pipeline.schema import problems_of
from pipeline.settings import Settings
from tests.normalizers.forms import HEADER, PASS, form_text

OWN = '[[indicator]]\nid = "own.district-roads"\nname = "养护县道里程"\nunits = ["公里"]\nlevel2 = "数量指标"\ndirection = "positive"\n'


def filed(
    project: str = "县道日常养护", unit: str = "云田县公路局", total: str = "36.5", goal: str = "保障道路畅通", length: str = "118"
) -> str:
    """A form of a unit and year, so that other documents speak with it."""
    text = form_text().replace("县道日常养护\n", f"{project}\n", 1).replace("主管部门及代码", f"单位名称\t{unit}\n主管部门及代码", 1)
    return text.replace("36.5", total).replace("保障道路畅通", goal).replace("\t118\t", f"\t{length}\t")


class Folder:
    """An inbox and its dataset."""

    def __init__(self, root: Path, jobs: int = 1) -> None:
        self.inbox, self.dataset = root / "in", Dataset(root / "out")
        self.inbox.mkdir(parents=True, exist_ok=True)
        self.settings = Settings(read=ReadOptions(), jobs=jobs)
        self.made = 0

    def put(self, name: str, text: str) -> None:
        (self.inbox / name).write_text(text, encoding="utf-8")

    def read(self) -> None:
        read_inputs(walk_inputs([self.inbox], self.dataset.root), self.dataset, self.settings, lambda _: None, lambda _: None)

    def clean(self, taxonomy: Path | None = None, jobs: int | None = None) -> int:
        """How many documents were made."""
        chosen = Settings(read=ReadOptions(), clean=CleanSettings(taxonomy), jobs=jobs or self.settings.jobs)
        self.made = 0

        def count(done: int, _total: int) -> None:
            self.made = done

        clean_dataset(self.dataset, chosen, count)
        return self.made

    def delivered(self) -> dict[str, bytes]:
        """What the dataset holds now; ``history.csv`` tells how it came to that."""
        root = self.dataset.root
        files = [path for path in [*root.glob("*.csv"), *self.dataset.documents.iterdir()] if path.name != "history.csv"]
        return {str(path.relative_to(root)): path.read_bytes() for path in files}

    def document(self, name: str) -> dict[str, Any]:
        return next(value for value in self.dataset.load_documents() if any(Path(p).name == name for p in value["document"]["paths"]))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def all_made_anew(folder: Folder, taxonomy: Path | None = None) -> dict[str, bytes]:
    """What a copy without memory and without documents delivers."""
    with TemporaryDirectory() as other:
        copy = Folder(Path(other))
        copy.dataset.root.mkdir()
        shutil.copytree(folder.dataset.reads, copy.dataset.reads)
        shutil.copy(folder.dataset.ledger, copy.dataset.ledger)
        copy.clean(taxonomy)
        return copy.delivered()


TEXTS = [
    filed(), filed(total="37.5"), filed(goal="保障道路通畅"), filed(length="113"), filed("农村公路养护"), filed(unit="云田县水利局"),
    filed("农村公路养护", unit="云田县水利局"), form_text(), form_text().replace("118", "119"), "没有表格。",
]  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, len(TEXTS) - 1), st.booleans()), min_size=2, max_size=9))
def test_after_any_changes_the_dataset_is_as_if_all_were_cleaned(changes: list[tuple[str, int, bool]]) -> None:
    with TemporaryDirectory() as root:
        folder = Folder(Path(root))
        for name, text, cleaned in changes:
            folder.put(f"{name}.txt", TEXTS[text])
            if cleaned:
                folder.read()
                folder.clean()
        folder.read()
        folder.clean()
        assert folder.delivered() == all_made_anew(folder)
        assert not [problem for value in folder.dataset.load_documents() for problem in problems_of(value)]
        assert folder.clean() == 0


def test_a_note_that_became_a_form_leaves_no_list_of_skipped_files(folder: Folder) -> None:
    for text, skipped in ((TEXTS[-1], True), (TEXTS[0], False)):
        folder.put("a.txt", text)
        folder.read()
        folder.clean()
        assert ("skipped.csv" in folder.delivered()) == skipped
    assert folder.delivered() == all_made_anew(folder)


def test_what_arrives_in_one_unit_leaves_the_others_alone(folder: Folder) -> None:
    for number in range(6):
        folder.put(f"roads{number}.txt", filed(f"县道养护{number}"))
        folder.put(f"water{number}.txt", filed(f"渠道清淤{number}", unit="云田县水利局"))
        folder.put(f"alone{number}.txt", form_text().replace("118", str(200 + number)))
    folder.read()
    assert folder.clean() == 18
    folder.put("new.txt", filed("新建县道"))
    folder.put("alone.txt", form_text())
    folder.read()
    assert folder.clean() == 8
    assert folder.delivered() == all_made_anew(folder)


def test_processes_give_the_same_bytes(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.cleaning.run._FEW", 1)
    for index, text in enumerate(TEXTS[:8]):
        folder.put(f"{index}.txt", text)
    folder.read()
    folder.clean(jobs=2)
    assert folder.delivered() == all_made_anew(folder)


def test_a_new_taxonomy_cleans_again_without_reading(folder: Folder, tmp_path: Path) -> None:
    folder.put("form.txt", form_text())
    folder.read()
    folder.clean()
    shutil.rmtree(folder.inbox)
    own = tmp_path / "own.toml"
    own.write_text(OWN.replace("养护县道里程", "县道养护公里数").replace('units', 'aliases = ["养护县道长短"]\nunits'), encoding="utf-8")
    assert folder.clean(own) == 1 and folder.clean(own) == 0
    assert folder.delivered() == all_made_anew(folder, own)


def test_a_document_that_was_changed_or_lost_is_made_again(folder: Folder) -> None:
    folder.put("a.txt", filed())
    folder.put("b.txt", filed("农村公路养护"))
    folder.read()
    folder.clean()
    before = folder.delivered()
    first, second = sorted(folder.dataset.documents.iterdir())
    first.write_text("{}", encoding="utf-8")
    second.unlink()
    assert folder.clean() == 2 and folder.delivered() == before


def test_a_copied_dataset_is_not_cleaned_again(folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder.put("a.txt", filed())
    folder.read()
    folder.clean()
    shutil.copytree(tmp_path / "out", tmp_path / "copy" / "out")
    copy = Folder(tmp_path / "copy")
    monkeypatch.setattr(work, "_to_document", None)  # nothing is parsed
    copy.clean()
    assert copy.delivered() == folder.delivered()


def test_a_damaged_memory_is_made_anew(folder: Folder) -> None:
    folder.put("a.txt", filed())
    folder.read()
    folder.clean()
    before = folder.delivered()
    folder.dataset.cleaning.write_bytes(b"no database at all" * 1000)
    folder.clean()
    assert folder.delivered() == before


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_the_same_bytes_under_two_names_are_one_document_with_both_paths(folder: Folder, order: str) -> None:
    for name in order:
        folder.put(f"{name}.txt", form_text())
        folder.read()
        folder.clean()
    (value,) = folder.dataset.load_documents()
    assert [Path(path).name for path in value["document"]["paths"]] == ["a.txt", "b.txt"]
    assert value["document"]["path"] == value["document"]["paths"][0]


def test_a_path_with_other_bytes_takes_its_old_document_away_until_they_come_back(folder: Folder) -> None:
    folder.put("a.txt", form_text())
    folder.read()
    folder.clean()
    before = folder.delivered()
    folder.put("a.txt", form_text().replace("118", "119"))
    folder.read()
    folder.clean()
    (value,) = folder.dataset.load_documents()
    assert value["tables"][0]["indicators"][1]["value"] == "119" and len(list(folder.dataset.reads.iterdir())) == 2
    folder.put("a.txt", form_text())
    read: list[int] = []
    read_inputs(walk_inputs([folder.inbox], folder.dataset.root), folder.dataset, folder.settings, read.append, lambda _: None)
    folder.clean()
    assert read == [0] and folder.delivered() == before


def findings(value: dict[str, Any], code: str) -> list[tuple[str, str, str]]:
    return [(each["path"], each["severity"], each["message"]) for each in value["findings"] if each["code"] == code]


def test_the_same_form_scanned_twice_is_linked_and_its_differences_are_found(folder: Folder) -> None:
    folder.put("first.txt", filed())
    folder.put("second.txt", filed(length="113", goal="保障道路安全"))
    folder.put("other.txt", filed("农村公路养护"))
    folder.read()
    folder.clean()
    first, second, other = (folder.document(f"{name}.txt") for name in ("first", "second", "other"))
    for one, two in ((first, second), (second, first)):
        sha256 = two["document"]["sha256"]
        assert one["tables"][0]["versions"] == [{"sha256": sha256, "table_id": two["tables"][0]["table_id"]}]
        found = {path: (severity, message) for path, severity, message in findings(one, "version.differs")}
        assert {path: severity for path, (severity, _) in found.items()} == {
            "/tables/0/indicators/1/value": "review",
            "/tables/0/overall_goal": "info",
        }
        assert Path(two["document"]["path"]).name in found["/tables/0/indicators/1/value"][1]
        assert one["status"] == "partial"
    assert "versions" not in other["tables"][0] and not findings(other, "version.differs")


def test_a_row_that_one_version_lacks_is_found_in_both(folder: Folder) -> None:
    lines = filed().split("\n")
    short = "\n".join(line for line in lines if "养护验收合格率" not in line)
    folder.put("long.txt", filed())
    folder.put("short.txt", short)
    folder.read()
    folder.clean()
    ((path, severity, _),) = findings(folder.document("long.txt"), "version.differs")
    assert (path, severity) == ("/tables/0/indicators/2", "review")
    ((path, severity, message),) = findings(folder.document("short.txt"), "version.differs")
    assert (path, severity) == ("/tables/0", "review") and "养护验收合格率" in message


def test_another_form_under_the_same_name_is_one_finding(folder: Folder) -> None:
    rows = [["产出指标", "数量指标", f"巡查里程{number}", "≥", str(number), "公里", "计划", PASS, ""] for number in range(4)]
    other = form_text(rows, HEADER).replace("主管部门及代码", "单位名称\t云田县公路局\n主管部门及代码", 1)
    folder.put("a.txt", filed())
    folder.put("b.txt", other)
    folder.read()
    folder.clean()
    for name in ("a.txt", "b.txt"):
        value = folder.document(name)
        assert len(findings(value, "version.differs")) == 1 and len(value["tables"][0]["versions"]) == 1


def test_a_document_that_says_the_same_in_other_bytes_has_no_differences(folder: Folder) -> None:
    folder.put("a.txt", filed())
    folder.put("b.txt", filed() + "\n")
    folder.read()
    folder.clean()
    for name in ("a.txt", "b.txt"):
        value = folder.document(name)
        assert not findings(value, "version.differs") and len(value["tables"][0]["versions"]) == 1


def test_cleaning_that_is_killed_at_any_moment_is_taken_up_again(folder: Folder) -> None:
    for number in range(60):
        folder.put(f"{number:02}.txt", filed(f"县道养护{number}", unit=f"云田县公路局{number // 10}"))
    folder.read()
    words = [sys.executable, "-m", "pipeline.cli", "clean", str(folder.dataset.root), "--jobs", "1"]
    random = Random(7)
    for _ in range(3):
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        begun = time.monotonic()
        while not any(folder.dataset.documents.iterdir()) and time.monotonic() - begun < 10:
            time.sleep(0.02)
        time.sleep(random.uniform(0, 0.6))
        process.kill()
        process.wait()
    assert subprocess.run(words, capture_output=True, timeout=60).returncode == 0
    assert folder.delivered() == all_made_anew(folder)


def test_reads_without_a_ledger_speak_for_themselves(folder: Folder) -> None:
    folder.put("a.txt", filed())
    folder.put("b.txt", filed("农村公路养护"))
    folder.read()
    folder.clean()
    before = folder.delivered()
    for path in folder.dataset.root.glob("ledger.sqlite*"):
        path.unlink()
    folder.clean()
    assert folder.delivered() == before


def test_the_summary_counts_all_documents_not_only_those_made(folder: Folder) -> None:
    folder.put("a.txt", filed())
    folder.read()
    folder.clean()
    folder.put("b.txt", form_text())
    folder.read()
    tally = clean_dataset(folder.dataset, folder.settings)
    assert (tally.documents, tally.tables, tally.rows) == (2, 2, 10)
    with (folder.dataset.root / "tables.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 2


def test_a_scope_at_a_time_says_what_the_whole_batch_says(folder: Folder) -> None:
    for index, text in enumerate(TEXTS[:9]):
        folder.put(f"{index}.txt", text)
    folder.read()
    folder.clean()
    reads = [read_to_document(load_json(path)) for path in in_order(folder.dataset.reads)]
    said = [replace(each, document=read.path) for read in reads for each in document_to_facts(read, CleanSettings())]
    whole = {read.sha256: document_to_value(read, [read.path], said, {}, CleanSettings()) for read in reads}
    for value in folder.dataset.load_documents():
        assert _without_versions(value) == _without_versions(whole[value["document"]["sha256"]])


def _without_versions(value: dict[str, Any]) -> dict[str, Any]:
    findings = [each for each in value["findings"] if each["code"] != "version.differs"]
    tables = [{name: each for name, each in table.items() if name != "versions"} for table in value["tables"]]
    return {**value, "document": value["document"]["path"], "status": "", "findings": findings, "tables": tables}


def test_a_document_that_breaks_the_cleaner_comes_as_read_and_the_others_as_ever(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.put("a.txt", filed())
    folder.put("b.txt", filed(project="水库维修养护"))

    def break_on(document: Any, chosen: CleanSettings) -> Any:
        if document.path.endswith("b.txt"):
            raise IndexError("list index out of range")
        return mend_document(document, chosen)

    monkeypatch.setattr("normalizers.passes.mend_document", break_on)
    folder.read()
    folder.clean()
    whole, broken = folder.document("a.txt"), folder.document("b.txt")
    assert len(whole["tables"]) == 1 and not findings(whole, "document.not-cleaned")
    assert not broken["tables"] and "水库维修养护" in str(broken["grids"]) and broken["status"] == "partial"
    ((_, severity, message),) = findings(broken, "document.not-cleaned")
    assert severity == "review" and "IndexError: list index out of range (test_cleaning.py, line " in message
    assert not problems_of(broken)
