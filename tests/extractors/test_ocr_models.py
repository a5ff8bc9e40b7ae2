from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from extractors.errors import OcrUnavailableError
from extractors.ocr.engine import load_engine
from extractors.ocr.models import BUNDLED, find_model
from extractors.options import ReadOptions


def test_the_bundled_model_is_prepared_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first, second = find_model("rec", None, None), find_model("rec", BUNDLED, None)
    assert first == second
    assert first.path is not None
    assert first.path.is_relative_to(tmp_path)
    assert sorted(p.name for p in first.path.iterdir()) == ["inference.onnx", "inference.yml"]
    assert [p.name for p in first.path.parent.iterdir()] == [first.path.name]


def _prepare(_: int) -> str:
    return str(find_model("rec", None, None).path)


def test_several_processes_prepare_one_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with multiprocessing.get_context("fork").Pool(3) as pool:
        assert len(set(pool.map(_prepare, range(3)))) == 1
    assert len(list((tmp_path / "jixiao" / "models").iterdir())) == 1


def test_a_cache_that_cannot_be_made_falls_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.setenv("HOME", str(blocked))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path = find_model("det", None, None).path
    assert path is not None
    assert path.is_relative_to(tmp_path)


def test_a_user_folder_is_used_and_a_wrong_one_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    bundled = find_model("rec", None, None)
    assert bundled.path is not None
    own = tmp_path / "own"
    own.mkdir()
    (own / "mine_rec").symlink_to(bundled.path)
    found = find_model("rec", "mine", own)
    assert found.path == own / "mine_rec"
    assert found.name == bundled.name
    with pytest.raises(OcrUnavailableError, match="holds no recognition model named other"):
        find_model("rec", "other", own)
    with pytest.raises(OcrUnavailableError, match="does not exist"):
        find_model("rec", None, tmp_path / "nowhere")


def test_a_broken_model_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "inference.onnx").write_bytes(b"no model")
    (tmp_path / "inference.yml").write_text("Global: {model_name: PP-OCRv6_small_rec}\nPostProcess: {name: CTCLabelDecode}\n")
    with pytest.raises(OcrUnavailableError) as caught:
        import numpy as np

        load_engine(ReadOptions(ocr_model_dir=tmp_path, threads=1, device="cpu")).recognize([np.zeros((48, 48, 3), np.uint8)])
    assert "doctor" in caught.value.way_out


def test_a_gpu_that_is_not_there_is_said_with_the_way_out() -> None:
    import numpy as np
    import onnxruntime

    if "CUDAExecutionProvider" in onnxruntime.get_available_providers():
        pytest.skip("this machine has a GPU")
    with pytest.raises(OcrUnavailableError, match="offers no GPU") as caught:
        load_engine(ReadOptions(device="gpu", threads=1)).recognize([np.zeros((48, 48, 3), np.uint8)])
    assert "leave --device out" in caught.value.way_out


def test_a_model_that_nobody_knows_is_said_with_the_way_out() -> None:
    import numpy as np

    with pytest.raises(OcrUnavailableError, match="no-such-model") as caught:
        load_engine(ReadOptions(ocr_model="no-such-model", device="cpu", threads=1)).recognize([np.zeros((48, 48, 3), np.uint8)])
    assert "--ocr-model-dir" in caught.value.way_out
