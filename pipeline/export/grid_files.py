"""One CSV a table that is no form, as it stands on the page: ``grids/<grid_id>.csv``; with spans filled in ``grids-filled/``."""

from __future__ import annotations

import re

from pipeline.dataset import discard, written_whole
from pipeline.errors import from_os_error
from pipeline.export.csv_cells import rows_to_lines
from pipeline.export.delivery import Delivery
from pipeline.export.grid_rows import by_grid, to_lines

# The id of a grid: anything else somebody put there.
_OWN = re.compile(r"^[0-9a-f]{12}-g\d+\.csv$")


def write(delivery: Delivery) -> None:
    """What spans cells stands in the first of them; the others are blank.

    Raises:
        JobError: the dataset cannot be written.
    """
    _write(delivery, "grids", filled=False)


def write_filled(delivery: Delivery) -> None:
    """What spans cells stands in each of them.

    Raises:
        JobError: the dataset cannot be written.
    """
    _write(delivery, "grids-filled", filled=True)


def _write(delivery: Delivery, name: str, filled: bool) -> None:
    folder = delivery.folder / name
    kept = set()
    try:
        folder.mkdir(exist_ok=True)
        with delivery.source() as source:
            for grid_id, cells in by_grid(source.rows_of("grid_cells")):
                path = folder / f"{grid_id}.csv"
                with written_whole(path) as (aside,):
                    aside.write_text(rows_to_lines(to_lines(cells, filled)), encoding="utf-8-sig", newline="")
                kept.add(path.name)
        for path in folder.glob("*.csv"):
            if path.name not in kept and _OWN.match(path.name):
                discard(path)
    except OSError as error:
        raise from_os_error(error, folder) from error
