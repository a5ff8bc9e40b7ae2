"""Exports as other programs open them: SQLite, DuckDB, Frictionless, PostgreSQL; people masked; questions that only read."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import sys
from pathlib import Path

import duckdb
import pytest

from pipeline.dataset import Dataset
from pipeline.export.columns import TABLES, columns_of
from pipeline.export.masking import mask_one, mask_rows, masker
from pipeline.export.rows import COLUMNS
from pipeline.query.questions import load_questions
from tests.normalizers.forms import ROWS, form_text
from tests.pipeline.commands import run
from tests.pipeline.postgres import running
from tests.pipeline.test_cleaning import filed

PERSONS = ("甲乙丙", "丁戊", "13900000001")
AREA = ["产出指标", "数量指标", "绿化面积", "≥", "3", "亩", "新增绿化", "达到或超过标准值得满分", ""]
LIST = "姓名\t联系电话\t岗位\n己庚辛\t0999-7654321\t出纳\n壬癸\t13800000002\t会计\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("delivery")
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(form_text([*ROWS, AREA]), encoding="utf-8")
    (folder / "in" / "b.txt").write_text(filed(unit="云田县公路局"), encoding="utf-8")
    (folder / "in" / "甲乙丙的表.txt").write_text(filed(project="桥梁\x00养护", total="41") + f"\n\n{LIST}", encoding="utf-8")
    (folder / "in" / "bad.pdf").write_bytes(b"%PDF-1.4 cut")
    assert run("extract", folder / "in", "-o", folder / "out", "--format", "json,csv,sqlite,duckdb").exit_code == 1
    return folder / "out"


def counts(root: Path) -> dict[str, int]:
    found = {}
    for name in COLUMNS:
        with (root / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            found[name] = sum(1 for _ in csv.reader(file)) - 1
    return found


def money(root: Path) -> float:
    return sum(table["funds"]["total"] or 0 for document in Dataset(root).load_documents() for table in document["tables"])


def test_sqlite_holds_the_same_rows_and_says_what_its_columns_are(root: Path) -> None:
    database = sqlite3.connect(root / "dataset.sqlite3")
    assert {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in COLUMNS} == counts(root)
    assert database.execute("SELECT sum(funds_total) FROM tables").fetchone()[0] == pytest.approx(money(root))
    said = database.execute('SELECT heading, description FROM "columns" WHERE "table" = ? AND "column" = ?', ("indicators", "value_base"))
    assert said.fetchone() == ("指标值（基准单位）", "value_number in unit_base")
    assert database.execute("SELECT value_base, unit_base FROM indicators WHERE level3 = '绿化面积'").fetchone() == (2000, "平方米")
    assert database.execute("SELECT count(*) FROM indicator_years").fetchone()[0] == counts(root)["indicators"]
    box = database.execute('SELECT bbox, x0, "top", x1, bottom FROM indicators WHERE bbox IS NOT NULL').fetchone()
    assert " ".join(f"{part:g}" for part in box[1:]) == box[0]


def test_duckdb_has_comments_dates_and_corners(root: Path) -> None:
    with duckdb.connect(str(root / "dataset.duckdb"), read_only=True) as database:
        types = dict(database.execute("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'tables'").fetchall())
        assert types["filled_on"] == "DATE" and types["funds_total"] == "DOUBLE" and types["fiscal_year"] == "BIGINT"
        own = "schema_name = 'main' AND table_name IN (SELECT table_name FROM duckdb_tables())"
        assert database.execute(f"SELECT column_name FROM duckdb_columns() WHERE comment IS NULL AND {own}").fetchall() == []
        assert str(database.execute("SELECT min(filled_on) FROM tables").fetchone()[0]) == "2030-12-03"  # type: ignore[index]
        assert database.execute('SELECT count(*) FROM indicators WHERE bbox IS NOT NULL AND ("top" IS NULL OR x1 <= x0)').fetchone() == (0,)


def test_the_package_describes_every_column_and_frictionless_agrees(root: Path) -> None:
    package = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    described = {each["path"]: [field["name"] for field in each["schema"]["fields"]] for each in package["resources"]}
    assert described == {f"{name}.csv": list(COLUMNS[name]) for name in TABLES} and set(TABLES) == set(COLUMNS)
    assert all(field["description"] and field["title"] for each in package["resources"] for field in each["schema"]["fields"])
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(root / "datapackage.json"))
    assert report.valid, report.flatten(["path", "rowNumber", "fieldName", "message"])


def test_every_column_is_declared_once_and_described() -> None:
    for table in TABLES:
        for column in columns_of(table, with_box=True):
            assert column.heading and column.description, column


def test_masked_files_name_nobody(root: Path, tmp_path: Path) -> None:
    assert run("export", root, "--mask-personal").exit_code == 2
    assert run("export", root, "--mask-personal", "-o", root / "below").exit_code == 2
    folder = tmp_path / "masked"
    result = run("export", root, "-o", folder, "--mask-personal", "--format", "json,csv,sqlite,parquet,duckdb,xlsx,grids")
    assert result.exit_code == 0, result.output
    texts = [path.read_bytes() for path in folder.rglob("*") if path.suffix in (".json", ".csv", ".sqlite3")]
    assert texts and [name for name in (*PERSONS, "己庚辛", "壬癸", "7654321") for text in texts if name.encode() in text] == []
    with duckdb.connect(str(folder / "dataset.duckdb"), read_only=True) as database:
        assert database.execute("SELECT DISTINCT filled_by, phone, responsible FROM tables").fetchall() == [("甲**", "139******01", "丁*")]
        assert database.execute("SELECT sum(funds_total) FROM tables").fetchone() == pytest.approx((money(root),))
    filed = "".join((root / name).read_text(encoding="utf-8") for name in ("tables.csv", "grid_cells.csv"))
    assert all(name in filed for name in (*PERSONS, "己庚辛", "壬癸", "7654321"))


def test_a_phone_is_masked_by_its_shape_and_an_amount_is_not() -> None:
    mask = masker(["张三", None, "李"])
    assert mask("联系张三或13912345678、0745-6812345") == "联系张*或139******78、074******45"
    assert mask("总额12345678.5，编码4312281000140，小李") == "总额12345678.5，编码4312281000140，小李"
    assert mask_one("622725") == "******25"
    row = {"findings": [[None] * len(COLUMNS["findings"])]}
    row["findings"][0][COLUMNS["findings"].index("field")] = "signoff/filled_by"
    row["findings"][0][COLUMNS["findings"].index("message")] = "another form says 王五"
    assert "王五" not in str(mask_rows(row))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM '/etc/hostname'", "COPY tables TO '/tmp/x.csv'", "DROP TABLE tables",
        "ATTACH '/tmp/x.db'", "SET enable_external_access=true", "SELECT 1; SELECT 2", "INSTALL httpfs", "SELECT nothing FROM tables",
        "SELECT * FROM glob('/*')", "SELEC 1 x",
    ],
)  # fmt: skip
def test_a_question_can_only_read_the_dataset(root: Path, sql: str) -> None:
    before = (root / "dataset.duckdb").stat().st_mtime_ns
    result = run("query", root, sql)
    assert result.exit_code == 2 and "Traceback" not in result.output, result.output
    assert (root / "dataset.duckdb").stat().st_mtime_ns == before


@pytest.mark.parametrize("name", list(load_questions()))
def test_every_ready_question_is_answered(root: Path, name: str) -> None:
    result = run("query", root, name)
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-1].endswith("rows")


def test_a_question_of_ones_own(root: Path) -> None:
    assert run("query", root, "SELECT count(*) AS n FROM tables", "--csv").output == "n\n3\n"
    assert "3" in run("query", root, "WITH x AS (SELECT 1 FROM tables) SELECT count(*) FROM x").output
    assert run("query", root, "no-such-question").exit_code == 2 and run("query", root).exit_code == 2
    assert len(run("query", "--list").output.splitlines()) >= 10


def test_postgres_holds_the_same_rows_and_a_foreign_schema_is_left_alone(root: Path) -> None:
    psycopg = pytest.importorskip("psycopg")
    with running() as server:
        assert run("export", root, "--to", server.url).exit_code == 0
        result = run("export", root, "--to", server.url, "--mask-personal")
        assert result.exit_code == 0, result.output
        with psycopg.connect(server.url.replace("+psycopg", "")) as database:
            found = {name: database.execute(f'SELECT count(*) FROM jixiao."{name}"').fetchone()[0] for name in COLUMNS}
            assert found == counts(root)
            seen = database.execute("SELECT sum(funds_total), min(filled_on)::text FROM jixiao.tables").fetchone()
            assert seen == (money(root), "2030-12-03")
            assert database.execute("SELECT DISTINCT filled_by FROM jixiao.tables").fetchall() == [("甲**",)]
            assert database.execute("SELECT col_description('jixiao.tables'::regclass, 1)").fetchone()[0].startswith("文件")
            database.execute("CREATE SCHEMA theirs")
        assert run("export", root, "--to", server.url, "--schema", "theirs").exit_code == 2
    assert run("export", root, "--to", server.url).exit_code == 1
    assert run("export", root, "--to", "mysql://x").exit_code == 2


def test_an_export_touches_nothing_of_anybodys(root: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    (theirs / "documents").mkdir(parents=True)
    for name in ("indicators.csv", "documents/master.json"):
        (theirs / name).write_text("mine", encoding="utf-8")
    other = tmp_path / "other"
    shutil.copytree(root, other)
    before = {path: path.read_bytes() for folder in (theirs, other, root) for path in folder.rglob("*") if path.is_file()}
    for folder in (theirs, other, root, root / "new", root / "documents" / "new", tmp_path):
        result = run("export", root, "-o", folder)
        assert result.exit_code == 2 and "Traceback" not in result.output, folder
    assert {path: path.read_bytes() for folder in (theirs, other, root) for path in folder.rglob("*") if path.is_file()} == before
    assert not (root / "new").exists() and not (tmp_path / "export.json").exists()


def test_an_export_is_renewed_in_its_folder_and_never_mixed_with_a_masked_one(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    assert run("export", root, "-o", folder).exit_code == 0
    documents = sorted((folder / "documents").iterdir())
    gone = documents[0].with_name("0123456789ab.json")
    gone.write_text(documents[0].read_text(encoding="utf-8").replace(documents[0].stem, gone.stem), encoding="utf-8")
    (folder / "documents" / "note.json").write_text("{}", encoding="utf-8")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    assert run("export", root, "-o", folder).exit_code == 0
    assert sorted((folder / "documents").iterdir()) == sorted([*documents, folder / "documents" / "note.json"])
    assert (folder / "notes.txt").exists()
    assert run("export", root, "-o", folder, "--mask-personal").exit_code == 2
    shutil.rmtree(folder / "documents")
    (folder / "documents").symlink_to(tmp_path)
    assert run("export", root, "-o", folder).exit_code == 2


def test_names_of_an_export_cannot_control_a_terminal(root: Path, tmp_path: Path) -> None:
    result = run("export", root, "-o", tmp_path / "a\x1b[31m\nb", "--format", "csv")
    assert result.exit_code == 0 and "\x1b" not in result.output and "a\\x1b[31m\\nb/indicators.csv" in result.output
    refused = run("export", root, "-o", root / "a\x1b[31m")
    assert refused.exit_code == 2 and "\x1b" not in refused.output


@pytest.mark.parametrize("words", [("export", "", "-o", "x"), ("export", "x", "-o", ""), ("query", "", "SELECT 1")])
def test_an_empty_path_is_not_the_current_folder(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2 and "empty" in result.output.lower()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of bytes that are no UTF-8, and question marks")
@pytest.mark.parametrize("name", ["a?b%20#c", "文件".encode("gb18030").decode("utf-8", "surrogateescape")], ids=["signs", "bytes"])
def test_a_dataset_may_be_called_anything(name: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(form_text(), encoding="utf-8")
    made = run("extract", tmp_path / "in", "-o", tmp_path / name, "--format", "csv,parquet,duckdb,sqlite,xlsx,grids", "--jobs", "1")
    assert made.exit_code == 0, made.output
    asked = run("query", tmp_path / name, "SELECT count(*) FROM indicators", "--csv")
    assert asked.exit_code == 0 and asked.output.split()[-1].isdigit(), asked.output
    exported = ["export", "-o", tmp_path / f"{name}2", "--format", "duckdb"]
    for words in (["report"], ["sample"], ["clean"], ["explain", "a", "/tables/0"], exported):
        result = run(words[0], tmp_path / name, *words[1:])
        assert result.exit_code == 0, result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["in", name, f"{name}2"])


def test_a_file_of_somebodys_among_the_documents_is_passed_over(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    shutil.copytree(root, folder)
    for place in ("documents", "reads"):
        (folder / place / "master.json").write_text("mine", encoding="utf-8")
    for words in (["clean"], ["explain", "b", "/tables/0"], ["report"], ["sample"], ["export", "-o", tmp_path / "new"]):
        assert run(words[0], folder, *words[1:]).exit_code == 0, words
    assert {(folder / place / "master.json").read_text(encoding="utf-8") for place in ("documents", "reads")} == {"mine"}
