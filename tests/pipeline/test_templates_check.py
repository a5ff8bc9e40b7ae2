"""``jixiao templates``: what is known, and what of a form is understood."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import cli
from tests.normalizers.family_layouts import layout_to_html, load_layouts

FORM = next(layout for layout in load_layouts() if layout.id == "evaluation/reviewed-scores")


def check(folder: Path, text: str, *options: str) -> Result:
    path = folder / "form.html"
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(cli, ["--lang", "en", "templates", "check", str(path), *options])


def test_a_form_that_is_understood(tmp_path: Path) -> None:
    result = check(tmp_path, layout_to_html(FORM))
    assert result.exit_code == 0, result.output
    assert "[self_evaluation], indicators: 4" in result.output and "Everything on the form is understood." in result.output
    assert "年末实际值 → actual_value" in result.output and "复核分 → kept under its own words" in result.output
    assert "project_name = 乡镇消防站运行" in result.output


def test_what_nobody_knows_is_named_and_known_with_ones_own_words(tmp_path: Path) -> None:
    text = layout_to_html(FORM).replace("年末实际值", "兑现数").replace("项目单位", "经手处")
    own = tmp_path / "own.toml"
    own.write_text('[kinds]\ndone = ["兑现数"]\n[header]\nother = ["经手处"]\n', encoding="utf-8")
    result = check(tmp_path, text)
    assert result.exit_code == 1
    assert "兑现数 → NOT KNOWN" in result.output and result.output.count("layout.unknown-label") == 1 and "经手处" in result.output
    result = check(tmp_path, text, "--templates", str(own))
    assert result.exit_code == 0, result.output
    assert "兑现数 → actual_value" in result.output


@pytest.mark.parametrize(("text", "code"), [("no table", 2), ("<table><tr><td>甲</td><td>1</td></tr></table>", 1)])
def test_a_file_without_a_form(tmp_path: Path, text: str, code: int) -> None:
    result = check(tmp_path, text)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output


def test_what_is_known_is_printed() -> None:
    lines = CliRunner().invoke(cli, ["templates"]).output.splitlines()
    assert any(line.startswith("self_evaluation\t") for line in lines)
    assert any(line.startswith("indicators\tactual_value\t") and "全年完成值" in line for line in lines)
