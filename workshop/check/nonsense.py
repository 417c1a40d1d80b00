"""What can't be right in a line, such as 31 of 30, or a word twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from workshop.check.check_words import Words
from workshop.check.prose import unquoted
from workshop.errors import At, Problem, Severity
from workshop.model import blocks as model_blocks
from workshop.model import kit
from workshop.model.blocks import NOWHERE

# A check for sentences in which a thing, such as a model, does what only a person does; a kit's style file lists both.
#
# Exempt are quotes, questions and denials: “the model knows” in quotation marks, a sentence that ends with a question mark,
# "a model does not know", a misconception's claim, and answers that participants are expected to give.
READ = {  # of what has many fields, those that people read
    kit.Slide: ("title", "slots", "notes", "source", "toy"),
    kit.Exercise: ("title", "task", "hint", "solution"),
    kit.Sheet: ("title", "aim", "exercises", "toy", "gap", "finish"),
}
UNREAD = frozenset(
    [
        "at",
        "id",
        "name",
        "kind",
        "layout",
        "stage",
        "marker",
        "aligns",
        "unit",
        "style",
        "formula",
        "honesty",
        "address",
        "needs",
        "kept_by",
        "code",
        "color",
        "link",
        "language",
    ]
)
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
WHOLE = 100  # per cent
_DOUBLED = re.compile(r"(?<![\w-])([a-z]{2,}) \1(?![\w-])", re.IGNORECASE)
_ONE_OF_MANY = re.compile(r"(?:(\w+) )?(?<![\w.,/])1 ([a-z]{3,}s)\b")
_MINUS = re.compile(r"\b(?:saves?|saved|lost|loses?|more|fewer|up|down)(?: by)? [−-]\d")
_INSTEAD = re.compile(r"(?<!\w)(\w[\w%.,]*(?: \w+)?) instead of \1(?!\w)", re.IGNORECASE)
_ONLY_NOT = re.compile(r"\bonly (at [\w.]+)\b.*\bnot \1\b", re.IGNORECASE)
_RISES = re.compile(rf"\b(?:rose|rises|climb(?:s|ed)|grew|grows|up) from ({_NUMBER})%? to ({_NUMBER})")
_FALLS = re.compile(rf"\b(?:fell|falls|drop(?:s|ped)|sank|sinks|shrank|shrinks|down) from ({_NUMBER})%? to ({_NUMBER})")
_PART = re.compile(rf"(?<![\w.,/×-])({_NUMBER}) (?:out )?of (?:the |its |these |all )?({_NUMBER})(?![\w%]|\.\d)")
_IN_A_HUNDRED = re.compile(rf"({_NUMBER}) in a hundred")
_SHARE = re.compile(rf"({_NUMBER})(?:%| per cent)")
_GROWTH = re.compile(r"\b(?:more|up|gr[eo]w\w*|growth|increas\w+|rise\w*|rose|higher|larger)\b", re.IGNORECASE)
_HOLLOW = re.compile(r"\bnan\b|^\s*None\s*$|\(\)|\[\s*\]|“\s*”|\binf\b")
_SINGULAR = re.compile(r"(?:ss|us|is)$")


def nonsense(line: str, words: Words) -> Iterator[str]:
    """Yield what can't be right in a line, in words that can be put into quotation marks.

    >>> from workshop.check.check_words import words_for
    >>> list(nonsense("It saves −3 pages: 31 of 30 are left", words_for("en")))
    ['saves −3', '31 of 30']
    """
    said = unquoted(line)
    yield from (m.group() for m in _DOUBLED.finditer(said) if m[1].lower() not in words.doubles)
    yield from (
        f"1 {m[2]}"
        for m in _ONE_OF_MANY.finditer(said)
        if not (_SINGULAR.search(m[2]) or m[2] in words.verbs or _is_numbered(m[1] or "", words))
    )
    for pattern in (_MINUS, _INSTEAD, _ONLY_NOT, _HOLLOW):
        yield from (m.group() for m in pattern.finditer(said))
    yield from (m.group() for m in _RISES.finditer(said) if _number(m[1]) >= _number(m[2]))
    yield from (m.group() for m in _FALLS.finditer(said) if _number(m[1]) <= _number(m[2]))
    yield from (m.group() for m in _PART.finditer(said) if _number(m[1]) > _number(m[2]))
    for pattern in (_IN_A_HUNDRED, *(() if _GROWTH.search(said) else (_SHARE,))):
        yield from (m.group() for m in pattern.finditer(said) if _number(m[1]) > WHOLE)


def _is_numbered(before: str, words: Words) -> bool:
    """Whether a number belongs to the word before it, as in "round 1" and "Apollo 1"."""
    return before.lower() in words.numbered or (before[:1].isupper() and before.lower() not in words.before)


def _number(number: str) -> float:
    return float(number.replace(",", ""))


def check_sense(slides: Iterable[kit.Slide], sheets: Iterable[kit.Sheet], words: Words) -> Iterator[Problem]:
    """Yield advice for each line of slides, notes, sheets and keys that can't be right."""
    for part in (*slides, *sheets):
        for line, at in told(part):
            for found in dict.fromkeys(nonsense(line, words)):
                yield Problem(
                    f"'{found}' can't be right",
                    at,
                    hint='correct it; if a run made it, give it a claim="…" with else="…", or count with {{ n | count("vote") }}',
                    code="nonsense",
                    severity=Severity.ADVICE,
                )
        if isinstance(part, kit.Slide) and sum(note.kind == "next" for note in part.notes) > 1:
            yield Problem(
                "this slide has two Next notes", part.at, hint="keep one", code="nonsense", severity=Severity.ADVICE
            )


def told(thing: object, at: At = NOWHERE) -> Iterator[tuple[str, At]]:
    """Yield every line that people read or hear in a part of a kit, with its place; code is left out, and a blank is ``___``."""
    if isinstance(thing, str):
        yield thing, at
    elif isinstance(thing, model_blocks.ShownTable) and thing.name:
        for said, where in told((thing.header, thing.rows), at):
            if len(said.split()) <= (3 if re.search(r"\d", said) else 2):  # longer cells are what a model wrote
                yield said, where
        yield from told((thing.alt, thing.caption), at)
    elif isinstance(thing, tuple):
        if thing and all(isinstance(part, model_blocks.Run) for part in thing):
            yield "".join("___" if run.blank else " " if run.code else run.text for run in thing), at
        else:
            for part in thing:
                yield from told(part, at)
    elif isinstance(thing, Struct) and not isinstance(thing, model_blocks.ShownCode | At):
        own = getattr(thing, "at", NOWHERE)
        for name in READ.get(type(thing), thing.__struct_fields__):
            if name not in UNREAD:
                yield from told(getattr(thing, name), own if own.line else at)
