"""Sentences in which a model does what only a person does.

Exempt is what is quoted, asked or denied: “the model knows” in quotation marks, a sentence that ends in a question mark,
"a model does not know", a misconception's claim, and answers that participants are expected to give.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from workshop.check.prose import Passage, in_exercise, in_notes, on_slide, sentences, unquoted
from workshop.check.words import Words
from workshop.errors import Problem, Severity
from workshop.model import kit

SAID = ("say", "do", "reply", "skip", "next")  # "ask" asks; "expect" and "wrong" are what others say
THEIRS = frozenset(["claim", "options", "given", "quote"])  # slots with words that are not the kit's own
AROUND = 3  # words that may stand between a model and its verb


def check_person_verbs(slides: Iterable[kit.Slide], sheets: Iterable[kit.Sheet], words: Words) -> Iterator[Problem]:
    """Yield a warning for each model that thinks, knows or wants."""
    if not words.person_verbs:
        return
    for slide in slides:
        for passage in (*on_slide(slide), *in_notes(slide, *SAID)):
            yield from _in_passage(passage, words)
    for sheet in sheets:
        for exercise in sheet.exercises:
            for passage in in_exercise(exercise):
                yield from _in_passage(passage, words)


def _in_passage(passage: Passage, words: Words) -> Iterator[Problem]:
    if passage.slot in THEIRS:
        return
    for found, instead in person_verbs(passage.text, words):
        yield Problem(
            f"'{found}' makes a person of a machine",
            passage.at,
            f"say that it {instead}; in quotation marks it is somebody's words",
            "person-verb",
            Severity.WARNING,
        )


def person_verbs(text: str, words: Words) -> list[tuple[str, str]]:
    """Return (subject and verb, what to write instead) of each model in a text that does what only a person does.

    A pronoun at the beginning of a sentence stands for the model that the sentence before began with.
    """
    pattern, instead = _verbs(words)
    found = []
    about_model = False
    for sentence in sentences(text):
        said = unquoted(sentence)
        match = None if said.rstrip("”\"')… ").endswith("?") else pattern.search(said)
        if match and (match["noun"] or about_model) and not _denied(match, words):
            found.append((match.group(), instead[match["verb"].lower()]))
        about_model = bool(_nouns(words).match(said)) or (about_model and bool(match and match["pronoun"]))
    return found


def _denied(match: re.Match[str], words: Words) -> bool:
    """Return whether a denial stands before the verb, or right behind it: "knows nothing"."""
    behind = match.string[match.end() :].split(maxsplit=1)[:1]
    tokens = [token.strip(".,;:!").lower() for token in (*match["between"].split(), *behind)]
    return any(token in words.denials or token.endswith(words.clitics) for token in tokens)


@cache
def _nouns(words: Words) -> re.Pattern[str]:
    """Return a pattern for a sentence that begins with a machine: "The trained model …"."""
    return re.compile(rf"(?:\w+ ){{0,2}}(?:{'|'.join(words.models)})s?\b", re.IGNORECASE)


@cache
def _verbs(words: Words) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern for a machine or pronoun with a person's verb, and form of a verb -> what to write instead."""
    instead = {form: verb.instead for verb in words.person_verbs for form in verb.forms}
    helpers = "|".join(map(re.escape, (*words.helpers, *words.relatives, *words.denials)))
    between = rf"(?P<between>(?: (?:\w*(?:{helpers})\b|{words.adverbs})){{0,{AROUND}}})"
    nouns, pronouns = "|".join(words.models), "|".join(words.pronouns) or "(?!)"
    found = re.compile(
        rf"(?:\b(?P<noun>(?:{nouns})s?)|^(?P<pronoun>{pronouns})){between} (?P<verb>{'|'.join(instead)})\b",
        re.IGNORECASE,
    )
    return found, instead
