"""Programs that take the form as HTML."""

from __future__ import annotations

from pathlib import Path

from bench.forms.html import filing_to_html
from bench.producers.call import call
from bench.producers.forms import form


def html_of(name: str, more: str = "") -> str:
    """The form as HTML, with more CSS at the end of its style."""
    html = filing_to_html(*form(name))
    return html.replace("</style>", more + "</style>", 1)


def chromium(name: str, path: Path) -> None:
    page = path.with_suffix(".html")
    page.write_text(html_of(name), encoding="utf-8")
    call("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={path}", page.as_uri())


def wkhtmltopdf(name: str, path: Path) -> None:
    page = path.with_suffix(".html")
    page.write_text(html_of(name), encoding="utf-8")
    call("wkhtmltopdf", "-q", "--enable-local-file-access", str(page), str(path))


def weasyprint(name: str, path: Path) -> None:
    _weasyprint(html_of(name), path)


def weasyprint_separate(name: str, path: Path) -> None:
    """Each cell with a frame of its own, filled by the even-odd rule."""
    _weasyprint(html_of(name, "table { border-collapse: separate; border-spacing: 0; }"), path)


def weasyprint_spaced(name: str, path: Path) -> None:
    _weasyprint(html_of(name, "table { border-collapse: separate; border-spacing: 2px; }"), path)


def _weasyprint(html: str, path: Path) -> None:
    from weasyprint import HTML

    HTML(string=html).write_pdf(path)
