"""Checks of sentences and of their sources.

- Sentences that compare or rank what a run computed need a claim that tests them.
- Some lines can't be right whatever the run found: "1 votes", "rose from 71% to 68%", "31 of 30". Each of these rules knows only a
  line of finished text. So it also finds what no claim covers: a seed, a knob at its end or a room of three people makes such a line
  from a sentence that reads well in the kit's own run.
- Sources should read as text, with one variant per slide at most, and one claim per sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from msgspec import Struct

from workshop.check.prose import QUOTED, Passage, Words, in_exercise, in_notes, on_slide, sentences, unquoted
from workshop.errors import At, Problem, Severity
from workshop.expressions import ExpressionError, roots
from workshop.layouts import traits
from workshop.model import blocks as model_blocks
from workshop.model import kit, markup
from workshop.model.blocks import NOWHERE
from workshop.model.markup import Attrs, Emphasis, Inline, Link, Paragraph, Span, Strong, Text
from workshop.model.meta import StyleMeta
from workshop.model.source import Content, SlideSource, every_node, names_in, seen_slides, visible

# ---------------------------------------------------------------- claims
OTHERS = ("Ask", "Wrong", "Skip", "Next")  # notes that ask, or that other people say
DONE = ("Do ", "If asked")  # notes that nobody says
NOT_RUNS = frozenset({"given", "answer", "working", "accept", "task", "var", "room", "world"})
RANKED = frozenset({
    "top", "bottom", "best", "worst", "most", "least", "first", "last", "low", "high", "lowest", "highest",
    "smallest", "largest", "rise", "fall", "jump",
})  # fmt: skip
# Placeholders for values of a run, for ranks, and for parts that exempt a sentence
VALUE, RANK, EXEMPT = "0\ufffc", "1\ufffc", "\ufffd"


class Patterns(Struct, frozen=True):
    """The patterns: comparisons anywhere, ranks without a fact of that name, quantifiers beside a value."""

    compares: re.Pattern[str]
    ranks: re.Pattern[str]
    counts: re.Pattern[str]

    @classmethod
    def of(cls, words: Words) -> Patterns:
        """Return the patterns of a language; without words for it, patterns that never match."""
        return cls(*(_any(found) for found in (words.compares, words.ranks, words.counts)))


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(patterns) or '(?!)'})(?![\w-])", re.IGNORECASE)


def check_claims(content: Content, audience: str, words: Words) -> Iterator[Problem]:
    """Yield a warning for each sentence of an audience's slides and notes that compares and isn't tested."""
    patterns = Patterns.of(words)
    for stage in content.stages:
        for slide in seen_slides(stage, audience):
            yield from _slide(slide, audience, patterns)


def _slide(slide: SlideSource, audience: str, patterns: Patterns) -> Iterator[Problem]:
    claimed = "claim" in slide.attrs
    if claimed and "else" not in slide.attrs:
        return  # if it is false, the slide is left out
    shows = any(name not in NOT_RUNS for name, _ in names_in(slide, audience))
    lines = () if claimed else ((_text(slide.title, audience), slide.at),)
    if "asks" not in traits(slide.attrs.get("layout")):  # bets may be wrong
        lines = (*lines, *_lines(slide.blocks, audience))
    for text, at in (*lines, *_lines(slide.notes, audience)):
        for said in sentences(text):
            if found := compared(said, patterns, shows=shows):
                yield Problem(
                    f"'{found}' compares, and no claim tests it",
                    at,
                    hint='write claim="…" that says the same, reword it, or mark it [word]{.fixed} if it holds for any data',
                    code="unclaimed",
                    severity=Severity.WARNING,
                )


def compared(said: str, patterns: Patterns, *, shows: bool) -> str:
    """Return the words of a sentence that compare a run's results, or "".

    Args:
        said: the sentence, with ``VALUE`` or ``RANK`` for each value of a run, and ``EXEMPT`` for parts that exempt it.
        shows: whether its slide shows or prints something of a run.
    """
    prints = VALUE in said or RANK in said
    if EXEMPT in said or said.rstrip("”\"')… ").endswith("?") or not (shows or prints):
        return ""
    found = patterns.compares.search(said)
    if found is None and RANK not in said:
        found = patterns.ranks.search(said)
    if found is None and prints:
        found = patterns.counts.search(said)
    return found.group() if found else ""


def check_counted(
    content: Content, audience: str, words: Words, defaults: Mapping[str, Mapping[str, int]]
) -> Iterator[Problem]:
    """Yield advice for each number word that a knob of its slide's demos has as its default: turn the knob, and it is wrong.

    Args:
        content: the kit.
        audience: id of the audience whose slides are read.
        words: number words and what they count.
        defaults: demo -> each knob that takes whole numbers -> its default.
    """
    pattern = _any(words.numbers)
    declared = {run.name: run for stage in content.stages for run in stage.runs}
    for stage in content.stages:
        for slide in seen_slides(stage, audience):
            knobs: dict[int, str] = {}
            for name, _ in names_in(slide, audience):
                run = declared.get(name)
                fixed = run.knobs if run else {}
                turned = defaults.get(run.demo if run else name, {})
                knobs |= {value: f"{name}.{knob}" for knob, value in turned.items() if knob not in fixed}
            lines = () if "claim" in slide.attrs else ((_text(slide.title, audience), slide.at),)
            if "asks" not in traits(slide.attrs.get("layout")):  # options may be wrong
                lines = (*lines, *_lines((*slide.blocks, *slide.notes), audience))
            for said, at in (
                (said, at)
                for text, at in lines
                if knobs and not text.startswith(DONE)
                for said in sentences(text)
                if EXEMPT not in said
            ):
                for found in pattern.findall(unquoted(said)):
                    if (knob := knobs.get(words.numbers[found.lower()])) is not None:
                        yield Problem(
                            f"'{found}' is also what the knob {knob} is set to",
                            at,
                            hint=f"if it is that number, print it: {{{{ {knob} | count }}}}; if not, mark it [{found}]{{.fixed}}",
                            code="counted-by-hand",
                            severity=Severity.ADVICE,
                        )


def _lines(blocks: Iterable[markup.Block], audience: str) -> Iterator[tuple[str, At]]:
    """Yield every line of blocks without a claim."""
    for block in blocks:
        match block:
            case markup.Paragraph(children, at):
                text = _text(children, audience)
                if not text.startswith(OTHERS):
                    yield text, at
            case markup.ListBlock(items):
                for item in items:
                    if _open(item.attrs, audience):
                        yield from _lines(item.blocks, audience)
            case markup.TableBlock(header=header, rows=rows, at=at):
                for cells in (header, *rows):
                    yield from ((_text(cell, audience), at) for cell in cells)
            case markup.Div(_, inner, attrs) if _open(attrs, audience):
                yield from _lines(inner, audience)
            case _:
                pass  # quotes are what others say


def _open(attrs: markup.Attrs, audience: str) -> bool:
    return visible(attrs, audience) and "claim" not in attrs


def _text(inlines: Iterable[markup.Inline], audience: str) -> str:
    return "".join(_pieces(inlines, audience)).strip()


def _pieces(inlines: Iterable[markup.Inline], audience: str) -> Iterator[str]:
    for node in inlines:
        match node:
            case markup.Text(text):
                yield text
            case markup.Value(expr):
                yield _value(expr)
            case markup.Cite():
                yield EXEMPT
            case markup.Span(children, attrs):
                if _open(attrs, audience):
                    yield (EXEMPT if "fixed" in attrs.classes else "") + _text(children, audience)
            case markup.Strong(children) | markup.Emphasis(children) | markup.Link(_, children):
                yield _text(children, audience)
            case _:
                yield " "


def _value(expr: str) -> str:
    try:
        runs = set(roots(expr)) - NOT_RUNS
    except ExpressionError:
        return ""  # the plan reports it
    if not runs:
        return "#"
    return RANK if RANKED & set(re.findall(r"\w+", expr)) else VALUE


# ---------------------------------------------------------------- person verbs
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

    >>> from workshop.check.prose import words_for
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
