"""Where the time of a build goes, step by step: ``--timing``."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

from msgspec import Struct

# Where the time of a build goes, step by step: ``--timing``.
BAR = 24  # characters of a step that takes all the processor time
START, REST = "start, imports", "the rest"


class Spent(Struct):
    """Seconds of wall time and of processor time."""

    wall: float = 0.0
    cpu: float = 0.0


class Timing:
    """Listens to the steps of a build, and notes how long each takes.

    A step lasts until the same thread begins the next one; an empty name says that it has ended. Documents are set in
    other processes beside the deck, so the wall times of these steps may add up to more than the whole.

    Args:
        passed_on: gets each step as well.
    """

    def __init__(self, passed_on: Callable[[str], None]) -> None:
        self._passed_on = passed_on
        self._steps = {START: Spent(_age(), _processor())}
        self._running: dict[int, tuple[str, float, float]] = {}
        self._began = time.perf_counter()
        self._main = threading.get_ident()
        self._ended = _children()
        self._lock = threading.Lock()

    def __call__(self, step: str) -> None:
        """Say that a step begins in this thread."""
        thread = threading.get_ident()
        wall, cpu = time.perf_counter(), time.thread_time()
        with self._lock:
            self._share_out()
            if thread in self._running:
                name, since, used = self._running.pop(thread)
                self._steps[name].wall += wall - since
                self._steps[name].cpu += cpu - used
            if step:
                self._steps.setdefault(step, Spent())
                self._running[thread] = (step, wall, cpu)
        self._passed_on(step)

    def _share_out(self) -> None:
        """Give the time of the processes that have ended to the steps that may have waited for them, each second once.

        Those are the steps beside the main thread, and its own if it waits, too; if there are no others, it is always its own.
        """
        waiting = [name for thread, (name, wall, cpu) in self._running.items() if self._waits(thread, wall, cpu)]
        waiting = waiting or [name for name, _, _ in self._running.values()]
        if waiting:
            ended = _children()
            for name in waiting:
                self._steps[name].cpu += (ended - self._ended) / len(waiting)
            self._ended = ended

    def _waits(self, thread: int, wall: float, cpu: float) -> bool:
        """Whether a thread may be waiting for a process: the main thread has been idle for most of its step, then.

        Args:
            thread: its identifier.
            wall, cpu: its clocks when its step began.
        """
        if thread != self._main:
            return True
        try:
            used = time.clock_gettime(time.pthread_getcpuclockid(thread)) - cpu
        except (AttributeError, OSError):  # Windows, where no process is copied
            return False
        return used < (time.perf_counter() - wall) / 2

    def table(self) -> str:
        """Return the steps in their order, with wall time, processor time and share; call it in the main thread, at the end."""
        self("")
        start = self._steps[START]
        whole = Spent(start.wall + time.perf_counter() - self._began, _processor())
        rest = max(whole.cpu - sum(spent.cpu for spent in self._steps.values()), 0.0)
        rows = {**self._steps, REST: Spent(0.0, rest)}
        wide = max(map(len, rows))
        lines = [f"{'step':{wide}}  {'wall':>7}  {'CPU':>7}  share of CPU"]
        for name, spent in rows.items():
            share = spent.cpu / whole.cpu if whole.cpu else 0.0
            wall = f"{spent.wall:5.2f} s" if name != REST else ""
            bar = "▇" * round(BAR * share)
            lines.append(f"{name:{wide}}  {wall:>7}  {spent.cpu:5.2f} s  {share:4.0%} {bar}".rstrip())
        return "\n".join((*lines, f"{'all':{wide}}  {whole.wall:5.2f} s  {whole.cpu:5.2f} s"))


def _children() -> float:
    """Return the processor time of the processes that this one has started and that have ended, in seconds."""
    times = os.times()
    return times.children_user + times.children_system


def _processor() -> float:
    """Return the processor time of this process, and of those that it has started, in seconds."""
    return time.process_time() + _children()


def _age() -> float:
    """Return the seconds since this process began; its processor time where the system doesn't say that."""
    try:
        with open("/proc/self/stat", encoding="ascii") as file:  # noqa: PTH123 - Linux only
            ticks = int(file.read().rpartition(")")[2].split()[19])
        return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, AttributeError):
        return time.process_time()
