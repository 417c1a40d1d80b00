"""Output on the terminal: problems in several formats, and progress."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from workshop import __version__, limits
from workshop.errors import Problem, Severity

FORMATS = ("text", "json", "sarif", "github")
# Control characters, halves of characters, and those that turn the direction of writing
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_NAMED = re.compile(r"'[^']*'|“[^”]*”")  # what differs between problems that are alike
MOST_ALIKE = 12  # of problems that are alike, named in one line
LOST = ("not-shown", "words")  # codes of what no slide shows
_SARIF_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
_GITHUB_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def format_problems(problems: Iterable[Problem], style: str = "text") -> str:
    """Return problems as text lines, JSON, SARIF 2.1.0 or GitHub annotations; what people read is cut after twenty.

    In text, what is lost comes first, and warnings that are alike are one line.
    """
    found = sorted(set(problems), key=lambda p: p.sort_key)
    if style == "json":
        return json.dumps([_record(p) for p in found], indent=2, ensure_ascii=False)
    if style == "sarif":
        return json.dumps(_sarif(found), indent=2, ensure_ascii=False)
    if style == "text":
        found = sorted(_alike(found), key=lambda p: p.code not in LOST)
    worst = _worst(found)
    chosen = frozenset(worst)
    lines = [_annotation(p) if style == "github" else printable(_cut(str(p))) for p in found if p in chosen]
    if left := len(found) - len(worst):
        errors = sum(p.severity is Severity.ERROR for p in found if p not in chosen)
        lines.append(f"and {left:,} more problem{'s' * (left != 1)}" + (f", {errors:,} of them errors" * bool(errors)))
    return "\n".join(lines)


def _alike(found: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems, those that say the same of other names in one file as one, with their names and lines; no errors."""
    groups: dict[object, list[Problem]] = {}
    for problem in found:
        said, path = _NAMED.sub("", problem.message), problem.at.path if problem.at else ""
        alone = problem.severity is Severity.ERROR or not (problem.at and problem.at.line)
        key = problem if alone else (path, problem.severity, problem.code, problem.hint, said)
        groups.setdefault(key, []).append(problem)
    for first, *more in groups.values():
        if not more:
            yield first
            continue
        named = any(problem.message != first.message for problem in more)
        places = [(" ".join(_NAMED.findall(problem.message)), problem.at.line) for problem in more if problem.at]
        shown = list(dict.fromkeys(f"{name} (line {line})" if named else str(line) for name, line in places))
        where = ", ".join((*shown[:MOST_ALIKE], *("…" for _ in shown[MOST_ALIKE : MOST_ALIKE + 1])))
        lines = "" if named else "line " if len(shown) == 1 else "lines "
        yield replace(first, message=f"{first.message}, and {len(more):,} more like it: {lines}{where}")


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
