"""Programs that write a PDF again, and OCRmyPDF, which lays text below a picture."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.producers.call import call


def ghostscript(source: Path, path: Path) -> None:
    call("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", f"-sOutputFile={path}", str(source))


def qpdf(source: Path, path: Path) -> None:
    call("qpdf", "--object-streams=generate", "--recompress-flate", "--linearize", str(source), str(path))


def mutool(source: Path, path: Path) -> None:
    call("mutool", "clean", "-gggg", "-s", "-z", str(source), str(path))


def pdftocairo(source: Path, path: Path) -> None:
    call("pdftocairo", "-pdf", str(source), str(path))


def ocrmypdf(source: Path, path: Path) -> None:
    """Pages as pictures of 200 dpi with an invisible text layer below."""
    with tempfile.TemporaryDirectory() as folder:
        call("pdftoppm", "-r", "200", "-gray", "-png", str(source), f"{folder}/p")
        pages = [str(page) for page in sorted(Path(folder).glob("p*.png"))]
        from PIL import Image

        first, *rest = [Image.open(page) for page in pages]
        first.save(f"{folder}/scan.pdf", save_all=True, append_images=rest, resolution=200)
        call("ocrmypdf", "-q", "-l", "chi_sim", "--jobs", "1", f"{folder}/scan.pdf", str(path))
