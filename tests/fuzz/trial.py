"""Builds a case in this process and returns the result: built, refused with sentences, or a failure of ours."""

import contextlib
import io
import os
import re
import signal
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import click
from openxml_audit import validate_pptx

from tests.fuzz.case import Case
from tests.remembered import remembering
from workshop.check.package import check_package
from workshop.cli.app import commands
from workshop.errors import ExitCode, Severity, WorkshopError

SECRET = "hunter2"  # which must not appear in the output
SECONDS = 10  # of processor time, for one case
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# audit event -> which of its arguments is the path that changes
CHANGES = {"os.chmod": 0, "os.link": 1, "os.mkdir": 0, "os.remove": 0, "os.rename": 1, "os.rmdir": 0, "os.symlink": 1, "os.truncate": 0}  # fmt: skip
PROGRAMS = {"subprocess.Popen": 0, "os.exec": 0, "os.posix_spawn": 0, "os.system": 0}
NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.bind")
NOT_A_SENTENCE = re.compile(r"Traceback|^\W*$|^\w*(Error|Exception)\b|<\w+ object at|internal error")


class Fate(Enum):
    """The result of a case."""

    BUILT = "built"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True)
class Outcome:
    """The result of a case, and the reason.

    Attributes:
        kind: the same for failures that have the same cause; "" unless it failed.
    """

    fate: Fate
    why: str = ""
    kind: str = ""


class Failure(Exception):  # noqa: N818 - it reads as what it is
    """Something that must not happen.

    Args:
        kind: short, the same for the same cause.
        why: all that helps to find it.
    """

    def __init__(self, kind: str, why: str = "") -> None:
        self.kind, self.why = kind, why or kind
        super().__init__(kind)


@dataclass
class _Guard:
    """An audit hook that notes writes outside some folders, started programs, and network access."""

    allowed: tuple[str, ...] = ()
    on: bool = False
    found: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        sys.addaudithook(self.see)

    def see(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event == "open":
            path, _, flags = arguments
            if not isinstance(path, int) and flags & WRITING:
                self._changes(event, path)
        elif event in CHANGES:
            self._changes(event, arguments[CHANGES[event]])
        elif event in PROGRAMS and os.fsdecode(arguments[0]) != sys.executable:
            self.found.append(f"{event} {arguments[0]!r}")
        elif event in NETWORK:
            self.found.append(event)

    def _changes(self, event: str, path: Any) -> None:
        name = os.fsdecode(path)
        inside = event in ("os.remove", "os.rmdir") and not Path(name).is_absolute()  # of a folder that is open
        there = event == "os.mkdir" and Path(name).is_dir()
        if not (
            inside
            or there
            or name == os.devnull
            or "__pycache__" in name
            or str(Path(name).resolve()).startswith(self.allowed)
        ):
            self.found.append(f"{event} {name}")


_guard = cache(_Guard)  # one per process: a hook can't be removed


@contextlib.contextmanager
def _guarded(allowed: tuple[Path, ...]) -> Iterator[None]:
    guard = _guard()
    guard.allowed, guard.found, guard.on = tuple(str(path.resolve()) for path in allowed), [], True
    try:
        yield
    finally:
        guard.on = False
    if guard.found:
        kind = re.sub(r"[\d/].*", "", guard.found[0])
        raise Failure(f"outside: {kind}", "\n".join(guard.found))


@contextlib.contextmanager
def _limited() -> Iterator[None]:
    """Stop a case that takes too much processor time."""

    def late(*_: object) -> None:
        raise Failure("too slow", "".join(traceback.format_stack(limit=12)))

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def tried(case: Case, folder: Path, cache_folder: Path, *, audit: bool = True) -> Outcome:
    """Build a case below an empty folder.

    Args:
        case: what to build.
        folder: an empty folder; the case's files go into ``work``, secrets beside it.
        cache_folder: for the findings of demos, which many cases share.
        audit: whether a deck is also handed to an independent validator, which takes longer than all the rest.
    """
    work, out, scratch = folder / "work", folder / "out", folder / "tmp"
    for made in (work, scratch):
        made.mkdir()
    for name in ("secret.csv", "secret.md", "secret.png"):
        (folder / name).write_text(f"one,two\n{SECRET},1\n")
    case.write(work)
    before = _listed(folder)
    here, scratch_before, cache_before = Path.cwd(), tempfile.tempdir, os.environ.get("WORKSHOP_CACHE")
    os.chdir(work)
    tempfile.tempdir, os.environ["WORKSHOP_CACHE"] = str(scratch), str(cache_folder)
    try:
        with (
            _guarded((out, scratch, cache_folder)),
            _limited(),
            remembering(),
        ):
            outcome = _run([*case.arguments, "--out", str(out), "--quiet"])
        _look(outcome, out, folder, before, audit=audit)
    except Failure as failure:
        return Outcome(Fate.FAILED, failure.why, failure.kind)
    finally:
        os.chdir(here)
        tempfile.tempdir = scratch_before
        os.environ.pop("WORKSHOP_CACHE") if cache_before is None else os.environ.update(WORKSHOP_CACHE=cache_before)
    return outcome


def _run(arguments: list[str]) -> Outcome:
    """Run the command line's own function; return its output."""
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            commands.main(args=arguments, prog_name="workshop", standalone_mode=False)
    except WorkshopError as error:
        for problem in error.problems:
            if NOT_A_SENTENCE.search(problem.message) or "\n" in problem.message or problem.code == "broken-demo":
                raise Failure(f"no sentence: {problem.message[:40]}", str(problem)) from None
        if error.exit_code not in (ExitCode.CONTENT, ExitCode.USAGE):
            raise Failure(f"exit code {error.exit_code}", str(error)) from None
        if not any(problem.severity is Severity.ERROR for problem in error.problems):
            raise Failure("refused without an error", str(error)) from None
        return Outcome(Fate.REFUSED, "\n".join(map(str, error.problems)) + said.getvalue())
    except click.ClickException as error:
        return Outcome(Fate.REFUSED, error.format_message())
    except (Failure, KeyboardInterrupt):
        raise
    except BaseException as error:  # noqa: BLE001 - whatever gets through is what the fuzzer looks for
        frames = [f"{Path(f.filename).name}:{f.name}" for f in traceback.extract_tb(error.__traceback__)]
        ours = [f for f in frames if not f.startswith(("trial.py", "core.py"))]
        raise Failure(f"{type(error).__name__} in {ours[-1] if ours else '?'}", traceback.format_exc()) from None
    return Outcome(Fate.BUILT, said.getvalue())


def _look(outcome: Outcome, out: Path, folder: Path, before: dict[str, tuple[int, int]], *, audit: bool) -> None:
    """Look at the current state."""
    if (after := _listed(folder)) != before:
        raise Failure("sources changed", str(sorted(set(after.items()) ^ set(before.items()))))
    if SECRET in outcome.why:
        raise Failure("a secret in a message", outcome.why)
    written = sorted(path for path in out.rglob("*") if path.is_file()) if out.exists() else []
    if outcome.fate is Fate.REFUSED and written:
        raise Failure("refused, and written all the same", str(written))
    for path in written:
        if path.suffix == ".pptx":
            _deck(path, audit=audit)
        elif path.suffix == ".pdf" and not path.read_bytes().startswith(b"%PDF-"):
            raise Failure("not a PDF", str(path))


def _deck(path: Path, *, audit: bool) -> None:
    wrong = [problem for problem in check_package(path) if problem.severity is Severity.ERROR]
    if wrong:
        raise Failure(f"package: {wrong[0].code}", "\n".join(map(str, wrong)))
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if SECRET.encode() in archive.read(name):
                raise Failure("a secret in a deck", name)
    if audit:
        found = validate_pptx(path)
        if not found.is_valid:
            raise Failure(f"validator: {found.errors[0].error_type}", "\n".join(map(str, found.errors[:5])))


def _listed(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the size and time of everything in a folder except what a build may write."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if not name.startswith(("out", "tmp")) and path.is_file():
            status = path.stat()
            found[name] = (status.st_size, status.st_mtime_ns)
    return found
