"""Which reader and which rulebook made a result, for the ledger."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from extractors.reads import READS_VERSION


@lru_cache(maxsize=1)
def reader_version() -> str:
    """Release and format of the readers."""
    return f"{version('jixiao')}+reads{READS_VERSION}"


@lru_cache(maxsize=4)
def rulebook_version(*user_files: Path | None) -> str:
    """Twelve hex digits over the code and data of the cleaning stage and the user's files."""
    import normalizers

    root = Path(normalizers.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*") if path.suffix in (".py", ".toml", ".txt", ".tsv")):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(path.read_bytes())
    for user_file in filter(None, user_files):
        digest.update(user_file.read_bytes())
    return digest.hexdigest()[:12]
