"""Origins by the names of engines, for tests that speak of engines."""

from __future__ import annotations

from extractors.model import Origin


def origin_of_engine(engine: str) -> Origin:
    """How the cells came about that an engine of this name read."""
    if engine.startswith(("pdf", "text-layer")):
        return "text-layer"
    return "transcript" if engine.startswith("transcript") else "picture"
