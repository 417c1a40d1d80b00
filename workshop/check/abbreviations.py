"""A check of abbreviations: each is written out where it is first used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from workshop.check.prose import QUOTED, in_exercise, on_slide
from workshop.errors import Problem, Severity
from workshop.model import kit
from workshop.model.meta import Term

# A check for abbreviations that are never spelled out.
#
# The language's list, kit.yaml (``abbreviations:``) and the glossary have abbreviations that are known; any other must be
# spelled out on a slide, at or before its first use: "direct preference optimisation (DPO)" or "DPO, direct preference
# optimisation". Names with a number (GPT-4) are names, and a word in capitals that the kit also writes in small letters
# (HOLD, hold) is just emphasis.
ABBREVIATION = re.compile(r"(?<![\w-])(?=(?:\w*[A-Z]){2})[A-Z][A-Z0-9]{1,5}(?=s?(?!\w))(?!-?\d)")
ROMAN = re.compile(r"[IVX]+")
SMALL = re.compile(r"\b[a-z]{2,6}\b")
SKIPPED = QUOTED | {"claim"}


def check_abbreviations(
    slides: Iterable[kit.Slide], sheets: Iterable[kit.Sheet], known: Iterable[str], terms: Iterable[Term]
) -> Iterator[Problem]:
    """Yield a warning for the first use of each abbreviation that is not explained."""
    told = {*known, *(short for term in terms for short in ABBREVIATION.findall(f"{term.term} {term.definition}"))}
    exercises = (exercise for sheet in sheets for exercise in sheet.exercises)
    pages = [list(page) for page in chain(map(on_slide, slides), map(in_exercise, exercises))]
    small = {word for page in pages for passage in page for word in SMALL.findall(passage.text)}
    for page in pages:
        passages = [p for p in page if p.slot not in SKIPPED]
        told |= {short for p in passages for short in ABBREVIATION.findall(p.text) if written_out(short, p.text)}
        for passage in passages:
            for short in ABBREVIATION.findall(passage.text):
                if short not in told and short.lower() not in small and not ROMAN.fullmatch(short):
                    told.add(short)
                    yield Problem(
                        f"'{short}' is never spelled out",
                        passage.at,
                        hint=f"spell it out once, followed by ({short}); or name it in glossary.yaml, or in kit.yaml "
                        "under abbreviations:",
                        code="abbreviation",
                        severity=Severity.WARNING,
                    )


def written_out(short: str, text: str) -> bool:
    """Return whether the words for an abbreviation, with its letters as their initials, are beside it.

    >>> written_out("DPO", "Direct preference optimisation (DPO) needs no reward model")
    True
    >>> written_out("DPO", "The newer way (DPO) needs no reward model")
    False
    """
    letters = [letter for letter in short.lower() if letter.isalpha()]
    for match in re.finditer(rf"\b{re.escape(short)}s?\b", text):
        before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
        if before.endswith(("(", "[", ",", ":")) and _spells(_initials(before)[-2 * len(letters) :], letters):
            return True
        if after.startswith(("(", "[", ",", ":", "–", "=")) and _spells(_initials(after)[: 2 * len(letters)], letters):
            return True
    return False


def _initials(text: str) -> str:
    return "".join(word[0].lower() for word in re.findall(r"[A-Za-z]+", text))


def _spells(initials: str, letters: list[str]) -> bool:
    """Return whether the letters are among the initials in order; small words may be between them."""
    rest = iter(initials)
    return all(letter in rest for letter in letters)
