"""The grammar of claims about shares, comparisons and numbers of people in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from msgspec import Struct

from workshop.check.check_words import Words
from workshop.check.prose import QUOTED, Passage, in_exercise, in_notes, on_slide, sentences, unquoted
from workshop.errors import At, Problem, Severity
from workshop.model import blocks as model_blocks
from workshop.model import kit
from workshop.model.blocks import NOWHERE
from workshop.model.markup import Attrs, Emphasis, Inline, Link, Paragraph, Span, Strong, Text
from workshop.model.meta import StyleMeta
from workshop.model.source import Content
from workshop.model.walk import every_node

# A check for sentences in which a thing, such as a model, does what only a person does; a kit's style file lists both.
#
# Exempt are quotes, questions and denials: “the model knows” in quotation marks, a sentence that ends with a question mark,
# "a model does not know", a misconception's claim, and answers that participants are expected to give.
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


MOST_VARIANTS = 1
CLAIM = "\ufffc"  # stands in the first word of a claim


def check_sources(content: Content) -> tuple[Problem, ...]:
    """Return warnings on a kit's slides that can't be read as text."""
    found = []
    for slide in (slide for stage in content.stages for slide in stage.slides):
        nodes = tuple(every_node((slide.title, slide.blocks, slide.notes)))
        variants = sum(isinstance(attrs := getattr(node, "attrs", None), Attrs) and "for" in attrs for node in nodes)
        if variants > MOST_VARIANTS:
            hint = "write the slide out where an audience needs other words, in a file in audiences/NAME/"
            found.append(_warning(f"this slide has {variants} pieces with for=", slide.at, hint, "variants"))
        for node in nodes:
            if isinstance(node, Paragraph) and any(said.count(CLAIM) > 1 for said in sentences(_told(node.children))):
                hint = "make two sentences of it, or one claim"
                found.append(_warning("a sentence here has two claims", node.at, hint, "two-claims"))
    return tuple(dict.fromkeys(found))  # notes that a slide inherits are in the kit once


def _warning(message: str, at: At, hint: str, code: str) -> Problem:
    return Problem(message, at, hint=hint, code=code, severity=Severity.WARNING)


def _told(inlines: tuple[Inline, ...]) -> str:
    return "".join(_places(inlines))


def _guards(inlines: tuple[Inline, ...]) -> bool:
    """Whether a claim only says when another one can be computed: ``[[…]{claim=…}]{claim=…}``."""
    return len(inlines) == 1 and isinstance(inlines[0], Span) and "claim" in inlines[0].attrs


def _places(inlines: tuple[Inline, ...]) -> Iterator[str]:
    """Yield the text of inline nodes, with a mark in the first word of each claim."""
    for node in inlines:
        match node:
            case Text(text):
                yield text
            case Span(children, attrs):
                text = _told(children)
                begin = len(text) - len(text.lstrip()) + 1  # after its first letter, by which a sentence is known
                yield f"{text[:begin]}{CLAIM}{text[begin:]}" if "claim" in attrs and not _guards(children) else text
            case Strong(children) | Emphasis(children) | Link(_, children):
                yield _told(children)
            case _:
                yield "0"
