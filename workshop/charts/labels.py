"""Estimated boxes of a chart's labels beside their points and dashed lines."""

from __future__ import annotations

from workshop.charts.frame import Frame
from workshop.charts.geometry import LABEL_GAP, Rect, moved, text_box
from workshop.charts.resolved import PointLabel, ResolvedReference, ResolvedSeries


def outwards(frame: Frame, series: int, label: PointLabel) -> str:
    """Return the side for a label's ``position``; "end" depends on the bar's direction."""
    if label.position != "end":
        return label.position
    value = frame.chart.series[series].values[label.index] or 0.0
    return ("left" if value < 0 else "right") if frame.lying else "below" if value < 0 else "above"


def label_box(frame: Frame, series: ResolvedSeries, label: PointLabel, label_size: float) -> Rect:
    """Return the estimated box of a point's label."""
    at = frame.point(series.index, label.index)
    if at is None:
        raise ValueError(f"series {series.name!r} has a label on a gap")
    side = outwards(frame, series.index, label)
    clear = LABEL_GAP + (series.marker_size / 2 if series.marker != "none" else 0.0)
    box = text_box(label.text, label.size or label_size, at, side, clear, bold=label.bold)
    return moved(box, label.dx, label.dy)


def reference_box(frame: Frame, reference: ResolvedReference, size: float) -> Rect:
    """Return the estimated box of a reference's label."""
    start, end = frame.reference(reference.axis, reference.value)
    at = end if reference.at == "end" else start
    box = text_box(reference.label, size, at, reference.position, LABEL_GAP / 2)
    return moved(box, reference.dx, reference.dy)


def reference_align(frame: Frame, reference: ResolvedReference) -> str:
    """Return the end of its box at which a reference's label begins: "left", "right" or "center"."""
    if reference.position == "right":
        return "left"
    if reference.axis != "value" or frame.lying:
        return "center"
    return "right" if reference.at == "end" else "left"
