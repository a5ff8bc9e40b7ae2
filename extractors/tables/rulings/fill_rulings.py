"""Coloured areas -> rulings: borders that show because two colours meet."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.geometry.page_ink import Fill
from extractors.geometry.runs import flags_to_runs
from extractors.tables.rulings.pdf_rulings import THIN
from extractors.tables.rulings.ruling import Ruling

if TYPE_CHECKING:
    import numpy as np

# A drawing of more patches than this is an illustration.
_MOST_FILLS = 4000
_MOST_POSITIONS = 1500


class PaintedPage:
    """The coloured areas of a page, painted one over the other on a grid of their own edges."""

    def __init__(self, fills: Sequence[Fill]) -> None:
        self.xs: list[float] = []
        self.ys: list[float] = []
        if not fills or len(fills) > _MOST_FILLS or all(fill.color is None for fill in fills):
            return
        xs = sorted({round(x, 1) for fill in fills for x in (fill.bbox.x0, fill.bbox.x1)})
        ys = sorted({round(y, 1) for fill in fills for y in (fill.bbox.top, fill.bbox.bottom)})
        if max(len(xs), len(ys)) <= _MOST_POSITIONS:
            self.xs, self.ys = xs, ys
            self.colors = self._paint(fills)

    def _paint(self, fills: Sequence[Fill]) -> np.ndarray:
        import numpy as np

        numbers: dict[tuple[float, ...] | None, int] = {None: 0}
        colors = np.zeros((len(self.ys) - 1, len(self.xs) - 1), dtype=np.int32)
        for fill in fills:
            number = numbers.setdefault(fill.color, len(numbers))
            left, right = (bisect_left(self.xs, round(x, 1)) for x in (fill.bbox.x0, fill.bbox.x1))
            top, bottom = (bisect_left(self.ys, round(y, 1)) for y in (fill.bbox.top, fill.bbox.bottom))
            colors[top:bottom, left:right] = number
        return colors

    def borders(self) -> list[Ruling]:
        """A ruling wherever the colour changes, white paper being a colour too."""
        if not self.xs:
            return []
        import numpy as np

        padded = np.pad(self.colors, 1)
        rulings = []
        for j, x in enumerate(self.xs):
            changes = padded[1:-1, j] != padded[1:-1, j + 1]
            rulings += [Ruling("v", x, self.ys[a], self.ys[b]) for a, b in flags_to_runs(changes)]
        for i, y in enumerate(self.ys):
            changes = padded[i, 1:-1] != padded[i + 1, 1:-1]
            rulings += [Ruling("h", y, self.xs[a], self.xs[b]) for a, b in flags_to_runs(changes)]
        return [ruling for ruling in rulings if ruling.length > THIN]

    def is_colored(self, x: float, y: float) -> bool:
        if not self.xs:
            return False
        j, i = bisect_left(self.xs, x) - 1, bisect_left(self.ys, y) - 1
        inside = 0 <= i < len(self.ys) - 1 and 0 <= j < len(self.xs) - 1
        return inside and bool(self.colors[i, j])

    def pale_lines(self, fills: Sequence[Fill]) -> list[Ruling]:
        """Thin white strokes that show because they lie on colour."""
        lines = []
        for fill in fills:
            box = fill.bbox
            if fill.color is not None or min(box.width, box.height) > THIN or max(box.width, box.height) <= THIN:
                continue
            x, y = box.center
            if box.width >= box.height:
                if self._all_colored([(box.x0 + box.width * k / 4, y + side) for k in (1, 2, 3) for side in (-THIN, THIN)]):
                    lines.append(Ruling("h", y, box.x0, box.x1))
            elif self._all_colored([(x + side, box.top + box.height * k / 4) for k in (1, 2, 3) for side in (-THIN, THIN)]):
                lines.append(Ruling("v", x, box.top, box.bottom))
        return lines

    def _all_colored(self, points: Sequence[tuple[float, float]]) -> bool:
        return all(self.is_colored(x, y) for x, y in points)
