"""What the command line says, in both languages; a message that one of them lacks fails here."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from click.testing import CliRunner

from extractors import errors as read_errors
from extractors.messages import Catalogue, known_language, language
from normalizers.codebook import in_chinese
from pipeline import errors as job_errors
from pipeline.cli import COMMANDS, cli
from pipeline.telling.columns import columns_of, wrapped
from tests.normalizers.forms import form_text

LOCALE = Path("pipeline/locale/zh_CN/LC_MESSAGES")
PACKAGES = ("extractors", "normalizers", "pipeline")
# Two words of English in a row are a sentence; names of formats, options and files are not.
ENGLISH = re.compile(r"\b[A-Za-z]{2,} [a-z]{2,}\b")


def entries() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for package in PACKAGES:
        catalogue = Catalogue(package)
        for key in catalogue.names():
            yield package, key, catalogue._entry(key)


def texts(entry: dict[str, Any], role: str) -> list[str]:
    return [entry[role]] if isinstance(entry[role], str) else entry[role]


def values_of(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("entry", [pytest.param(entry, id=f"{package}:{key}") for package, key, entry in entries()])
def test_both_languages_say_the_same_with_the_same_values(entry: dict[str, Any]) -> None:
    assert {role.replace("zh", "en") for role in entry} <= {"en", "en_do"} and ("en_do" in entry) == ("zh_do" in entry)
    for role in ("", "_do"):
        if f"en{role}" in entry:
            english = set().union(*map(values_of, texts(entry, f"en{role}")))
            chinese = set().union(*map(values_of, texts(entry, f"zh{role}")))
            assert english - {"count"} == chinese - {"count"}
            assert not any(ENGLISH.search(re.sub(r"`[^`]*`|[A-Z]{3,}", "", text)) for text in texts(entry, f"zh{role}"))


def calls() -> Iterator[tuple[str, Path, ast.Call]]:
    for package in PACKAGES:
        for path in sorted(Path(package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield package, path, node


def words_of(node: ast.AST) -> str:
    return "".join(each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str))


def test_every_message_that_is_said_is_in_the_catalogue() -> None:
    asked = [each for each in calls() if isinstance(each[2].func, ast.Name) and each[2].func.id in ("say", "tell")]
    named = [(package, path, call.args[0].value) for package, path, call in asked if isinstance(call.args[0], ast.Constant)]
    assert len(named) > 200
    assert [(str(path), key) for package, path, key in named if not Catalogue(package).has(key)] == []


def test_no_error_speaks_english_only() -> None:
    """What happened and what to do come from the catalogues, so that a clerk can read them."""
    errors = {name for module in (read_errors, job_errors) for name, kind in vars(module).items() if isinstance(kind, type)}
    errors |= {"TaxonomyError", "TemplateFileError", "UnfitDecisionError"}
    literal = [
        f"{path}:{call.lineno}"
        for _, path, call in calls()
        if isinstance(call.func, ast.Name) and call.func.id in errors
        for word in call.args
        if not isinstance(word, ast.Starred) and not isinstance(word, ast.Call) and " " in words_of(word).strip()
    ]
    assert literal == []


@pytest.mark.parametrize("name", [*COMMANDS, "taxonomy suggest"])
@pytest.mark.parametrize("spoken", ["en", "zh-CN"])
def test_every_command_and_every_option_has_help(name: str, spoken: str) -> None:
    printed = CliRunner().invoke(cli, ["--lang", spoken, *name.split(), "--help"]).output
    assert ("用法：" in printed) == (spoken == "zh-CN")
    about, *options = re.split(r"\n(?=  -)", printed.split("\n\n", 1)[1])
    assert about.strip() and options
    # The name of an option, and words about it behind two blanks or on the next line.
    assert [each for each in options if not re.search(r"  -\S.*?(\n|  )\s*[^\s-]", each)] == []


@pytest.mark.parametrize("name", ["", *COMMANDS, "taxonomy suggest", "templates check"])
@pytest.mark.parametrize("by_option", [True, False])
def test_help_in_chinese_holds_no_english_sentence(name: str, by_option: bool) -> None:
    runner = CliRunner(env={"JIXIAO_LANG": "en" if by_option else "zh-CN"})
    result = runner.invoke(cli, [*(["--lang", "zh-CN"] if by_option else []), *name.split(), "--help"])
    assert not re.search("Usage|Options|Commands|default|required", result.output), result.output
    words = re.sub(r"`[^`]*`|JSON (Schema|Pointer)|.*--lang.*", "", result.output.split("\n\n", 1)[1])
    assert not ENGLISH.findall(words), result.output
    assert all(columns_of(line) <= 80 for line in result.output.splitlines())


def test_the_first_command_of_the_readme_speaks_chinese() -> None:
    """As a clerk saw it: ``JIXIAO_LANG=zh-CN`` and the command of README.zh-CN; then a run of today on one input says no English either."""
    recorded = Path("docs/first-run.zh-CN.txt").read_text(encoding="utf-8")
    command, _, said = recorded.partition("\n")
    assert command.removeprefix("$ JIXIAO_LANG=zh-CN ").strip() in Path("README.zh-CN.md").read_text(encoding="utf-8")
    assert "失败 0 个" in said and said.rstrip().endswith("退出码 0") and not ENGLISH.findall(said)


def test_a_run_speaks_chinese(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, data in {"a.txt": form_text().encode(), "b.rar": b"Rar!\x1a\x07" + bytes(40)}.items():
        (tmp_path / "in" / name).write_bytes(data)
    speaking = CliRunner(env={"JIXIAO_LANG": "zh-CN"})
    result = speaking.invoke(cli, ["extract", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--jobs", "1"])
    assert result.exit_code == 1 and "RAR 压缩包" in result.output and not ENGLISH.findall(result.output), result.output
    (tmp_path / "filled.csv").write_text("finding_id,sha256,corrected_value\n000000000000,,1\n,,1\n", encoding="utf-8")
    refused = speaking.invoke(cli, ["decide", str(tmp_path / "out"), str(tmp_path / "filled.csv")])
    assert refused.exit_code == 1 and "“内容摘要”一栏是空的" in refused.output
    assert not ENGLISH.findall(re.sub("`[^`]*`", "", refused.output))


def test_the_rulebook_in_chinese_holds_no_english_sentence() -> None:
    printed = CliRunner(env={"JIXIAO_LANG": "zh-CN"}).invoke(cli, ["rules"]).output
    assert len(printed.splitlines()) > 300 and ENGLISH.findall(printed) == []


def test_errors_of_use_are_in_the_language_of_the_environment() -> None:
    chinese = CliRunner(env={"JIXIAO_LANG": "zh_CN.UTF-8"}).invoke(cli, ["extract"])
    assert chinese.exit_code == 2 and "缺少参数 'INPUT...'" in chinese.output
    english = CliRunner(env={"JIXIAO_LANG": "en"}).invoke(cli, ["extract"])
    assert english.exit_code == 2 and "Missing argument 'INPUT...'" in english.output


def test_an_unknown_language_is_refused() -> None:
    result = CliRunner().invoke(cli, ["--lang", "fr", "schema"])
    assert result.exit_code == 2 and "'fr'" in result.output


def test_the_language_is_the_variable_s_else_the_locale_s() -> None:
    assert language({"JIXIAO_LANG": "zh", "LANG": "en_US.UTF-8"}) == "zh-CN"
    assert language({"LANG": "zh_CN.GB18030"}) == "zh-CN"
    assert language({"LC_ALL": "C.UTF-8", "LANG": "zh_CN"}) == "en"
    assert language({"LANG": "fr_FR"}) == language({}) == "en"
    assert known_language("zh-Hans") == "zh-CN" and known_language("ja") is None


def test_the_words_of_click_are_compiled_from_their_source() -> None:
    from babel.messages.pofile import read_po

    with (LOCALE / "messages.po").open("rb") as source, (LOCALE / "messages.mo").open("rb") as compiled:
        words, made = read_po(source, locale="zh_CN"), gettext.GNUTranslations(compiled)
    for each in words:
        if each.id:
            single, several = each.id if isinstance(each.id, tuple) else (each.id, each.id)
            told = made.ngettext(single, several, 2) if each.pluralizable else made.gettext(single)
            assert told == (each.string[0] if each.pluralizable else each.string), f"make messages.mo again: pybabel compile, {single}"


def test_a_line_of_chinese_ends_where_the_columns_do_and_never_before_a_closing_mark() -> None:
    assert list(wrapped("数据集的文件夹，没有就新建。", 14)) == ["数据集的文件", "夹，没有就新", "建。"]
    assert list(wrapped("用 jixiao retry 再试", 10)) == ["用 jixiao", "retry 再试"]


def test_the_rulebook_is_told_in_chinese() -> None:
    lines = CliRunner().invoke(cli, ["--lang", "zh", "rules", "funds.sum"]).output.splitlines()
    assert lines[0] == "funds.sum-mismatch  [核对: project, application]" and lines[1].strip() == in_chinese("funds.sum-mismatch")
