"""What a writer is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit


@dataclass(frozen=True, slots=True)
class Writer:
    """One output format.

    Attributes:
        filename: name in the output folder, e.g. ``deck.pptx``.
        render: makes the file's bytes; the same input gives the same bytes. Raises ``Problems``.
        meaning: one phrase for ``list writers``.
        needs_sheets: whether there is nothing to write for a kit without exercises.
        default: whether it is written without being asked for.
        profiled: whether ``--profile`` changes it; then the profile stands in the file's name.
        along_with: name of the writer that brings this one with it where files are asked for by name.
        has_any: whether a kit has anything for it; ``needs`` names what is missing.
    """

    filename: str
    render: Callable[[LaidOut], bytes]
    meaning: str
    needs_sheets: bool = False
    default: bool = True
    profiled: bool = False
    has_any: Callable[[Kit], bool] | None = None
    needs: str = ""
    along_with: str = ""

    def missing(self, kit: Kit) -> str:
        """Return what a kit lacks for this file, "" if nothing."""
        if self.needs_sheets and not kit.sheets:
            return "exercises"
        return self.needs if self.has_any is not None and not self.has_any(kit) else ""

    def name_for(self, kit: Kit) -> str:
        """Return the file's name: "sheets-large.pdf" in another profile than the standard one."""
        if not self.profiled or kit.profile == "standard":
            return self.filename
        stem, dot, suffix = self.filename.rpartition(".")
        return f"{stem}-{kit.profile}{dot}{suffix}"
