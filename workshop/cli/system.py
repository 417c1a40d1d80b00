"""What every command needs of the system: open streams, enough files, and clear words for what it refuses."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import NoReturn

from workshop import child
from workshop.cli.console import format_problems
from workshop.errors import ExitCode, Problem, Severity, WorkshopError, lacking

SCRIPT = "build_deck.py"  # of a checkout, which builds if nothing else is typed
OPEN_FILES = 256  # a build of a large kit locks a file for each demo that it runs
FULL = ("the disk is full, or whatever the output goes to", "make room there, then run the command again")
OPENED = ("this process may open too few files", f"allow more, for instance with: ulimit -n {OPEN_FILES}")
LONG = ("a name is too long", "choose a shorter one")
STARTED = ("the system starts no more processes or threads", "end other programs, or allow more with: ulimit -u")
GONE = ("the current folder no longer exists", "go to another folder, then run the command again")
MEMORY = ("there isn't enough memory", "close other programs, or build fewer stages at once")
NO_THREAD = "can't start new thread"
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


def tell(line: str) -> None:
    """Print a line for the person at the terminal; once nobody reads there, this line and all later ones go nowhere."""
    try:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())  # else Python complains of what is left to be written when it ends
        os.close(nowhere)


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
    known = error if isinstance(error, WorkshopError) else refusal(error)
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


def refusal(error: Exception) -> WorkshopError | None:
    """Return an error that the system caused as one that says so, or ``None`` for any other."""
    if isinstance(error, MemoryError):
        return _refused(MEMORY)
    if isinstance(error, RuntimeError) and str(error) == NO_THREAD:
        return _refused(STARTED)
    name = (error.name or "").partition(".")[0] if isinstance(error, ModuleNotFoundError) else ""
    if name not in ("", "workshop"):
        return _refused(lacking(name))
    reason = REASONS.get(error.errno or 0) if isinstance(error, OSError) else None
    if reason is None:
        return None
    place = error.filename if isinstance(error, OSError) else None
    return _refused(reason, ExitCode.USAGE if reason is LONG else ExitCode.MACHINE, f" ({place})" if place else "")


def _refused(reason: tuple[str, str], code: ExitCode = ExitCode.MACHINE, place: str = "") -> WorkshopError:
    message, hint = reason
    return WorkshopError(Problem(message + place, hint=hint), code)
