"""Things that think, know or want in sentences, as only people do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from msgspec import Struct

from workshop.check.check_words import Words
from workshop.check.prose import QUOTED, Passage, in_exercise, in_notes, on_slide, sentences, unquoted
from workshop.errors import Problem, Severity
from workshop.model import kit
from workshop.model.meta import StyleMeta

SAID = ("say", "do", "show", "reply", "asked", "skip", "next")  # "ask" asks; "expect" and "wrong" are what others say
THEIRS = QUOTED | {"claim", "options"}  # slots with words that aren't the kit's own
AROUND = 3  # words that may be between a thing and its verb
NOTHING = "(?!)"  # a pattern that never matches


class Finder(Struct, frozen=True, kw_only=True):
    """The patterns for one kit.

    Attributes:
        begins: matches a sentence that begins with a thing: "The trained model …".
        does: matches a thing, or a pronoun at the beginning, with a person's verb.
        instead: form of a verb -> what to write.
        plain: forms that follow a singular noun only after a helper verb (unlike in "people with a model want").
        denials: words of denial.
        clitics: endings of denial.
    """

    begins: re.Pattern[str]
    does: re.Pattern[str]
    instead: Mapping[str, str]
    plain: frozenset[str]
    denials: frozenset[str]
    clitics: tuple[str, ...]


def finder(style: StyleMeta, words: Words) -> Finder:
    """Return the patterns for the words of a kit and its language."""
    instead = {form.lower(): verb.instead for verb in style.person_verbs for form in verb.forms}
    helpers = _any_of((*words.helpers, *words.relatives, *words.denials))
    between = rf"(?P<between>(?: (?:\w*(?:{helpers})\b|{words.adverbs})){{0,{AROUND}}})"
    nouns, pronouns, verbs = _any_of(style.things), _any_of(words.pronouns), _any_of(instead)
    does = rf"(?:\b(?P<noun>(?:{nouns})s?)|^(?P<pronoun>{pronouns}))(?:n['’]t)?{between} (?P<verb>{verbs})\b"
    return Finder(
        begins=re.compile(rf"(?:\w+ ){{0,2}}(?:{nouns})s?\b", re.IGNORECASE),
        does=re.compile(does, re.IGNORECASE),
        instead=instead,
        plain=frozenset(verb.forms[0].lower() for verb in style.person_verbs),
        denials=frozenset(words.denials),
        clitics=words.clitics,
    )


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words)) or NOTHING


def check_person_verbs(
    slides: Iterable[kit.Slide], sheets: Iterable[kit.Sheet], style: StyleMeta, words: Words
) -> Iterator[Problem]:
    """Yield a warning for each thing that thinks, knows or wants."""
    found = finder(style, words)
    exercises = (exercise for sheet in sheets for exercise in sheet.exercises)
    shown = (chain(on_slide(slide), in_notes(slide, *SAID)) for slide in slides)
    for passage in chain(chain.from_iterable(shown), chain.from_iterable(map(in_exercise, exercises))):
        if passage.slot not in THEIRS:
            yield from _in_passage(passage, found, style.called)


def _in_passage(passage: Passage, found: Finder, called: str) -> Iterator[Problem]:
    for said, instead in person_verbs(passage.text, found):
        yield Problem(
            f"'{said}' treats {called} as a person",
            passage.at,
            hint=f"say that it {instead}; in quotation marks it is what someone says",
            code="person-verb",
            severity=Severity.WARNING,
        )


def person_verbs(text: str, finds: Finder) -> list[tuple[str, str]]:
    """Return (subject and verb, what to write instead) for each thing in a text that does what only a person does.

    A pronoun at the beginning of a sentence refers to the thing with which the previous sentence began.
    """
    found: list[tuple[str, str]] = []
    about_model = False
    for sentence in sentences(text):
        said = unquoted(sentence)
        asked = said.rstrip("”\"')… ").endswith("?")
        found += [
            (match.group(), finds.instead[match["verb"].lower()])
            for match in (() if asked else finds.does.finditer(said))
            if (_agrees(match, finds) if match["noun"] else about_model) and not _denied(match, finds)
        ]
        about_model = bool(finds.begins.match(said))
    return found


def _agrees(match: re.Match[str], finds: Finder) -> bool:
    """Return whether the noun can be the verb's subject."""
    several = match["noun"].lower().endswith("s")
    return several or bool(match["between"]) or match["verb"].lower() not in finds.plain


def _denied(match: re.Match[str], finds: Finder) -> bool:
    """Return whether a denial is before the verb, or directly after it as in "knows nothing"."""
    behind = match.string[match.end() :].split(maxsplit=1)[:1]
    tokens = [token.strip(".,;:!").lower() for token in (*match["between"].split(), *behind)]
    return any(token in finds.denials or token.endswith(finds.clitics) for token in tokens)
