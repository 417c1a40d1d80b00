"""Scatter plots as native plots; the names of groups and axes are labels of invisible points."""

from __future__ import annotations

from workshop.render.office_xml import Element
from workshop.render.pptx.chart_clouds import Cloud, points_plot
from workshop.render.pptx.chart_drawing import NUDGE, PLACES, Drawing
from workshop.render.pptx.chart_labels import Tag


# Scatter plots as native plots; the names of groups and axes are labels of invisible points.
def scatter_plot(drawing: Drawing) -> list[Element]:
    """Return a scatter plot with its notes."""
    return points_plot(drawing, *_notes(drawing))


def _notes(drawing: Drawing) -> list[Cloud]:
    """Words at places in the plane, as labels of invisible points."""
    notes = drawing.resolved.notes
    if not notes:
        return []
    return [
        Cloud(
            "names",
            tuple(note.x for note in notes),
            tuple(note.y for note in notes),
            tags=tuple(
                Tag(
                    index,
                    note.text,
                    PLACES[note.position],
                    note.size,
                    role=note.color,
                    bold=note.bold,
                    move=drawing.move(-NUDGE if note.position == "right" else 0, note.dy),
                )
                for index, note in enumerate(notes)
            ),
        )
    ]
