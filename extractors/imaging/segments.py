"""Straight strokes of a picture, in any direction, and their angles."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from extractors.imaging.arrays import Grey, Mask, Segments

# Strokes shorter than this (inches) belong to characters.
SHORTEST = 0.3


def grey_to_segments(grey: Grey, dpi: float) -> Segments:
    """Long straight edges in pixels of ``grey``; both sides of a line give one each."""
    # Against 110 dpi a corner of the page moves by less than a pixel.
    scale = min(1.0, 80.0 / dpi)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_NONE, 1.0).detect(small)[0]
    if found is None:
        return np.zeros((0, 4), np.float32)
    segments = found.reshape(-1, 4) / scale
    return segments[segment_lengths(segments) >= SHORTEST * dpi]


def segments_apart(segments: Segments, mask: Mask, distance: float) -> Segments:
    """Without strokes that run along a masked area: its edge is where the mask was cut, not what was drawn."""
    if not len(segments):
        return segments
    size = 2 * round(distance) + 1
    near = cv2.boxFilter(mask, -1, (size, size)) > 0
    inside = np.array([mask.shape[1] - 1, mask.shape[0] - 1])
    hits = []
    for share in (0.1, 0.5, 0.9):
        places = np.clip(np.rint(segments[:, :2] * (1 - share) + segments[:, 2:] * share), 0, inside).astype(np.int64)
        hits.append(near[places[:, 1], places[:, 0]])
    kept: Segments = segments[np.sum(hits, axis=0) < 2]
    return kept


def segment_lengths(segments: Segments) -> npt.NDArray[np.float64]:
    lengths: npt.NDArray[np.float64] = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    return lengths


def segment_angles(segments: Segments) -> npt.NDArray[np.float64]:
    """Degrees from the x axis, clockwise (y goes down), in [-90, 90)."""
    angles: npt.NDArray[np.float64] = np.degrees(np.arctan2(segments[:, 3] - segments[:, 1], segments[:, 2] - segments[:, 0]))
    return (angles + 90.0) % 180.0 - 90.0


def common_angle(segments: Segments, reach: float = 20.0) -> tuple[float, float]:
    """The angle that most of the length shares, taken modulo a right angle, and its share of all length.

    Returns:
        ``(angle, share)``: degrees within ±45, and the share of the length within 1.5 degrees of it. Angles
        beyond ``reach`` are not looked at: a page is laid down by hand, at most that far off.
    """
    if not len(segments):
        return 0.0, 0.0
    angles = (segment_angles(segments) + 45.0) % 90.0 - 45.0
    lengths = segment_lengths(segments)
    bins = np.arange(-reach, reach + 0.25, 0.25)
    weights, _ = np.histogram(angles, bins, weights=lengths)
    smooth = np.convolve(weights, np.ones(5) / 5, mode="same")
    if smooth.max() <= 0:
        return 0.0, 0.0
    peak = bins[int(smooth.argmax())] + 0.125
    near = np.abs(angles - peak) <= 1.5
    angle = weighted_median(angles[near], lengths[near]) if near.any() else float(peak)
    return angle, float(lengths[near].sum() / lengths.sum())


def weighted_median(values: npt.NDArray[np.float64], weights: npt.NDArray[np.float64]) -> float:
    order = np.argsort(values)
    cumulated = np.cumsum(weights[order])
    return float(values[order][int(np.searchsorted(cumulated, cumulated[-1] / 2))])
