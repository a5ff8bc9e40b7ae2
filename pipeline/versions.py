"""Which reader and which rulebook made a result, for the ledger."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from extractors.options import ReadOptions
from extractors.reads import READS_VERSION
from pipeline.imports import modules_needed_by

# What turns a read into a clean document and its rows; what it imports makes the result, too.
CLEANED_BY = ("extractors.reads", "normalizers.passes", "normalizers.assemble", "pipeline.export.rows")
# These write the result; all in them counts, but not what they ask of ledgers and runs.
_WRITTEN_BY = ("cleaning", "export")


@lru_cache(maxsize=4)
def reader_version(options: ReadOptions | None = None) -> str:
    """Release and format of the readers, eight hex digits over their code, and the model that was chosen."""
    import extractors

    chosen = "" if options is None else options.ocr_model or (options.ocr_model_dir.name if options.ocr_model_dir else "")
    code = _digest_of(Path(extractors.__file__).parent).hex()[:8]
    return f"{version('jixiao')}+reads{READS_VERSION}.{code}" + (f"+{chosen}" if chosen else "")


def rulebook_version(*user_files: Path | None) -> str:
    """Twelve hex digits over the code and data of the cleaning stage and the user's files as they are now."""
    import normalizers

    digest = hashlib.sha256(_digest_of(Path(normalizers.__file__).parent))
    for user_file in user_files:
        # Which of the files it is counts, too: the same words mean other things in another.
        digest.update(b"-" if user_file is None else hashlib.sha256(user_file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def cleaning_version(*user_files: Path | None) -> str:
    """Twelve hex digits over all that a clean document and its rows are made by: the rulebook, and the code around it."""
    import pipeline

    digest = hashlib.sha256(f"{version('jixiao')} {rulebook_version(*user_files)}".encode())
    for name, path in modules_needed_by(*CLEANED_BY).items():
        digest.update(name.encode())
        digest.update(path.read_bytes())
    root = Path(pipeline.__file__).parent
    for folder in _WRITTEN_BY:
        digest.update(_digest_of(root / folder))
    return digest.hexdigest()[:12]


@lru_cache(maxsize=8)
def _digest_of(root: Path) -> bytes:
    digest = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*") if path.suffix in (".py", ".toml", ".txt", ".tsv")):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(path.read_bytes())
    return digest.digest()
