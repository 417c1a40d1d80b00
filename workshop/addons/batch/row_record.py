"""The record of a row that is done, by which a batch that runs again leaves it out."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from workshop import limits
from workshop.addons.batch.rows import BESIDE, Task
from workshop.files.unchanged import Stamp, is_as_it_was, stamp_of
from workshop.inputs.door import read_text

# Records of finished rows, in the output folder: with them, the same command builds only what is new or has changed.
FORMAT = 1


def digest_of(task: Task) -> str:
    """Return a digest of the row and of the program, but not of the files that the row names."""
    asked = replace(task.request, cache=None, force=False)
    told = (FORMAT, task.kit, str(task.here), task.zipped, task.engine, asked)
    return hashlib.sha256(repr(told).encode("utf-8", "surrogateescape")).hexdigest()


def is_done(task: Task) -> bool:
    """Whether a row was built, and neither what it asks for nor a file that it read or wrote has changed since."""
    try:
        record = json.loads(read_text(_path(task), limits.MANIFEST_BYTES))
        kept = int(record["kept"])
        return record["row"] == digest_of(task) and all(
            is_as_it_was(path, stamp and Stamp(*stamp), kept)
            for path, stamp in (*record["inputs"].items(), *record["outputs"].items())
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False


def is_as_left(task: Task) -> bool:
    """Whether what lies where the row's zip file goes is the one that an earlier batch left there."""
    path = str(task.target)
    try:
        record = json.loads(read_text(_path(task), limits.MANIFEST_BYTES))
        return path in record["outputs"] and is_as_it_was(path, Stamp(*record["outputs"][path]), int(record["kept"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False


def note(task: Task, inputs: Mapping[str, Stamp | None] | None, outputs: Iterable[Path]) -> None:
    """Record a finished row; if one of its files changed meanwhile, or the disk is full, the next batch builds it again.

    Args:
        inputs: the stamp of each file and folder that it read; ``None`` if one of them may have changed.
        outputs: the files that were written.
    """
    path = _path(task)
    with suppress(OSError):
        made = {str(file): stamp_of(str(file)) for file in outputs}
        row = "" if inputs is None else digest_of(task)
        half = path.with_suffix(f".{os.getpid()}")
        record = {"kept": time.time_ns(), "row": row, "inputs": inputs or {}, "outputs": made}
        half.write_text(json.dumps(record), "utf-8")
        half.replace(path)


def _path(task: Task) -> Path:
    """Return the place of a row's record."""
    return task.out / BESIDE / f"{task.target.name}.json"
