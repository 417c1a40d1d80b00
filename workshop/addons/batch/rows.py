"""The rows of a batch: one kit to build, and what became of it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from workshop.errors import At
from workshop.limits import Limit
from workshop.model.request import Request

# One row's kit to build, and what became of it.
BESIDE = ".workshop-batch"  # the folder in the output folder with a record of each finished row
REPORT = "report.csv"
ROWS_BYTES = Limit(10_000_000, "bytes", "the table of `batch`")
ROWS = Limit(5_000, "rows", "the table of `batch`")


class State(StrEnum):
    """What became of a row."""

    BUILT = "built"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    NOT_BUILT = "not built"


class Task(Struct, frozen=True, kw_only=True):
    """A row's kit to build; it can be pickled, and is the same in each process that builds it.

    Attributes:
        name: of its folder in the output folder, or of its zip file without the suffix.
        kit: the name of a registered kit, or the path of a kit or a Markdown file as seen from ``here``.
        request: its options.
        out: the output folder of all rows, an absolute path.
        here: the working folder from which relative paths are meant, an absolute path.
        zipped: whether it becomes one zip file.
        engine: digest of the program that must build it.
        at: the row.
    """

    name: str
    kit: str
    request: Request
    out: Path
    here: Path
    zipped: bool
    engine: str
    at: At

    @property
    def target(self) -> Path:
        """The folder, or the zip file."""
        return self.out / (f"{self.name}.zip" if self.zipped else self.name)


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of a row.

    Attributes:
        at: the row.
        name: of its folder or zip file; "" if it isn't known.
        seconds: how long it took.
        message: why it failed, or its warnings.
    """

    at: At
    name: str
    state: State
    seconds: float = 0.0
    message: str = ""
