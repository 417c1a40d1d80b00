"""knitr: options of chunks in braces and after ``#|``, defaults for later chunks, pictures that a chunk includes; nothing is run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workshop.content.reading import Reading
from workshop.errors import At

_HEAD = re.compile(r"\{\s*[A-Za-z]\w*(.*)\}\s*$", re.DOTALL)
_KEY = re.compile(r"\s*([\w.-]+)\s*=(?!=)\s*(.*?)\s*$", re.DOTALL)
_QUOTED = re.compile(r"""("|')(.*?)\1""", re.DOTALL)
_LITERAL = re.compile(r"""(?:TRUE|FALSE|T|F|NULL|NA|-?\d+(?:\.\d+)?|"[^"]*"|'[^']*'|c\([^()]*\)|-?\d+:-?\d+)$""")
_SETTING = re.compile(r"opts_chunk\$set\(")
_GRAPHICS = re.compile(r"include_graphics\(")
_PATH = re.compile(r"\s*(?:path\s*=\s*)?(?:\w+::)?(here|file\.path|c|)\(?")
_MARKED = re.compile(r"[ \t]*#<<[ \t]*$", re.MULTILINE)
FOLLOWED = ("echo", "eval", "include", "results", "fig-show", "child")  # options that decide what is seen
WORDS = {"TRUE": "true", "T": "true", "FALSE": "false", "F": "false"}
STYLES = ("css", "scss", "sass", "js")  # languages of chunks that change only a page
# What a statement begins with if nothing of it is seen: it loads, sets or assigns something
_QUIET = re.compile(
    r"(?:[\w.]+::)?(?:library|require|requireNamespace|source|options|set\.seed|suppress\w+|theme_set|setwd|data|load|invisible|"
    r"install\.packages|include_graphics|opts_\w+\$set|loadfonts|use_\w+|import|from|def|class|with|for|if|while|function)\b"
    r"|[\w.$\[\]\"'@]+(?:\s*,\s*[\w.]+)*\s*(?:<<?-|=(?!=))|[#@})\]]"
)
_GOES_ON = re.compile(r"(?:%[^%\s]*%|\|>|[-+*/,=~|&({\[]|<-)\s*(?:#.*)?$")


def options_in(info: str, at: At, reading: Reading) -> dict[str, str]:
    """Return the options in the braces of a chunk, with hyphens in their names; a calculation in R is named, and isn't followed.

    >>> from pathlib import Path
    >>> options_in("{r plot, echo=FALSE, fig.cap='A, b'}", At("a"), None)
    {'echo': 'false', 'fig-cap': 'A, b'}
    """
    found = _HEAD.match(info.strip())
    return dict(_pairs(found[1], at, reading)) if found else {}


def _pairs(text: str, at: At, reading: Reading | None) -> Iterator[tuple[str, str]]:
    for part in _parts(text):
        pair = _KEY.match(part)
        if pair is None:
            continue
        key, value = pair[1].replace(".", "-"), pair[2]
        if _LITERAL.match(value):
            quoted = _QUOTED.fullmatch(value)
            yield key, quoted[2] if quoted else WORDS.get(value, value)
        elif key in FOLLOWED and reading is not None:
            reading.lose(f"the option {pair[1]}={value} of a chunk is a calculation: it isn't followed", at)


def _parts(text: str) -> Iterator[str]:
    """Yield the parts of a list of arguments: those between commas that stand in no bracket and no string."""
    depth, quote, start = 0, "", 0
    for place, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        elif sign == "," and depth == 0:
            yield text[start:place]
            start = place + 1
    yield text[start:]


def _arguments(code: str, start: int) -> str:
    """Return what stands between the bracket before a place and the one that closes it."""
    depth = 1
    for place in range(start, len(code)):
        depth += {"(": 1, ")": -1}.get(code[place], 0)
        if not depth:
            return code[start:place]
    return code[start:]


def remember(code: str, at: At, reading: Reading) -> None:
    """Keep the options that a chunk sets for all later ones with ``opts_chunk$set``."""
    for found in _SETTING.finditer(code):
        reading.chunks.update(_pairs(_arguments(code, found.end()), at, reading))


def pictures(code: str, at: At, reading: Reading) -> list[str]:
    """Return the files that a chunk shows with ``include_graphics``; those whose names are calculated are named.

    >>> pictures('knitr::include_graphics(c("a.png", "b.png"))', At("a"), None)
    ['a.png', 'b.png']
    >>> pictures('include_graphics(here::here("img", "c.png"))', At("a"), None)
    ['img/c.png']
    """
    shown: list[str] = []
    for found in _GRAPHICS.finditer(code):
        given = next(_parts(_arguments(code, found.end())), "")
        begun = _PATH.match(given)
        names = [name for _, name in _QUOTED.findall(given)]
        whole = begun is not None and not re.sub(r"[\s,()]|path\s*=", "", _QUOTED.sub("", given[begun.end() :]))
        if not names or not whole:
            reading.lose(f"the picture include_graphics({given.strip()}) is calculated: it isn't shown", at)
        elif begun and begun[1] in ("here", "file.path"):
            shown.append("/".join(names))
        else:
            shown += names
    return shown


def shown_code(code: str) -> str:
    """Return code without the marks ``#<<`` of lines to stand out."""
    return _MARKED.sub("", code)


def has_result(code: str) -> bool:
    r"""Whether something would be seen if code were run: not if all it does is load, set and assign.

    >>> has_result("library(dplyr)\nx <- 1 +\n  2"), has_result("x <- 1\nplot(x)")
    (False, True)
    """
    goes_on = False
    for line in code.split("\n"):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not goes_on and not line[0].isspace() and not _QUIET.match(line):
            return True
        goes_on = bool(_GOES_ON.search(line))
    return False
