"""The interface of a writer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """One output format.

    Attributes:
        filename: name in the output folder, e.g. ``deck.pptx``.
        render: makes the file's bytes; the same input gives the same bytes. Raises ``Problems``.
        meaning: one phrase for ``list writers``.
        needs_sheets: whether there is nothing to write for a kit without exercises.
        default: whether it is written without being asked for; so is a file that the material of a stage names.
        profiled: whether ``--profile`` changes it; then the profile is in the file's name.
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

    @property
    def is_typeset(self) -> bool:
        """Whether it is made of pages, which another process sets: these writers begin first, one after the other."""
        return self.filename.endswith(".pdf")

    def missing(self, kit: Kit) -> str:
        """Return what a kit lacks for this file, "" if nothing."""
        if self.needs_sheets and not kit.sheets:
            return "exercises"
        return self.needs if self.has_any is not None and not self.has_any(kit) else ""

    def is_due(self, kit: Kit) -> bool:
        """Whether a kit's build makes it without being asked: each does, or the material of a stage that is in names it."""
        brings = f"{self.along_with}.pdf" if self.along_with else self.filename
        return self.default or names_file(kit, self.filename) or names_file(kit, brings)

    def name_for(self, kit: Kit) -> str:
        """Return the file's name: "sheets-large.pdf" in another profile than the standard one."""
        if not self.profiled or kit.profile == "standard":
            return self.filename
        stem, dot, suffix = self.filename.rpartition(".")
        return f"{stem}-{kit.profile}{dot}{suffix}"


def names_file(kit: Kit, filename: str) -> bool:
    """Whether the material of a stage that is in names a file of ours, such as "quiz.pdf, the sheet BEFORE"."""
    return any(filename in item for stage in kit.stages for item in stage.material)
