"""What rulings and flecks left in a cell is told from the strokes of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractors.ocr.textlines import Parts, ink_to_parts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

# A fleck of at most this many pixels at 200 dpi is not a glyph.
FLECK_PIXELS = 3
# What lies wholly this near to the border is the rest of a ruling.
_BORDER = 4
# What stands near to a glyph is at most this share of its height away.
_BESIDE = 0.5
# A part at least so wide, and filling less than this share of its box, is no straight piece of a ruling.
_BENT, _BENT_FULL = 4, 0.75
_CELL_EDGE = 6
# Ink this near to an end of a cell, in pixels, goes on beyond it.
_END = 2


def without_residue(ink: Mask, fleck: int = FLECK_PIXELS) -> tuple[Mask, Mask, Parts | None]:
    """Ink without flecks and without what rulings left along the border.

    Returns:
        The ink that may be text, the pixels of the rulings, and the parts of the ink; None without any.
    """
    import numpy as np

    if not ink.any():  # also keeps an empty array from the component search, which it crashes
        return ink, ink, None
    height, width = ink.shape
    edges = _full_edges(ink)
    parts = ink_to_parts(ink & ~edges)
    x, y, w, h, area = (parts.stats[:, i] for i in (0, 1, 2, 3, 4))
    band = min(_BORDER, height // 6, width // 6)
    # A ruling runs on beyond the cell; the stem of an I right beside it stops short of the cell's top and bottom.
    runs_on = (y <= _END) | (y + h >= height - _END)
    at_side = ((x <= 1) | (x + w >= width - 1)) & (w <= 6) & (((h > 0.5 * height) & runs_on) | (h > 5 * w) & (runs_on | (w <= 2)))
    at_edge = ((y <= 1) | (y + h >= height - 1)) & (h <= 6) & ((w > 0.5 * width) | (w > 5 * h))
    beside = (x + w <= band) | (x >= width - band)
    clear = (x > 0) & (x + w < width) & (y > 1) & (y + h < height - 1)
    text_beside = _on_glyph_rows(parts.stats, height, (beside | at_side) & (clear | _is_bent(parts.stats)))
    above_or_below = ((y + h <= band) | (y >= height - band)) & ~_on_text_rows(parts.stats, band, height)
    lines = ((at_side | beside) & ~text_beside) | at_edge | above_or_below
    lines[0] = False
    kept = ~(lines | (area <= fleck))
    kept[0] = True
    numbers = np.where(kept, np.cumsum(kept) - 1, 0).astype(np.int32)
    labels = parts.labels if kept.all() else numbers[parts.labels]
    residue = edges | lines[parts.labels] if lines.any() else edges
    return labels > 0, residue, Parts(labels, parts.stats[kept])


def _on_text_rows(stats: Any, band: int, height: int) -> Any:
    """Which parts stand clear of the border on rows that glyphs stand on: points and commas where text fills its cell.

    Args:
        stats: of the parts, as OpenCV gives them.
        band: what is no higher than this is no glyph that could tell.
        height: of the cell.
    """
    y, h = stats[:, 1], stats[:, 3]
    glyphs = (h > 2 * band) & (h < height)
    glyphs[0] = False
    if not glyphs.any():
        return glyphs
    return (y > 0) & (y + h < height) & (y >= y[glyphs].min()) & (y + h <= (y + h)[glyphs].max() + h)


def _is_bent(stats: Any) -> Any:
    """Which parts are no straight piece of a ruling: 扌, 亻 and 讠 may stand at the side and foot of a cell that is tight."""
    w, h, area = stats[:, 2], stats[:, 3], stats[:, 4]
    return (w >= _BENT) & (area < _BENT_FULL * w * h)


def _on_glyph_rows(stats: Any, height: int, asked: Any) -> Any:
    """Which of some parts stand on the rows of a glyph right beside them: the first stroke of 得, the 1 of 11.

    Args:
        stats: of the parts, as OpenCV gives them.
        height: of the cell.
        asked: about which parts.
    """
    import numpy as np

    x, y, w, h = (stats[:, i] for i in range(4))
    result = np.zeros(len(stats), np.bool_)
    large = _glyphs(stats, height)
    for i in np.flatnonzero(asked[1:]) + 1:
        result[i] = _beside_glyph(stats[large], (x[i], y[i], x[i] + w[i], y[i] + h[i]))
    return result


def _glyphs(stats: Any, height: int) -> Any:
    """Which parts are too large for the rest of a ruling and no ruling: the first row of the parts is none."""
    w, h = stats[:, 2], stats[:, 3]
    large = (w > _BORDER) & (h > 2 * _BORDER) & (h < height)
    large[0] = False
    return large


def _beside_glyph(glyphs: Any, box: tuple[int, int, int, int]) -> bool:
    """Whether a box (x0, top, x1, bottom) stands on the rows of one of the glyphs, and near to it."""
    import numpy as np

    x, y, w, h = (glyphs[:, i] for i in range(4))
    gap = np.maximum(x - box[2], box[0] - (x + w))
    return bool(((box[1] >= y - 2) & (box[3] <= y + h + 2) & (gap <= _BESIDE * h)).any())


def _full_edges(ink: Mask) -> Mask:
    """Rows and columns near the border that are ink for more than half their length, out to an end: rulings, which may meet in a corner.

    A column of ink that ends inside the cell is the stem of a letter, a row of ink that does the feet of bold ones; so is a column that
    reaches one end only, where the glyphs beside it reach as far.
    """
    import numpy as np

    height, width = ink.shape
    edges = np.zeros(ink.shape, np.bool_)
    depth, side = min(_CELL_EDGE, height // 5), min(_CELL_EDGE, width // 5)
    rows = (2 * np.count_nonzero(ink, axis=1) > width) & (ink[:, :_END].any(axis=1) | ink[:, -_END:].any(axis=1))
    top, foot = ink[:_END].any(axis=0), ink[-_END:].any(axis=0)
    columns = (2 * np.count_nonzero(ink, axis=0) > height) & (top | foot)
    rows[depth : height - depth] = False
    columns[side : width - side] = False
    edges[rows] = True
    if (columns & ~(top & foot)).any():
        columns &= ~_stems(ink, columns & ~(top & foot), edges)
    edges[:, columns] = True
    return edges & ink


def _stems(ink: Mask, columns: NDArray[np.bool_], rulings: Mask) -> NDArray[np.bool_]:
    """Of some columns of ink those that are the stem of a glyph: they stand on its rows, or on those of the next glyph."""
    import numpy as np

    rest = ink & ~rulings
    rest[:, columns] = False
    stems = np.zeros_like(columns)
    if not rest.any():
        return stems
    stats = ink_to_parts(rest).stats
    glyphs = stats[_glyphs(stats, ink.shape[0])]
    for column in np.flatnonzero(columns).tolist():
        inked = np.flatnonzero(ink[:, column])
        stems[column] = _beside_glyph(glyphs, (column, int(inked[0]), column + 1, int(inked[-1]) + 1))
    return stems
