"""Output on the terminal: problems in several formats, progress, tables; and what every command needs of the system."""

from __future__ import annotations

import errno
import json
import os
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, NoReturn

from msgspec import Struct

from workshop import __version__, child, limits
from workshop.errors import ExitCode, Problem, Severity, WorkshopError

# ---------------------------------------------------------------- console
FORMATS = ("text", "json", "sarif", "github")
# Control characters, halves of characters, and those that turn the direction of writing
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_SARIF_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
_GITHUB_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def format_problems(problems: Iterable[Problem], style: str = "text") -> str:
    """Return problems as text lines, JSON, SARIF 2.1.0 or GitHub annotations; what people read is cut after twenty."""
    found = sorted(set(problems), key=lambda p: p.sort_key)
    if style == "json":
        return json.dumps([_record(p) for p in found], indent=2, ensure_ascii=False)
    if style == "sarif":
        return json.dumps(_sarif(found), indent=2, ensure_ascii=False)
    worst = _worst(found)
    chosen = frozenset(worst)
    lines = [_annotation(p) if style == "github" else printable(_cut(str(p))) for p in found if p in chosen]
    if left := len(found) - len(worst):
        errors = sum(p.severity is Severity.ERROR for p in found if p not in chosen)
        lines.append(f"and {left:,} more problem{'s' * (left != 1)}" + (f", {errors:,} of them errors" * bool(errors)))
    return "\n".join(lines)


def _worst(found: Iterable[Problem]) -> list[Problem]:
    """Return what is printed: errors first, and one problem of each kind before another one of the same kind, which may follow from it."""
    seen = Counter[str]()
    ranked: list[tuple[tuple[int, int], Problem]] = []
    for problem in found:
        ranked.append(((-problem.severity, seen[problem.code]), problem))
        seen[problem.code] += 1
    return [problem for _, problem in sorted(ranked, key=lambda one: one[0])][: limits.PRINTED_PROBLEMS]


def printable(text: str) -> str:
    """Return a text without characters that would steer a terminal: names of files may hold any."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def _cut(text: str) -> str:
    """Return a text without its middle if it is long; the fix, at its end, is kept."""
    most = int(limits.PRINTED_LETTERS)
    return text if len(text) <= most else f"{text[: most * 3 // 5]} … {text[-most * 2 // 5 :]}"


def _record(problem: Problem) -> dict[str, Any]:
    at = problem.at
    return {
        "file": at.path if at else None,
        "line": at.line if at and at.line else None,
        "severity": problem.severity.name.lower(),
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint or None,
    }


def _sarif(found: list[Problem]) -> dict[str, Any]:
    def result(p: Problem) -> dict[str, Any]:
        text = f"{p.message}. {p.hint}" if p.hint else p.message
        entry: dict[str, Any] = {"ruleId": p.code, "level": _SARIF_LEVEL[p.severity], "message": {"text": text}}
        if p.at:
            region = {"region": {"startLine": p.at.line}} if p.at.line else {}
            entry["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": p.at.path}, **region}}]
        return entry

    rules = [{"id": code} for code in sorted({p.code for p in found})]
    driver = {"name": "workshop", "version": __version__, "rules": rules}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": [result(p) for p in found]}],
    }


def _annotation(problem: Problem) -> str:
    place = ""
    if problem.at:
        path = _escaped(problem.at.path).replace(":", "%3A").replace(",", "%2C")
        place = f" file={path}" + (f",line={problem.at.line}" if problem.at.line else "")
    text = problem.message + (f" — {problem.hint}" if problem.hint else "")
    return f"::{_GITHUB_LEVEL[problem.severity]}{place}::{_escaped(text)}"


def _escaped(text: str) -> str:
    """Return a text as a workflow command takes it: none of it can begin another command."""
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


class Progress:
    """Says on standard error which step is under way: one line redrawn on a terminal, plain lines if ``verbose``."""

    def __init__(self, *, quiet: bool, verbose: bool) -> None:
        self._live = sys.stderr.isatty() and not quiet and not verbose
        self._plain = verbose and not quiet
        self._width = 0

    def __call__(self, step: str) -> None:
        """Say that a step begins."""
        if not step:
            return
        if self._live:
            text = f"… {step}"
            sys.stderr.write("\r" + text.ljust(self._width))
            sys.stderr.flush()
            self._width = len(text)
        elif self._plain:
            sys.stderr.write(f"{step}\n")

    def done(self) -> None:
        """Clear the line."""
        if self._live and self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0


# ---------------------------------------------------------------- timing
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


SCRIPT = "build_deck.py"  # of a checkout, which builds if nothing else is typed
OPEN_FILES = 256  # a build of a large kit locks a file for each demo that it runs
FULL = ("the disk is full, or whatever the output goes to", "make room there, then run the command again")
OPENED = ("this process may open too few files", f"allow more, for instance with: ulimit -n {OPEN_FILES}")
LONG = ("a name is too long", "choose a shorter one")
STARTED = ("the system starts no more processes or threads", "end other programs, or allow more with: ulimit -u")
GONE = ("the current folder no longer exists", "go to another folder, then run the command again")
MEMORY = ("there isn't enough memory", "close other programs, or build fewer stages at once")
NO_THREAD = "can't start new thread"
LACKING = "install this program again with all that it needs, for instance: python -m pip install workshop-kit"
PACKAGES = {"pptx": "python-pptx", "docx": "python-docx"}  # whose modules have another name
REASONS = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EMFILE: OPENED,
    errno.ENFILE: OPENED,
    errno.ENAMETOOLONG: LONG,
    errno.ENOMEM: MEMORY,
    errno.EAGAIN: STARTED,
}


def prepare() -> None:
    """Open the streams that were closed, and allow as many open files as a build needs.

    Raises:
        WorkshopError: exit code 3 if the current folder is gone, or if so many files may not be opened.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:  # else the next file that is opened would get its number, and what is printed
            with suppress(OSError):
                os.fstat(number)
                continue
            os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8"))  # noqa: PTH123, SIM115 - a number
    try:
        os.getcwd()  # noqa: PTH109 - pathlib isn't imported yet
    except OSError:
        raise _refused(GONE) from None
    with suppress(ImportError):  # Windows has no such limit
        import resource

        few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        if few != resource.RLIM_INFINITY and few < OPEN_FILES:
            try:
                resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, most))
            except ValueError:
                raise _refused(OPENED) from None


def at_a_screen() -> bool:
    """Whether a person is at a terminal, or has clicked on the program, and the system can show a window."""
    if not child.is_frozen() and not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        return False
    if sys.platform in ("win32", "darwin"):
        return "SSH_CONNECTION" not in os.environ
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def end(error: Exception, *, verbose: bool = False) -> NoReturn:
    """Say what went wrong, and exit; only with ``verbose`` is anything unexpected raised again.

    What the system refused may have been said after files were written.
    """
    known = error if isinstance(error, WorkshopError) else _refusal(error)
    if known is None and verbose:
        raise error
    if known is None:
        text = f"internal error: {type(error).__name__}: {error} (run with --verbose for details)"
    else:
        text = format_problems(known.problems)
    if known is error:
        count = sum(problem.severity is Severity.ERROR for problem in known.problems)
        text += f"\n{count} problem{'s' * (count != 1)}; nothing was written"
    with suppress(OSError, UnicodeError):  # it may be full, too
        sys.stderr.write(f"{text}\n")
    sys.exit(ExitCode.MACHINE if known is None else known.exit_code)


def _refusal(error: Exception) -> WorkshopError | None:
    """Return an error that the system caused as one that says so, or ``None`` for any other."""
    if isinstance(error, MemoryError):
        return _refused(MEMORY)
    if isinstance(error, RuntimeError) and str(error) == NO_THREAD:
        return _refused(STARTED)
    name = (error.name or "").partition(".")[0] if isinstance(error, ModuleNotFoundError) else ""
    if name not in ("", "workshop"):
        return _refused((f"the package {PACKAGES.get(name, name)} is not installed", LACKING))
    reason = REASONS.get(error.errno or 0) if isinstance(error, OSError) else None
    if reason is None:
        return None
    place = error.filename if isinstance(error, OSError) else None
    return _refused(reason, ExitCode.USAGE if reason is LONG else ExitCode.MACHINE, f" ({place})" if place else "")


def _refused(reason: tuple[str, str], code: ExitCode = ExitCode.MACHINE, place: str = "") -> WorkshopError:
    message, hint = reason
    return WorkshopError(Problem(message + place, hint=hint), code)
