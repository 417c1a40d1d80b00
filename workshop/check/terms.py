"""A check of terms: each is defined where it is first used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from workshop.check.check_words import Words
from workshop.check.prose import QUOTED, in_notes, on_slide, sentences, unquoted
from workshop.errors import Problem, Severity
from workshop.layouts import traits
from workshop.model import kit
from workshop.model.meta import Term

# A check for glossary terms on slides before they are explained.
#
# A term counts as explained from the section that its entry names, or, if the entry has ``explained: slide``, from that
# slide. Earlier slides may use it only with a gloss: in bold or italics, with its meaning in brackets or
# after a colon, or in a sentence on the slide or in its notes, such as "this is called …" or "a … is …". A
# gloss explains the term for all following slides. An entry with ``everyday: yes`` is a word that everybody knows.
_BRACKETS = re.compile(r"(?<!\s)\s*+[()]\s*+")
SHORTEST = 2
DEFINING = ("say", "reply")
FOREIGN = QUOTED | {"claim", "options"}


def forms(term: Term) -> tuple[str, ...]:
    """Return the names of a term: "likeness (Jaccard)" has likeness and Jaccard; a single letter doesn't count."""
    return tuple(form for form in _BRACKETS.split(term.term) if len(form) >= SHORTEST)


@cache
def pattern(wordings: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return a pattern for any of some names, singular or plural; case matters only for names in capitals."""
    if not wordings:
        return None
    parts = (
        rf"{re.escape(w)}s?" if w.isupper() else rf"(?i:{re.escape(w)})(?:e?s)?"
        for w in sorted(wordings, key=lambda w: (-len(w), w))
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])")


def known_words(terms: Iterable[Term]) -> re.Pattern[str] | None:
    """Return a pattern for every term of a glossary."""
    return pattern(tuple(form for term in terms for form in forms(term)))


def check_terms(
    slides: Iterable[kit.Slide], terms: Iterable[Term], order: tuple[str, ...], words: Words
) -> Iterator[Problem]:
    """Yield a warning for the first slide that uses a term too soon.

    Args:
        slides: the slides that are shown, in the plan's order.
        order: ids of all sections, in the kit's order.
    """
    shown = list(slides)
    ids = {slide.id for slide in shown}
    waiting = {
        term: found for term in terms if not term.everyday and term.stage in order and (found := pattern(forms(term)))
    }
    place = {stage: index for index, stage in enumerate(order)}
    for slide in shown:
        passages = [(p, unquoted(p.text)) for p in on_slide(slide) if p.slot not in FOREIGN]
        whole = "\n".join(text for _, text in passages)
        for term, found in list(waiting.items()):
            if "divides" in traits(slide.layout) and slide.stage == term.stage:
                continue  # a section's opening may name what it will explain
            if slide.id == term.explained or _reached(slide, term, place, ids):
                del waiting[term]
            elif match := found.search(whole):
                del waiting[term]  # one warning per term is enough
                if not glossed(slide, found, words):
                    yield Problem(
                        f"'{match.group()}' is used before it is explained",
                        next(p.at for p, text in passages if found.search(text)),
                        hint=f"use plain words or explain it here; {_where(term)}",
                        code="early-term",
                        severity=Severity.WARNING,
                    )


def _reached(slide: kit.Slide, term: Term, place: dict[str, int], ids: set[str]) -> bool:
    if term.explained in ids:
        return False
    return place.get(slide.stage, -1) >= place[term.stage]


def _where(term: Term) -> str:
    return f"slide '{term.explained}' explains it" if term.explained else f"it belongs to section '{term.stage}'"


def glossed(slide: kit.Slide, found: re.Pattern[str], words: Words) -> bool:
    """Return whether a slide explains a term: by its look, on the slide, or in its notes."""
    passages = [*on_slide(slide), *in_notes(slide, *DEFINING)]
    if any(found.search(mark) for passage in passages for mark in passage.marked):
        return True
    return any(_defines(sentence, found, words) for p in passages for sentence in sentences(p.text))


def _defines(sentence: str, found: re.Pattern[str], words: Words) -> bool:
    for match in found.finditer(sentence):
        before, after = sentence[: match.start()].rstrip(' “"(:,'), sentence[match.end() :]
        if sentence[: match.start()].rstrip(' “"').endswith("(") or re.match(r"[”\"]?\s*[(:]", after):
            return True
        if re.match(rf"[”\"]?,? (?:{'|'.join(words.explains)})\b", after):
            return True
        if re.search(rf"\b(?:{'|'.join(words.named)})(?: \w+)?$", before):
            return True
    return False
