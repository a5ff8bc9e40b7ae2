"""What is said when a command's words fit nothing: once, before anything is done, in characters that control no terminal."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import cli
from tests.normalizers.forms import form_text

ON_A_DATASET = (
    ("clean",), ("review", "--no-browser", "--port", "0"), ("decide", "FILE"), ("report",), ("sample",), ("explain", "x", "/tables/0"),
    ("retry",), ("ignore",), ("ignore", "x"), ("taxonomy", "suggest"),
)  # fmt: skip


def run(*words: object) -> Result:
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def refused(*words: object) -> str:
    """What a command says that ends with exit code 2."""
    result = run(*words)
    assert result.exit_code == 2 and result.output.startswith("jixiao: "), result.output
    return result.output


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "form.txt"
    path.write_text(form_text(), encoding="utf-8")
    return path


@pytest.mark.parametrize("words", ON_A_DATASET, ids=[" ".join(words[:2]) for words in ON_A_DATASET])
def test_every_command_on_a_folder_that_is_no_dataset_says_so_and_leaves_it(words: tuple[str, ...], form: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "masters"
    (foreign / "documents").mkdir(parents=True)
    (foreign / "documents" / "master.json").write_text("{}", encoding="utf-8")
    before = contents(foreign)
    count = 2 if words[:2] == ("taxonomy", "suggest") else 1
    rest = [form if word == "FILE" else word for word in words[count:]]
    for place in (foreign, tmp_path / "gone", form):
        assert "is no dataset" in refused(*words[:count], place, *rest)
    assert contents(foreign) == before and not (tmp_path / "gone").exists()


@pytest.mark.parametrize("command", ["extract", "read", "watch"])
@pytest.mark.parametrize("words", [("--device", "gpu"), ("--ocr-model-dir", "nowhere")], ids=["device", "folder"])
def test_what_readers_cannot_have_is_said_before_anything_is_read(command: str, words: tuple[str, str], form: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(form, tmp_path / "in")
    refused(command, tmp_path / "in", "-o", tmp_path / "out", *words)
    assert not (tmp_path / "out").exists()


def test_a_model_that_cannot_be_opened_is_said_before_anything_is_read(form: Path, tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.mkdir()
    (model / "inference.onnx").write_bytes(b"no model")
    (model / "inference.yml").write_text('{"Global": {"model_name": "PP-OCRv6_own_rec"}, "PostProcess": {"name": "CTCLabelDecode"}}')
    started = time.monotonic()
    assert "PP-OCRv6_own_rec" in refused("extract", form, "-o", tmp_path / "out", "--ocr-model-dir", model)
    assert not (tmp_path / "out").exists() and time.monotonic() - started < 60


def test_a_name_that_begins_like_the_bundled_model_is_another() -> None:
    from extractors.ocr.models import find_model

    assert find_model("rec", "PP-OCRv6_smallish", None).path is None
    assert find_model("rec", "PP-OCRv6_small", None).path == find_model("rec", None, None).path is not None


@pytest.mark.parametrize("words", [("taxonomy", "--taxonomy"), ("templates", "--templates"), ("templates", "check", "FILE", "--templates")])
def test_a_book_that_is_not_there_is_wrong_usage(words: tuple[str, ...], form: Path, tmp_path: Path) -> None:
    assert "gone.toml" in refused(*(form if word == "FILE" else word for word in words), tmp_path / "gone.toml")


def test_control_characters_of_names_are_shown_escaped(form: Path, tmp_path: Path) -> None:
    name = "gone\x1b[31m\rb\nd\u202egnp.exe"
    for said in (refused("extract", tmp_path / name, "-o", tmp_path / "out"), refused("clean", tmp_path / name)):
        assert not set("\x1b\r\u202e") & set(said) and len(said.splitlines()) == 2
    (tmp_path / name).mkdir()
    delivered = run("extract", form, tmp_path / name, "-o", tmp_path / f"out{name}", "--jobs", 1)
    assert delivered.exit_code == 0 and not set("\x1b\r\u202e") & set(delivered.output)
    for command in ("report", "sample"):
        assert not set("\x1b\r\u202e") & set(run(command, tmp_path / f"out{name}").output)


@pytest.mark.parametrize("words", [("extract", "", "-o", "out"), ("extract", "FILE", "-o", ""), ("clean", ""), ("watch", "", "-o", "out")])
def test_an_empty_path_is_refused(words: tuple[str, ...], form: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*(form if word == "FILE" else word for word in words))
    assert result.exit_code == 2 and "empty path" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["form.txt"]
