"""Problems, each with a place, a fix and a severity; everything that stops a build becomes one.

A step collects every problem that it finds and passes them on together, so that a person can fix six mistakes at once,
instead of running the build six times.
"""

from __future__ import annotations

import difflib
import traceback
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path

from msgspec import Struct, field

from workshop.limits import Limit, TooMuchWorkError


class Severity(IntEnum):
    """How much a problem matters; a higher value is worse."""

    ADVICE = 0
    WARNING = 1
    ERROR = 2


class ExitCode(IntEnum):
    """The exit codes of the process."""

    DONE = 0
    CONTENT = 1
    USAGE = 2
    MACHINE = 3


class At(Struct, frozen=True, order=True):
    """A place in a source file.

    Attributes:
        path: the file as the user would name it, with forward slashes.
        line: 1-based, or 0 when the whole file is meant.
        column: 1-based, or 0 when unknown.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return ``path:line``, which editors and terminals make clickable."""
        return f"{self.path}:{self.line}" if self.line else self.path


class Problem(Struct, frozen=True):
    """One thing that is wrong, where, and how to fix it.

    Attributes:
        message: one sentence without a full stop.
        at: its place, if it is in a file.
        hint: the fix, in one sentence; empty if there is none.
        code: a short stable name such as ``unknown-fact``, for filters and SARIF.
    """

    message: str
    at: At | None = None
    hint: str = ""
    code: str = "content"
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Return the problem in one line, for people."""
        place = f"{self.at}: " if self.at else ""
        hint = f" — {self.hint}" if self.hint else ""
        return f"{place}{self.severity.name.lower()}: {self.message}{hint}"

    @property
    def sort_key(self) -> tuple[str, int, int, int, str]:
        """Order by file, line and column, the worst first within a place."""
        at = self.at or At("")
        return (at.path, at.line, at.column, -self.severity, self.message)


class WorkshopError(Exception):
    """One problem that stops the build at once.

    Args:
        problem: what is wrong, or only its message.
        exit_code: exit code of the process.
    """

    def __init__(self, problem: Problem | str, exit_code: ExitCode = ExitCode.CONTENT) -> None:
        self.problem = problem if isinstance(problem, Problem) else Problem(problem)
        self.exit_code = exit_code
        super().__init__(str(self.problem))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems of this error."""
        return (self.problem,)

    def __reduce__(self) -> tuple[type[WorkshopError], tuple[Problem, ExitCode]]:
        """Pickle by parts, since worker processes return errors to us."""
        return (type(self), (self.problem, self.exit_code))


class Problems(WorkshopError):  # noqa: N818 - reads as what it is: the collected problems
    """Several problems at once.

    Args:
        found: at least one problem of severity error, and any others.
    """

    def __init__(self, found: Iterable[Problem], exit_code: ExitCode = ExitCode.CONTENT) -> None:
        self.found = tuple(sorted(set(found), key=lambda p: p.sort_key))
        super().__init__(self.found[0], exit_code)
        self.args = ("\n".join(map(str, self.found)),)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All of them, ordered by place."""
        return self.found

    def __reduce__(self) -> tuple[type[Problems], tuple[tuple[Problem, ...], ExitCode]]:  # type: ignore[override]
        """Pickle by parts."""
        return (type(self), (self.found, self.exit_code))


# codes of problems that stop a single file, too: it can't be read, is over a limit, has no slides, or could show what is private
STOPS = frozenset(
    (
        "unreadable",
        "encoding",
        "too-large",
        "too-deep",
        "too-long",
        "long-line",
        "yaml",
        "front-matter",
        "duplicate-key",
    )
) | {"comment", "format", "empty"}


class Report(Struct):
    """Collects problems while a step continues; the only mutable object that steps share.

    ``spent`` counts how much of each limit on the whole build is used. In a ``lenient`` report, which single files have, only
    errors with one of the codes in ``STOPS`` stop the build; any other is a warning.
    """

    found: list[Problem] = field(default_factory=list)
    spent: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    lenient: bool = False

    def error(self, message: str, at: At | None = None, hint: str = "", code: str = "content") -> None:
        """Add a problem that stops the build, unless the report is lenient."""
        severity = Severity.WARNING if self.lenient and code not in STOPS else Severity.ERROR
        self.found.append(Problem(message, at, hint=hint, code=code, severity=severity))

    def spend(self, most: Limit, more: float, what: str, at: At | None, hint: str) -> bool:
        """Use up more of a limit on the whole build, and return whether it is within the limit; the first that isn't is reported.

        Args:
            what: everything that counts, as the beginning of the message: "all Markdown up to here has".
        """
        before = self.spent[most.key]
        self.spent[most.key] += more
        if before <= most < self.spent[most.key]:
            self.error(f"{what} more than {most}", at, hint, "too-large")
        return self.has_room(most)

    def has_room(self, *limits: Limit) -> bool:
        """Whether the build is within some limits so far."""
        return all(self.spent[most.key] <= most for most in limits)

    def warn(self, message: str, at: At | None = None, hint: str = "", code: str = "content") -> None:
        """Add a problem that makes ``check`` fail for a kit, but not for a single file."""
        self.found.append(Problem(message, at, hint=hint, code=code, severity=Severity.WARNING))

    def advise(self, message: str, at: At | None = None, hint: str = "", code: str = "content") -> None:
        """Add a problem that never stops anything."""
        self.found.append(Problem(message, at, hint=hint, code=code, severity=Severity.ADVICE))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add the problems that another step found."""
        self.found.extend(problems)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Only the problems that stop the build."""
        return errors_in(self.found)

    def raise_if_errors(self) -> None:
        """Raise all problems, including advice, if any of them is an error."""
        if self.errors:
            raise Problems(self.found)


_OURS = str(Path(__file__).parent)


@contextmanager
def failures_of(what: str, report: Report, at: At | None = None) -> Iterator[None]:
    """Report what code raises that may be someone else's, such as a plugin's layout; ``what`` names it."""
    try:
        yield
    except (TooMuchWorkError, WorkshopError):
        raise
    except Exception as error:  # a plugin is someone else's code
        if isinstance(error, ModuleNotFoundError) and _extra((error.name or "").partition(".")[0].lower()):
            raise  # one of our own extras is missing, which is said once
        theirs = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.startswith(_OURS)]
        where = f" ({Path(theirs[-1].filename).name}, line {theirs[-1].lineno})" if theirs else ""
        message = f"{what} failed: {type(error).__name__}: {error}{where}"
        report.error(message, at, "mend the plugin that adds it, or uninstall it", "plugin")


def errors_in(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that stop a build."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


MANY, LONG = 200, 80  # numbers of names, and of letters, beyond which the search for the closest would take too long


def did_you_mean(word: str, names: Iterable[str], lead: str = "did you mean") -> str:
    """Return a hint with the closest of ``names``, or a list of them if none is close.

    >>> did_you_mean("surprize", ["surprise", "votes"])
    "did you mean 'surprise'?"
    >>> did_you_mean("x", ["surprise", "votes"])
    'there are: surprise, votes'
    """
    options: Sequence[str] = sorted(set(names))
    likely = options if len(options) <= MANY else [o for o in options if o[:1] == word[:1]][:MANY]
    close = difflib.get_close_matches(word[:LONG], likely, n=2, cutoff=0.6)
    if close:
        return f"{lead} {' or '.join(repr(c) for c in close)}?"
    if not options:
        return ""
    shown = ", ".join(options[:8]) + (", …" if len(options) > 8 else "")
    return f"there are: {shown}"


PACKAGE = "workshop-kit"
_DISTRIBUTIONS = {"pptx": "python-pptx", "docx": "python-docx"}  # whose modules have another name


def lacking(module: str) -> tuple[str, str]:
    """Return what to say of a module of another package that isn't installed, and the fix: the smallest extra of ours that brings it."""
    name = _DISTRIBUTIONS.get(module, module)
    extra = _extra(name.lower())
    named = f'python -m pip install "{PACKAGE}[{extra}]", or with [all] for the built-in kit and the app'
    again = f'install this program again with all that it needs: python -m pip install "{PACKAGE}[all]"'
    return f"the package {name} is not installed", named if extra else again


def _extra(package: str) -> str:
    """Return the name of the extra with fewest packages among those that bring one, or nothing."""
    import re  # here, since most runs lack nothing
    from collections import Counter
    from importlib import metadata

    line_of_extra = re.compile(r"([\w.-]+).*;.*\bextra == ['\"](\w+)")
    try:
        lines = metadata.requires(PACKAGE) or ()
    except metadata.PackageNotFoundError:
        return ""
    brought = [match.groups() for line in lines if (match := line_of_extra.match(line))]
    sizes = Counter(extra for _, extra in brought)  # extras that stand for several list all their packages
    return min(
        (extra for name, extra in brought if name.lower() == package), key=lambda extra: sizes[extra], default=""
    )
