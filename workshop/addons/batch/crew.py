"""The crew of a batch: processes on this computer or on a cluster that build rows side by side."""

from __future__ import annotations

import logging
import os
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from workshop import child
from workshop.addons.batch.batch_engine import engine
from workshop.addons.batch.row_work import build_row
from workshop.addons.batch.rows import BESIDE, Outcome, Task
from workshop.errors import ExitCode, Problem, WorkshopError
from workshop.runs.one_thread import one_thread
from workshop.side_by_side import watch_parent

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
