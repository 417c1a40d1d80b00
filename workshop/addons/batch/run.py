"""Building the rows of a batch: a few under way at a time, each outcome told as soon as it is known."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import re
import signal
import sys
import sysconfig
import tempfile
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, entry_points, requires, version
from pathlib import Path
from typing import Any, Protocol

from msgspec.structs import replace

import workshop
from workshop import __version__, child, limits
from workshop.addons.batch.rows import BESIDE, Outcome, State, Task, is_as_left, note, write_whole
from workshop.build import Built, build
from workshop.errors import ExitCode, Problem, Severity, WorkshopError
from workshop.files.output import packed, stopped
from workshop.files.paths import believed
from workshop.files.unchanged import Reads, Seen, Stamp
from workshop.inputs.door import read_bytes
from workshop.plugins.registry import Registry, standard_registry
from workshop.runs.trust import one_thread
from workshop.side_by_side import watch_parent

# ---------------------------------------------------------------- engine
# The digest of this program with all that it brings, by which two computers, or two days, can be told apart.
PACKAGE = Path(workshop.__file__).parent
DISTRIBUTION, PLUGINS = "workshop-kit", "workshop.plugins"
SHEETS_FOLDER = "exercises"  # the built-in kit's sheets lie beside its slides


@cache
def engine() -> str:
    """Return a digest of Python, the packages that are used, this package's files and the registered kits."""
    total = hashlib.sha256("\0".join((sys.version, workshop.__version__, *_packages())).encode())
    for root in (PACKAGE, *kit_folders()):
        for file in sorted(root.rglob("*")):
            if "__pycache__" not in file.parts and file.is_file():
                total.update(file.relative_to(root).as_posix().encode() + b"\0")
                total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def kit_folders() -> tuple[Path, ...]:
    """Return the folders of the registered kits, with those of their sheets."""
    registry = standard_registry()
    folders = [Path(registry.get("kit", name)()) for name in sorted(registry.names("kit"))]
    return tuple(folder for root in folders for folder in (root, root.parent / SHEETS_FOLDER) if folder.is_dir())


def _packages() -> Iterator[str]:
    """Yield the names and versions of the packages on which a build depends."""
    try:
        needed = [line for line in requires(DISTRIBUTION) or () if "extra ==" not in line]
    except PackageNotFoundError:  # a checkout without installation
        needed = []
    for line in sorted(needed):
        name = next(line[:end] for end in range(len(line) + 1) if end == len(line) or line[end] in " <>=!~;[(")
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} missing"
    for point in sorted(entry_points(group=PLUGINS), key=lambda point: point.value):
        yield f"{point.value} {point.dist.version if point.dist else ''}"


# ---------------------------------------------------------------- crew
# Who builds the rows: processes of this machine, or the workers of a Dask cluster. Both run the same function.
ADDRESS = re.compile(r"(tcp|tls)://[^\s/]+:\d+")
SOON, PATIENCE = 4, 60  # seconds for a scheduler to answer, and for a worker to join: until it is said, and after that
LOOK_EVERY = 2.0  # seconds between two counts of a cluster's workers
SEEN = "cluster"  # a file that the workers of a cluster must see
NO_WORKER = "no worker has joined the cluster"


def in_worker(task: Task) -> Outcome:
    """Build a row; only workers import what that needs."""
    return build_row(task)


class Crew(Protocol):
    """Builds rows, several at a time."""

    @property
    def room(self) -> int:
        """How many rows should be under way at once."""

    def start(self, task: Task) -> Future[Outcome]:
        """Begin with a row."""

    def end(self, done: Future[Outcome]) -> None:
        """Take note that a row has ended, in whatever way."""

    def finishing(self, under_way: Iterable[Future[Outcome]]) -> tuple[Future[Outcome], ...]:
        """Return the rows for which one must wait when no other is to be begun."""


class Pool:
    """Processes of this machine, each of which builds one row after the other.

    Each has an executor of its own: if one is killed, it is clear which row it was building, and the others go on.
    """

    def __init__(self, workers: int) -> None:
        self._free = [_executor() for _ in range(workers)]
        self._busy: dict[Future[Outcome], ProcessPoolExecutor] = {}
        self.room = workers

    def start(self, task: Task) -> Future[Outcome]:
        """Begin with a row; call it only if fewer than ``room`` are under way."""
        lane = self._free.pop()
        try:
            future = lane.submit(in_worker, task)
        except BrokenExecutor:  # killed while it had nothing to do
            lane = _executor()
            future = lane.submit(in_worker, task)
        self._busy[future] = lane
        return future

    def end(self, done: Future[Outcome]) -> None:
        """Take note that a row has ended; a process that was killed is replaced."""
        lane = self._busy.pop(done)
        killed = isinstance(done.exception(), BrokenExecutor)
        self._free.append(_executor() if killed else lane)

    def finishing(self, under_way: Iterable[Future[Outcome]]) -> tuple[Future[Outcome], ...]:
        """Return all rows: a process that is ended in the middle leaves half a kit."""
        return tuple(under_way)

    def close(self) -> None:
        """End the processes, which finish the rows that they have begun."""
        for lane in (*self._free, *self._busy.values()):
            lane.shutdown()


def _executor() -> ProcessPoolExecutor:
    return child.pool(1, _begin)


def _begin() -> None:
    """Prepare a worker: Ctrl-C is for its parent alone, with whom it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    watch_parent()


@contextmanager
def pool(workers: int) -> Iterator[Pool]:
    """Open a pool of processes; on leaving it, the rows that have been begun are finished."""
    one_thread()  # workers inherit this
    made = Pool(workers)
    try:
        yield made
    finally:
        made.close()


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Cluster:
    """The workers of a Dask cluster; Dask gives a row to another one if its worker dies."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False)
        self._looked, self._room = 0.0, 0

    @property
    def room(self) -> int:
        """Two rows for each thread, so that no worker waits for its next one."""
        if (now := time.monotonic()) > self._looked + LOOK_EVERY:
            self._looked, self._room = now, 2 * max(sum(self._client.nthreads().values()), 1)
        return self._room

    def start(self, task: Task) -> Future[Outcome]:
        """Begin with a row."""
        started: Future[Outcome] = self._executor.submit(in_worker, task)
        return started

    def end(self, done: Future[Outcome]) -> None:
        """Take note that a row has ended."""

    def finishing(self, under_way: Iterable[Future[Outcome]]) -> tuple[Future[Outcome], ...]:
        """Return no row: the workers finish by themselves what they have begun."""
        for future in under_way:
            future.cancel()
        return ()


@contextmanager
def cluster(address: str, out: Path, say: Callable[[str], None] = lambda _: None) -> Iterator[Cluster]:
    """Connect to a scheduler, and make sure that its workers have the same program and see the output folder.

    Args:
        address: of the scheduler; it may be one that is just being started.
        out: the output folder.
        say: prints a line.

    Raises:
        WorkshopError: exit code 2 if the address is wrong, nobody answers there, or the workers can't build the rows.
    """
    if not ADDRESS.fullmatch(address):
        raise _unusable(f"{address!r} isn't the address of a Dask scheduler", "write one such as tcp://127.0.0.1:8786")
    try:
        make: Any = import_module("distributed").Client
    except ModuleNotFoundError:
        raise _unusable("--cluster needs Dask", 'pip install "workshop-kit[cluster]"') from None
    logging.disable(logging.CRITICAL)  # what is wrong is said here, once, without Dask's tracebacks
    missing = f"no Dask scheduler answers at {address}"
    try:
        client = _patiently(lambda seconds: make(address, timeout=seconds, set_as_default=False), missing, say)
    except (OSError, ValueError) as error:
        raise _unusable(missing, "start one with: dask scheduler") from error
    try:
        _check_workers(client, address, out, say)
        yield Cluster(client)
    finally:
        client.close()
        logging.disable(logging.NOTSET)


def _patiently(wait: Callable[[float], Any], missing: str, say: Callable[[str], None]) -> Any:
    """Return what comes after some seconds; if it doesn't come soon, say what is missing, and wait longer."""
    try:
        return wait(SOON)
    except OSError:  # a TimeoutError is one, too
        say(f"{missing} yet; waiting for a minute more, Ctrl-C stops")
        return wait(PATIENCE)


def _check_workers(client: Any, address: str, out: Path, say: Callable[[str], None]) -> None:
    """Refuse a cluster without workers, or one whose workers would build something else or somewhere else."""
    token = out / BESIDE / SEEN
    token.parent.mkdir(parents=True, exist_ok=True)
    token.write_text(engine(), "utf-8")
    try:
        with suppress(TimeoutError):
            _patiently(lambda seconds: client.wait_for_workers(1, timeout=seconds), NO_WORKER, say)
        found = client.run(fault_of_worker, str(token), on_error="return")
    finally:
        token.unlink(missing_ok=True)
    if not found:
        raise _unusable(NO_WORKER, f"start one with: dask worker {address}")
    faults = {worker: fault if isinstance(fault, str) else _fault_in_words(fault) for worker, fault in found.items()}
    bad = {worker: fault for worker, fault in sorted(faults.items()) if fault}
    if bad:
        worker, fault = next(iter(bad.items()))
        more = f" (and {len(bad) - 1} more workers can't be used)" if len(bad) > 1 else ""
        raise _unusable(
            f"the worker {worker} {fault}{more}", "each needs the same version of workshop and the same paths"
        )


def fault_of_worker(token: str) -> str:
    """Return why this worker can't build rows, in a clause; "" if it can.

    Args:
        token: path of a file with the digest of the program that sends the rows.
    """
    try:
        sent = Path(token).read_text("utf-8")
    except OSError:
        return f"doesn't see the folder {Path(token).parent.parent}"
    return "" if sent == engine() else "has another version of workshop, or of a package that it needs"


def _fault_in_words(error: Any) -> str:
    if isinstance(error, ModuleNotFoundError):
        return f"has no package {error.name!r}"
    return f"can't be asked: {type(error).__name__}: {error}"


def _unusable(message: str, hint: str) -> WorkshopError:
    return WorkshopError(Problem(message, hint=hint, code="batch"), ExitCode.USAGE)


# ---------------------------------------------------------------- running the rows
TRIES = 2  # a row that stops its worker as often as this has failed


def build_rows(
    tasks: Iterable[Task], crew: Crew, told: Callable[[Outcome], None], say: Callable[[str], None] = lambda _: None
) -> None:
    """Build rows until none is left. Rows under way are never more than the crew has room for.

    Args:
        tasks: asked for one by one, when there is room.
        crew: builds them.
        told: gets each outcome.
        say: prints a line.

    Raises:
        WorkshopError: exit code 3 if the crew is lost, such as a cluster that is shut down.
        KeyboardInterrupt: after Ctrl-C, when the rows that were begun are finished.
    """
    source, again = iter(tasks), deque[Task]()
    tries: Counter[str] = Counter()
    under_way: dict[Future[Outcome], Task] = {}
    try:
        while True:
            while len(under_way) < crew.room and (task := again.popleft() if again else next(source, None)) is not None:
                under_way[crew.start(task)] = task
            if not under_way:
                return
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                task = under_way.pop(future)
                if future.cancelled():
                    raise WorkshopError(_LOST, ExitCode.MACHINE)
                crew.end(future)
                tries[task.name] += 1
                if isinstance(future.exception(), BrokenExecutor) and tries[task.name] < TRIES:
                    again.append(task)
                else:
                    told(_outcome(future, task))
    except KeyboardInterrupt:
        if left := crew.finishing(under_way):
            say(
                f"stopping: {len(left)} kit{'s' * (len(left) != 1)} under way will be finished; Ctrl-C again stops at once"
            )
        for future in wait(left).done:
            if not future.exception():
                told(future.result())
        raise


def _outcome(done: Future[Outcome], task: Task) -> Outcome:
    """Return what a worker brought, or why it brought nothing."""
    error = done.exception()
    if error is None:
        return done.result()
    if isinstance(error, BrokenExecutor):
        why = f"its worker was stopped {TRIES} times while it built this row, perhaps for want of memory"
    elif type(error).__name__ == "KilledWorker":  # Dask's, which isn't imported here
        why = "the cluster's workers were stopped again and again while they built this row, perhaps for want of memory"
    else:
        why = f"{type(error).__name__}: {error}"
    return Outcome(at=task.at, name=task.name, state=State.FAILED, message=why)


_LOST = Problem("the cluster is gone", hint="the same command goes on where this one stopped", code="batch")


# ---------------------------------------------------------------- work
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
        told = f"internal error: {type(error).__name__}: {error}"
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
