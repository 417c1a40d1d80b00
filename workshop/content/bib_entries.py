"""Entries of ``.bib`` files, read and written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate

from msgspec import Struct, field

from workshop.errors import At

OTHERS, SIGN = chr(0xF0000), 0xF0001  # private characters: for "and others", and the first of those for formulas
_HEAD = re.compile(r"(?:^|(?<=\}))[ \t]*(@[ \t]*(\w+)[ \t]*\{\s*([^\s,{}()\"#%=]*))", re.MULTILINE)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_PARENT = re.compile(r"\b(?:crossref|xdata)\s*=\s*[{\"]([^{}\"]*)")
_MATH = re.compile(r"(?<!\\)\$+([^$]+)\$+")
# Typst shows the publisher alone, names the book of a chapter twice unless it is an @inbook, and changes capitals of journals
_CHANGES = (
    (re.compile(r"^@\s*(?:incollection|inproceedings|conference)\b", re.IGNORECASE), "@inbook"),
    (
        re.compile(
            r"\b(?:school|institution|organization|howpublished)(?=\s*=)(?!.*\bpublisher\s*=)",
            re.DOTALL | re.IGNORECASE,
        ),
        "publisher",
    ),
    (re.compile(r"(\b(?:journal|journaltitle|booktitle)\s*=\s*)\{([^{}]*)\}", re.IGNORECASE), r"\1{{\2}}"),
    (re.compile(r"\s+and\s+others(?=\s*[\"}])"), f" and {OTHERS}"),
    (re.compile(r"(?<!\\)\$"), "\N{FULLWIDTH DOLLAR SIGN}"),
)


class Entry(Struct, frozen=True):
    """An entry as BibTeX has it; ``text`` is "" if its braces aren't closed."""

    key: str
    text: str
    at: At


class Found(Struct):
    """What is in some files: entries by their keys, and texts that have a name (``@string``)."""

    entries: dict[str, Entry] = field(default_factory=dict)
    strings: list[Entry] = field(default_factory=list)


def read_entries(text: str, path: str, found: Found) -> None:
    """Find the entries of a .bib file; the first with a key counts."""
    heads = list(_HEAD.finditer(text))
    line, before = 1, 0
    ends = (*(one.start() for one in heads[1:]), len(text))  # one, too, if there is no entry
    for head, after in zip(heads, ends, strict=False):
        start, kind, key = head.start(1), head[2].lower(), head[3]
        line, before = line + text.count("\n", before, start), start
        entry = Entry(key, _whole(text[start:after]), At(path, line))
        if kind == "string":
            found.strings += [entry] if entry.text else []
        elif kind not in ("comment", "preamble"):
            found.entries.setdefault(key, entry)


def _whole(text: str) -> str:
    """Return a text up to the brace that closes its first one; "" if there is none."""
    braces = [brace for brace in _BRACE.finditer(text) if len(brace[0]) == 1]
    depths = accumulate(1 if brace[0] == "{" else -1 for brace in braces)
    return next((text[: brace.end()] for brace, depth in zip(braces, depths, strict=True) if depth == 0), "")


def with_parents(keys: Iterable[str], found: Found) -> list[Entry]:
    r"""Return entries, and those that they take fields from; nobody reads those that aren't cited.

    >>> found = Found()
    >>> read_entries("@misc{a, title = {One}}\n@article{b, title = {On $x^2$}, crossref = {a}}", "w.bib", found)
    >>> [entry.key for entry in with_parents(["b"], found)], as_read(found.entries["b"].text, formulas := [])
    (['b', 'a'], '@article{b, title = {On \U000f0001}, crossref = {a}}')
    """
    wanted = dict.fromkeys(keys)
    entries = []
    while wanted:
        key = next(iter(wanted))
        del wanted[key]
        entry = found.entries.get(key)
        if entry is not None and entry not in entries:
            entries.append(entry)
            wanted |= dict.fromkeys(name.strip() for names in _PARENT.findall(entry.text) for name in names.split(","))
    return entries


def as_read(text: str, formulas: list[str]) -> str:
    """Return an entry as Typst is to read it; signs stand for its formulas, which are added to ``formulas``."""

    def hidden(formula: re.Match[str]) -> str:
        formulas.append(formula[1])
        return chr(SIGN + len(formulas) - 1)

    text = _MATH.sub(hidden, text)
    for pattern, changed in _CHANGES:
        text = pattern.sub(changed, text)
    return text
