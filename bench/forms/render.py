"""HTML as PDF and PDF as pictures. Needs ``chromium`` on the PATH and the Debian fonts
fonts-noto-cjk, fonts-arphic-uming and fonts-wqy-zenhei."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
)
STAMP = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")


def html_to_pdf(html: str, path: Path) -> Path:
    """Write ``path``. The time of making is set to a fixed one of the same length, so offsets hold.

    Raises:
        FileNotFoundError: no Chromium on the PATH.
    """
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        raise FileNotFoundError("Chromium is not on the PATH; install it (Debian: apt install chromium).")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "form.html"
        page.write_text(html, encoding="utf-8")
        command = [browser, *FLAGS, f"--user-data-dir={folder}/profile", f"--print-to-pdf={path}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    path.write_bytes(STAMP.sub(rb"\g<1>20240101000000", path.read_bytes()))
    return path


def pdf_to_pictures(path: Path, dpi: int) -> list[np.ndarray]:
    """One BGR uint8 array a page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    pages = [document[number].render(scale=dpi / 72).to_numpy()[:, :, :3].copy() for number in range(len(document))]
    document.close()
    return pages


def find_text(path: Path, text: str) -> list[tuple[int, tuple[float, float, float, float]]]:
    """Where ``text`` stands: (page index, box in points from the top left), in reading order."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    found = []
    for index in range(len(document)):
        page = document[index]
        height = page.get_height()
        search = page.get_textpage().search(text)
        while (hit := search.get_next()) is not None:
            left, bottom, right, top = page.get_textpage().get_charbox(hit[0])
            found.append((index, (left, height - top, right + (right - left) * (hit[1] - 1), height - bottom)))
    return found
