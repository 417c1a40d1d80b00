"""What a writer is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workshop.layout.laid import LaidOut


@dataclass(frozen=True, slots=True)
class Writer:
    """One output format.

    Attributes:
        filename: name in the output folder, e.g. ``deck.pptx``.
        render: makes the file's bytes; the same input gives the same bytes. Raises ``Problems``.
        meaning: one phrase for ``list writers``.
        needs_sheets: whether there is nothing to write for a kit without exercises.
    """

    filename: str
    render: Callable[[LaidOut], bytes]
    meaning: str
    needs_sheets: bool = False
