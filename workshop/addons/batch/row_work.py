"""The work on one row of a batch: its kit built in a folder of its own, and its faults in words."""

from __future__ import annotations

import contextlib
import sysconfig
import tempfile
import threading
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from workshop import __version__, limits
from workshop.addons.batch.batch_engine import PACKAGE, engine, kit_folders
from workshop.addons.batch.row_record import is_as_left, note
from workshop.addons.batch.rows import BESIDE, Outcome, State, Task
from workshop.addons.batch.whole_file import write_whole
from workshop.build import Built, build
from workshop.cli.system import refusal
from workshop.errors import ExitCode, Problem, Severity, WorkshopError
from workshop.files.journal import stopped
from workshop.files.paths import believed
from workshop.files.temporary import packed
from workshop.files.unchanged import Reads, Seen, Stamp
from workshop.inputs.door import read_bytes
from workshop.plugins.registry import Registry, standard_registry

# Building one row; it runs in the worker processes, of this machine or of a cluster.
BUILT_IN = "ai-models"
MOST_TOLD = 5  # problems of one row
_AROUND = {
    "/dev",
    "/proc",
    "/sys",
    *(sysconfig.get_path(name) for name in ("purelib", "platlib", "stdlib", "platstdlib")),
}
_TURN = threading.Lock()  # a worker of a cluster may have several threads; a build needs the working folder for itself


def build_row(task: Task) -> Outcome:
    """Build one row's kit, and return what became of it; whatever goes wrong is its message."""
    began = time.perf_counter()
    state, told = State.FAILED, ""
    try:
        _check_worker(task)
        with _TURN, contextlib.chdir(task.here):
            problems = _build(task)
        state, told = State.BUILT, _in_words(problem for problem in problems if problem.severity > Severity.ADVICE)
    except WorkshopError as error:
        told = _in_words(problem for problem in error.problems if problem.severity is Severity.ERROR)
    except Exception as error:  # noqa: BLE001 - one row must not stop the others
        known = refusal(error)
        told = _in_words(known.problems) if known else f"internal error: {type(error).__name__}: {error}"
    return Outcome(at=task.at, name=task.name, state=state, seconds=time.perf_counter() - began, message=told)


def _check_worker(task: Task) -> None:
    """Refuse to build anything else, or anywhere else, than the computer would that sent the row."""
    if not task.here.is_dir():
        raise stopped(f"there is no folder {task.here} on this worker", "a cluster's workers need the same paths")
    if task.engine != engine():
        hint = "install the same version of it, and of the packages that it needs, on every computer"
        problem = Problem(
            f"this worker has another workshop ({__version__}) than the computer that sent the row", hint=hint
        )
        raise WorkshopError(problem, ExitCode.MACHINE)


def _build(task: Task) -> tuple[Problem, ...]:
    """Build a row into its folder or zip file, and record it."""
    beside = task.out / BESIDE
    _check_places(task, beside)
    registry, reads = standard_registry(), _reads()
    reads.again()
    if not task.zipped:
        built = _built(task, registry, task.target)
        paths = [one.path for one in built.written]
    else:
        with tempfile.TemporaryDirectory(dir=beside, prefix="packing-") as folder:
            built = _built(task, registry, Path(folder))
            files = {one.path.name: read_bytes(one.path, limits.UNPACKED_BYTES) for one in built.written}
        write_whole(task.target, packed(files, task.name), beside)
        paths = [task.target]
    aside = (PACKAGE, *kit_folders(), task.target, beside, *filter(None, (task.request.cache,)))
    note(task, _lasting(reads.seen(_AROUND | {str(path) for path in aside})), paths)
    return built.problems


def _check_places(task: Task, beside: Path) -> None:
    """Refuse to write anywhere else than into the output folder, or over a zip file that somebody has changed."""
    for path in (beside, task.target):
        if path.is_symlink():
            raise stopped(
                f"{path} is a link, which may lead out of the output folder", "delete it, or choose another --out"
            )
    if task.zipped and task.target.exists() and not (task.request.force or is_as_left(task)):
        raise stopped(
            f"{task.target.name} isn't as the last batch left it, and is kept", "move it away, or use --force"
        )
    try:
        beside.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise stopped(f"cannot write to {task.out}: {error.strerror or error}", "choose another --out") from None


def _built(task: Task, registry: Registry, out: Path) -> Built:
    request = replace(task.request, cache=believed(task.request.cache))  # a cluster's worker may be another user
    base = registry.get("kit", BUILT_IN)()
    kit = registry.get("kit", task.kit)() if registry.has("kit", task.kit) else Path(task.kit)
    return build(kit, request, registry, base=base, out=out)


@cache
def _reads() -> Reads:
    """Return what this process reads; there can be only one, since it listens as long as the process lives."""
    return Reads()


def _lasting(seen: Seen) -> dict[str, Stamp | None] | None:
    """Return the stamps without those of temporary files, which are gone by now; ``None`` if a file was changed meanwhile."""
    if seen.late:
        return None
    there = str(Path(tempfile.gettempdir()).resolve())
    return {
        path: stamp
        for path, stamp in seen.stamps.items()
        if stamp or not path.startswith((there, tempfile.gettempdir()))
    }


def _in_words(problems: Iterable[Problem]) -> str:
    """Return problems in one line."""
    found = [str(problem) for problem in problems]
    more = f"; and {len(found) - MOST_TOLD} more" if len(found) > MOST_TOLD else ""
    return "; ".join(found[:MOST_TOLD]) + more
