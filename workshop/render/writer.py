"""The interface of writers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from workshop.layout.laid import LaidOut
from workshop.model.kit import Kit


class Writer(Struct, frozen=True, kw_only=True):
    """One output format.

    Attributes:
        filename: name in the output folder, e.g. ``deck.pptx``.
        render: returns the file's bytes, the same for the same input, or name -> bytes of several files; raises ``Problems``.
        meaning: one phrase for ``list writers``.
        needs_sheets: whether it has nothing to write for a kit without exercises.
        default: whether it is written without being requested; so is a file that the material of a stage names.
        due: decides that for each kit, instead of ``default``.
        twin_of: name of the writer whose printed file this one writes to be edited; ``--editable`` asks for twins.
        profiled: whether ``--profile`` changes it; then the profile is in the file's name.
        along_with: name of a writer that includes this one when files are requested by name.
        has_any: whether a kit has anything for it; ``needs`` names what is missing.
        needs_slides: whether it needs the slides as they are laid out; a document that doesn't is begun before them, from a
            deck that has none yet.
        is_sure: whether everything that can be wrong with it was found before it is written, so that a check leaves it out.
    """

    filename: str
    render: Callable[[LaidOut], bytes | Mapping[str, bytes]]
    meaning: str
    needs_sheets: bool = False
    default: bool = True
    due: Callable[[Kit], bool] | None = None
    twin_of: str = ""
    profiled: bool = False
    has_any: Callable[[Kit], bool] | None = None
    needs: str = ""
    along_with: str = ""
    needs_slides: bool = True
    is_sure: Callable[[LaidOut], bool] | None = None

    @property
    def is_typeset(self) -> bool:
        """Whether it has pages or pictures that another process sets; these writers begin first, one after the other."""
        return self.filename.endswith((".pdf", ".docx"))

    def missing(self, kit: Kit) -> str:
        """Return what a kit lacks for this file; "" if nothing."""
        if self.needs_sheets and not kit.sheets:
            return "exercises"
        return self.needs if self.has_any is not None and not self.has_any(kit) else ""

    def is_due(self, kit: Kit) -> bool:
        """Whether a build makes it without a request: always, or because the material of a stage that is in names it."""
        brings = f"{self.along_with}.pdf" if self.along_with else self.filename
        default = self.due(kit) if self.due is not None else self.default
        return default or names_file(kit, self.filename) or names_file(kit, brings)

    def name_for(self, kit: Kit) -> str:
        """Return the file's name, such as "sheets-large.pdf" for a profile other than the standard one."""
        if not self.profiled or kit.profile == "standard":
            return self.filename
        stem, dot, suffix = self.filename.rpartition(".")
        return f"{stem}-{kit.profile}{dot}{suffix}"


def names_file(kit: Kit, filename: str) -> bool:
    """Whether the material of a stage that is in names one of our files, as in "quiz.pdf, the sheet BEFORE"."""
    return any(filename in item for stage in kit.stages for item in stage.material)
