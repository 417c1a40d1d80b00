"""Code as Pygments reads it, in few classes of its characters: keyword, string, number, comment, name of a function or class."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any

from workshop import limits
from workshop.errors import At, Report
from workshop.model.blocks import COMMENT, DEFINED, KEYWORD, NUMBER, PLAIN, STRING

if TYPE_CHECKING:
    from pygments.lexer import Lexer

# Names of a language that a slip of the pen is compared with: the hundreds of others are too much like any word
USUAL = (
    "bash", "csharp", "docker", "fortran", "haskell", "html", "java", "javascript", "json", "julia", "kotlin", "latex",
    "markdown", "matlab", "perl", "powershell", "python", "ruby", "rust", "scala", "swift", "typescript", "yaml",
)  # fmt: skip
NAME = 20  # letters of a name that are compared
BROKEN = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def classes_of(text: str, language: str, at: At, report: Report | None = None) -> bytes:
    """Return the class of each character of a block of code; nothing if it is to be plain.

    Pygments is imported only here, for a block that names a language.

    Args:
        report: gets advice about a language that looks misspelt, and about a block that is too long.
    """
    name = language.strip().lower()
    if not name:
        return b""
    if len(text) > limits.COLOURED:
        if report is not None:
            report.advise(
                f"the code is shown in one colour: it has {len(text):,} characters, and up to {limits.COLOURED} are coloured",
                at,
                "show only the lines that matter",
                "code-length",
            )
        return b""
    lexer = _lexer(name)
    if lexer is None:
        near = get_close_matches(name[:NAME], USUAL, n=1, cutoff=0.75)
        if near and report is not None:
            message = f"the code is shown in one colour: there is no language '{language}'"
            report.advise(message, at, f"did you mean '{near[0]}'?", "code-language")
        return b""
    return _read(lexer, text) if report is None or _within(text, at, report) else b""


def _within(text: str, at: At, report: Report) -> bool:
    """Whether a block is coloured, too: reading a hostile one may take a second, so not all of very many are."""
    spent = report.spent["coloured"]
    report.spent["coloured"] += len(text)
    if spent + len(text) <= limits.ALL_COLOURED:
        return True
    if spent <= limits.ALL_COLOURED:
        message = f"code is shown in one colour from here on: {limits.ALL_COLOURED} are coloured in all"
        report.advise(message, at, "show only the lines that matter", "code-length")
    return False


@cache
def _lexer(name: str) -> Lexer | None:
    """Return a lexer that comes with Pygments; others, from packages that happen to be installed, aren't looked for."""
    from pygments.lexers import get_all_lexers, get_lexer_by_name

    known = any(name in aliases for _, aliases, _, _ in get_all_lexers(plugins=False))
    return get_lexer_by_name(name) if known else None


def _read(lexer: Lexer, text: str) -> bytes:
    found = bytearray(PLAIN * len(text))
    try:
        for start, kind, value in lexer.get_tokens_unprocessed(text + "\n"):
            own = _class_of(kind)
            if own != PLAIN:
                stop = min(start + len(value), len(text))
                found[start:stop] = own * (stop - start)
    except BROKEN:  # some lexers fail on text that isn't in their language
        return b""
    return bytes(found)


@cache
def _class_of(kind: Any) -> bytes:
    from pygments.token import Comment, Keyword, Name, Number, Operator, String

    table = (
        (Comment.Preproc, KEYWORD),
        (Comment, COMMENT),
        (Keyword, KEYWORD),
        (Operator.Word, KEYWORD),
        (Name.Tag, KEYWORD),
        (String, STRING),
        (Number, NUMBER),
        (Name.Function, DEFINED),
        (Name.Class, DEFINED),
    )
    return next((own for group, own in table if kind in group), PLAIN)
