"""Working side by side in copies of this process, where the system can copy it; elsewhere one after the other.

A copy starts at once and has everything that this process has read. It has only one thread, though, so a process with
several can't safely be copied. What makes processes is imported when one is made: a talk makes none.
"""

from __future__ import annotations

import mmap
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent import futures  # which imports what needs processes only when it is asked for
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar, cast

Item = TypeVar("Item")
Result = TypeVar("Result")
ENOUGH = 2  # processors from which a copy is quicker
_TASK: list[tuple[Callable[[Any], Any], Sequence[Any], mmap.mmap]] = []  # filled only in copies


def can_copy() -> bool:
    """Whether this process can be copied safely: on Linux, and with a single thread, threads of libraries included."""
    import multiprocessing

    if sys.platform != "linux" or multiprocessing.current_process().daemon:
        return False
    with suppress(OSError):
        return len(list(Path("/proc/self/task").iterdir())) == 1
    return False


def watch_parent() -> None:
    """End this process as soon as the one that made it ends, however that ends; else it would wait for work forever."""
    import multiprocessing

    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()


def side_by_side(work: Callable[[Item], Result], items: Sequence[Item], processes: int) -> list[Result]:
    """Return ``work`` of each item, in order.

    Args:
        work: any function whose results can be pickled; what it changes elsewhere is lost.
        items: any values.
        processes: most copies at once.
    """
    copies = min(processes, len(items))
    if copies > 1 and can_copy():
        import multiprocessing

        context = multiprocessing.get_context("fork")
        done = mmap.mmap(-1, len(items))
        try:
            with futures.ProcessPoolExecutor(copies, context, initializer=_begin, initargs=(work, items, done)) as pool:
                return list(pool.map(_do, range(len(items))))
        except futures.BrokenExecutor:  # no memory for copies
            pass
    return [work(item) for item in items]


@contextmanager
def in_copy(work: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """Do something in a copy of this process, beside what this one does; yield a function that waits for its result.

    Where a copy can't be made, or has no processor of its own, the work is done when its result is asked for. A copy makes
    no further copies.

    Args:
        work: any function whose result can be pickled; what it changes elsewhere is lost.
    """
    import multiprocessing

    alone = processors() < ENOUGH or multiprocessing.parent_process() is not None
    if alone or not can_copy():
        yield work
        return
    context = multiprocessing.get_context("fork")
    begun = (lambda _: work(), (None,), mmap.mmap(-1, 1))
    with futures.ProcessPoolExecutor(1, context, initializer=_begin, initargs=begun) as pool:
        doing = pool.submit(_do, 0)

        def result() -> Result:
            try:
                return cast(Result, doing.result())
            except futures.BrokenExecutor:  # no memory for a copy
                return work()
            finally:
                pool.shutdown()  # a copy that has nothing to do needs memory, too

        yield result


def has_company() -> bool:
    """Whether this is a copy beside which others work, so that it has one processor."""
    return _left() > 1


def has_last_item() -> bool:
    """Whether this is a copy beside which others worked, whose items are all done: their room is free."""
    return _left() == 1


def _left() -> int:
    """Return how many items of this copy and others aren't done; 0 if it is the only one, or isn't a copy."""
    items, done = _TASK[-1][1:] if _TASK else ((), b"")
    return len(items) - sum(done[:]) if len(items) > 1 else 0


def processors() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _begin(work: Callable[[Any], Any], items: Sequence[Any], done: mmap.mmap) -> None:
    watch_parent()
    _TASK.append((work, items, done))


def _do(place: int) -> Any:
    work, items, done = _TASK[-1]
    try:
        return work(items[place])
    finally:
        done[place] = 1
