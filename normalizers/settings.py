"""What a user can choose about cleaning."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class CleanSettings:
    """``taxonomy_file`` is the user's own TOML of indicators, ``templates_file`` of labels and forms; both are added to ours."""

    taxonomy_file: Path | None = None
    templates_file: Path | None = None
