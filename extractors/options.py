"""What the user may choose about reading."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ReadOptions:
    """Options of ``read_file``.

    Attributes:
        ocr_model: name of the recognition model; None for the one that comes with the installation.
        ocr_model_dir: folder with the user's own models.
        draw_dir: folder for pictures of pages with rulings, cells and readings drawn in; None draws nothing.
        page_timeout: seconds that one page may take; 0 for no limit. Kept by the process that runs the reader.
        device: ``cpu``, ``gpu`` or ``auto``.
        threads: how many cores may be busy; None for all. With more than one, ``read_file`` reads two pages at a time.
        name: the path to write into the Document instead of the file's own.
    """

    ocr_model: str | None = None
    ocr_model_dir: Path | None = None
    draw_dir: Path | None = None
    page_timeout: float = 0.0
    device: str = "auto"
    threads: int | None = None
    name: str | None = None
