"""Cleaning a dataset: only what changed is cleaned again, and the result is the same as if all had been."""

from __future__ import annotations

from pipeline.cleaning.exports import write_exports
from pipeline.cleaning.run import clean_dataset, count_contents

__all__ = ["clean_dataset", "count_contents", "write_exports"]
