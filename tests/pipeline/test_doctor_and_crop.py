"""The doctor, and pictures for explain, on a sample."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from normalizers.finding_details import place_of
from pipeline import doctor
from pipeline.cli import cli
from pipeline.dataset import Dataset
from pipeline.doctor import examine

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "born-digital" / "input.pdf"


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    result = CliRunner().invoke(cli, ["extract", str(SAMPLE), "-o", str(folder / "out"), "--jobs", "1"])
    assert result.exit_code == 0, result.output
    return folder / "out"


def test_crop_shows_the_ink_of_the_field(dataset: Path, tmp_path: Path) -> None:
    words = ["explain", str(dataset), "input.pdf", "/tables/0/indicators/1/level3", "--crop", str(tmp_path / "crop.png")]
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 0, result.output
    import cv2

    picture = cv2.imread(str(tmp_path / "crop.png"), cv2.IMREAD_GRAYSCALE)
    assert picture is not None and (picture < 128).mean() > 0.005
    assert picture.shape[0] < 600 and picture.shape[1] < 1200


@pytest.mark.parametrize("path", ["/tables/0/indicators/1", "/tables/0", "/document/pages/0"])
def test_a_row_a_form_and_a_page_are_told_and_cut_out_whole(dataset: Path, tmp_path: Path, path: str) -> None:
    result = CliRunner().invoke(cli, ["explain", str(dataset), "input.pdf", path, "--crop", str(tmp_path / "crop.png")])
    assert result.exit_code == 0, result.output
    from PIL import Image

    (value,) = Dataset(dataset).load_documents()
    _, box = place_of(path, value)
    assert box is not None
    cells = [each["bbox"] for key, each in value["provenance"].items() if key.startswith(f"{path}/") and each["page_no"] == 1]
    assert all(box[0] <= each[0] and box[1] <= each[1] and each[2] <= box[2] and each[3] <= box[3] for each in cells)
    with Image.open(tmp_path / "crop.png") as picture:
        assert picture.size == (round((box[2] - box[0] + 16) * 200 / 72), round((box[3] - box[1] + 16) * 200 / 72))


def test_every_finding_is_explained(dataset: Path) -> None:
    (value,) = Dataset(dataset).load_documents()
    for each in value["findings"]:
        for path in (each["path"], *each["also"]):
            result = CliRunner().invoke(cli, ["explain", str(dataset), value["document"]["sha256"], path])
            assert result.exit_code == 0 and each["code"] in result.output, path


def test_crop_of_a_transcript_says_why_there_is_none(tmp_path: Path) -> None:
    from tests.normalizers.forms import form_text

    (tmp_path / "form.txt").write_text(form_text(), encoding="utf-8")
    CliRunner().invoke(cli, ["extract", str(tmp_path / "form.txt"), "-o", str(tmp_path / "out")])
    words = ["explain", str(tmp_path / "out"), "form.txt", "/tables/0/funds/total", "--crop", str(tmp_path / "crop.png")]
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 2 and "no place in a picture" in result.output


def test_explain_names_fields_when_the_path_is_wrong(dataset: Path) -> None:
    result = CliRunner().invoke(cli, ["explain", str(dataset), "input.pdf", "/tables/9"])
    assert result.exit_code == 2 and "/tables/0/" in result.output


def test_taxonomy_suggest_prints_toml(dataset: Path) -> None:
    result = CliRunner().invoke(cli, ["taxonomy", "suggest", str(dataset)])
    assert result.exit_code == 0 and result.output.startswith("#")


def test_the_doctor_finds_this_installation_whole() -> None:
    assert [check for check in examine() if not check.passed] == []


def test_the_doctor_names_a_remedy_and_ends_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _folder: SimpleNamespace(free=1 << 20))  # a fault: a full disk
    monkeypatch.setattr(doctor, "_ocr", lambda: 1 / 0)  # a fault: a broken library
    result = CliRunner().invoke(cli, ["doctor"])
    assert result.exit_code == 1
    assert "FAIL  disk" in result.output and "FAIL  paddleocr engine: ZeroDivisionError" in result.output
    assert result.output.count("remedy:") == 2


