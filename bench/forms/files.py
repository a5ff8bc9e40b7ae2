"""Pictures as files: PDF, JPEG, PNG, multi-page TIFF; the same pictures give the same bytes."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np

MADE = time.gmtime(1704067200)


def pictures_to_file(
    pictures: list[np.ndarray], path: Path, dpi: int | tuple[int, int], quality: int = 80, black_white: bool = False
) -> Path:
    """Write by the suffix of ``path``; JPEG and PNG take one picture only. ``dpi`` may differ across and down, but not in a PDF.

    Raises:
        ValueError: several pictures for a format with one page.
    """
    from PIL import Image

    images = [Image.fromarray(picture[:, :, ::-1]) for picture in pictures]
    if black_white:
        images = [image.convert("1", dither=Image.Dither.NONE) for image in images]
    if len(images) > 1 and path.suffix in (".jpg", ".png"):
        raise ValueError(f"{path.suffix} holds one page, not {len(images)}")
    images[0].save(path, **_options(path.suffix, dpi if isinstance(dpi, tuple) else (dpi, dpi), quality, black_white, images[1:]))
    return path


def _options(suffix: str, dpi: tuple[int, int], quality: int, black_white: bool, more: list[Any]) -> dict[str, Any]:
    if suffix == ".pdf":
        extra: dict[str, Any] = {} if black_white else {"quality": quality}
        return {"resolution": float(dpi[0]), "save_all": True, "append_images": more, "creationDate": MADE, "modDate": MADE, **extra}
    if suffix == ".tiff":
        compression = {"compression": "group4"} if black_white else {"compression": "jpeg", "quality": quality}
        return {"dpi": dpi, "save_all": True, "append_images": more, **compression}
    if suffix == ".jpg":
        return {"dpi": dpi, "quality": quality}
    return {"dpi": dpi, "optimize": True}
