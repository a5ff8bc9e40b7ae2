"""Dark areas with light print in them, laid open: the area becomes paper, its print ink, its white gaps lines."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.imaging.arrays import Mask, Picture, above, brightest, darkest, shrunk
from extractors.imaging.paper import find_surroundings

# A dark area is darker than these shares of the paper in all channels, and in one; one that adjoins it, in one.
_DARK, _DEEP, _TINTED = 0.8, 0.6, 0.86
# Inches: widest stroke or gap inside an area; border that is drawn around it; thickest ruling.
_INSIDE, _BORDER, _RULING = 0.1, 0.012, 0.025
# Square inches of the smallest area, and share of it that must be of one colour, give or take as many levels.
_SMALLEST, _ONE_COLOUR, _ALIKE = 0.04, 0.6, 24
# Inches that a letter is high, how many light ones must stand in an area (a black edge of the scan has none), levels they differ by.
_MARK, _MARKS, _CLEAR = (0.03, 0.4), 3, 40
# Inches of the thickest stroke, and levels that the colour of an area varies by.
_STROKE, _EVEN = 0.045, 20
# Levels that light print differs by when it is drawn out, how much it is drawn out at most, and what is grain.
_FULL, _MOST_GAIN, _GRAIN = 180.0, 3.0, 8.0
# How dark the border of an area is drawn.
_LINE = 60
_QUICK_DPI = 50.0


def lay_fills_open(picture: Picture, dpi: float) -> Picture:
    """The picture with light print on dark areas turned to dark print on paper; the same array where there is none.

    White gaps between areas part cells as lines do, and become lines; so does the outline of an area.

    Args:
        picture: BGR uint8, shape (height, width, 3).
    """
    paper = _paper(picture)
    # On a photograph the desk is dark, and its grain is light.
    if not _may_have_fills(picture, dpi, paper) or find_surroundings(brightest(picture), dpi) is not None:
        return picture
    smooth = cv2.medianBlur(picture, 3)
    flat = _flat(smooth, dpi)
    dark = cv2.bitwise_and(_solid(brightest(smooth), _DARK * paper, flat, dpi), _solid(darkest(smooth), _DEEP * paper, flat, dpi))
    seeds = _with_light_marks(dark, smooth, dpi)
    if not cv2.countNonZero(seeds):
        return picture
    solid = cv2.max(_solid(darkest(smooth), _TINTED * paper, flat, dpi), seeds)
    area = _touching(_closed(solid, dpi), seeds)
    solid = cv2.bitwise_and(solid, area)
    return _laid_open(picture, _colours_around(smooth, solid, cv2.bitwise_and(solid, flat)), area, paper, dpi)


def _paper(picture: Picture) -> float:
    points = brightest(np.ascontiguousarray(picture[::8, ::8]))
    return float(np.percentile(points, 90))


def _may_have_fills(picture: Picture, dpi: float, paper: float) -> bool:
    """A quick look: most pages have no dark area at all."""
    scale = min(1.0, _QUICK_DPI / dpi)
    small = brightest(shrunk(picture, scale))
    solid = cv2.dilate(small, np.ones((5, 5), np.uint8)) < _DARK * paper
    return bool(solid.sum() >= 0.5 * _SMALLEST * (dpi * scale) ** 2)


def _solid(level: Mask, limit: float, flat: Mask, dpi: float) -> Mask:
    """255 where the picture is darker than a limit, at flat places and what hangs together with them; dark print does not."""
    # Rulings would lead from an area to the letters that touch them.
    side = round(_RULING * dpi) | 1
    low = cv2.morphologyEx(cv2.bitwise_not(above(level, limit)), cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    return _touching(low, flat)


def _closed(solid: Mask, dpi: float) -> Mask:
    """Areas with the print and the gaps inside them."""
    side = round(_INSIDE * dpi) | 1
    # Without the frame, what touches the edge of the picture would lose its print there.
    framed = cv2.copyMakeBorder(solid, side, side, side, side, cv2.BORDER_REPLICATE)
    closed = cv2.morphologyEx(framed, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    return np.ascontiguousarray(opened[side:-side, side:-side])


def _with_light_marks(dark: Mask, smooth: Picture, dpi: float) -> Mask:
    """The solid parts of the dark areas that are of one colour and have marks like letters in them."""
    closed = _closed(dark, dpi)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=4)
    kept = np.zeros_like(dark)
    for label, (x, y, w, h, area) in enumerate(stats.tolist()[1:count], 1):
        if area < _SMALLEST * dpi**2:
            continue
        window = slice(y, y + h), slice(x, x + w)
        part = labels[window] == label
        solid = part & (dark[window] > 0)
        colours = smooth[window][solid].astype(np.int16)
        usual = np.abs(colours - np.median(colours[::7], axis=0)).max(axis=1) <= _ALIKE
        if usual.sum() >= _ONE_COLOUR * area and _marks(part, smooth[window], colours, dpi) >= _MARKS:
            kept[window][solid] = 255
    return kept


def _marks(part: Mask, smooth: Picture, colours: Mask, dpi: float) -> int:
    """How many more light marks of the size of letters than dark ones stand in an area."""
    own = np.median(colours[::7], axis=0)
    lighter = brightest(smooth).astype(np.int16) > own.max() + _CLEAR
    darker = brightest(smooth).astype(np.int16) < own.max() - _CLEAR
    low, high = _MARK[0] * dpi, _MARK[1] * dpi
    counts = []
    for marks in (lighter, darker):
        count, _, stats, _ = cv2.connectedComponentsWithStats((marks & part).astype(np.uint8), connectivity=8)
        counts.append(sum(low <= h <= high and w <= 3 * high for _, _, w, h, _ in stats[1:count].tolist()))
    return int(counts[0] - counts[1])


def _flat(smooth: Picture, dpi: float) -> Mask:
    """255 where the colour is the same all around: neither on a stroke nor beside one."""
    side = round(_STROKE * dpi) | 1
    steps = cv2.morphologyEx(smooth, cv2.MORPH_GRADIENT, np.ones((side, side), np.uint8))
    even: Mask = cv2.bitwise_not(above(brightest(steps), _EVEN))
    return even


def _touching(area: Mask, seeds: Mask) -> Mask:
    """The connected parts of an area that hold a seed."""
    _, labels = cv2.connectedComponents(area, connectivity=4)
    wanted = np.unique(labels[(seeds > 0) & (area > 0)])
    touching: Mask = np.isin(labels, wanted[wanted > 0]).astype(np.uint8) * 255
    return touching


def _laid_open(picture: Picture, colours: Picture, area: Mask, paper: float, dpi: float) -> Picture:
    """Each pixel of the area as far below paper as it differs from the colour of the area around it."""
    off = brightest(cv2.absdiff(picture, colours)).astype(np.float32)
    # Light print has no more than the way to white to differ by; it is drawn out until it is as dark as dark print.
    gain = np.clip(_FULL / np.maximum(paper - darkest(colours), 1.0), 1.0, _MOST_GAIN)
    lighter = darkest(cv2.subtract(picture, colours)) > darkest(cv2.subtract(colours, picture))
    off = np.where(lighter, np.maximum(off - _GRAIN, 0.0) * gain, off)
    level = np.clip(paper - off, 0, 255).astype(np.uint8)
    width = 2 * max(1, round(_BORDER * dpi)) + 1
    inside = cv2.erode(area, np.ones((width, width), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=(0,))
    level[(area > 0) & (inside == 0)] = _LINE
    result: Picture = picture.copy()
    result[area > 0] = level[area > 0][:, None]
    return result


def _colours_around(smooth: Picture, solid: Mask, inner: Mask) -> Picture:
    """For each pixel the colour of the nearest of the inner places of its own area, between areas of the nearest one."""
    colours = _nearest_colours(smooth, inner)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=4)
    for label, (x, y, w, h, _) in enumerate(stats.tolist()[1:count], 1):
        window = slice(y, y + h), slice(x, x + w)
        own = labels[window] == label
        places = (own & (inner[window] > 0)).astype(np.uint8)
        if places.any():
            colours[window][own] = _nearest_colours(smooth[window], places)[own]
    return colours


def _nearest_colours(smooth: Picture, places: Mask) -> Picture:
    """The colour at the nearest of the places that are not 0, for each pixel."""
    _, nearest = cv2.distanceTransformWithLabels((places == 0).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    ys, xs = np.nonzero(places)
    colours = np.zeros((int(nearest.max()) + 1, 3), np.uint8)
    colours[nearest[ys, xs]] = smooth[ys, xs]
    found: Picture = colours[nearest]
    return found
