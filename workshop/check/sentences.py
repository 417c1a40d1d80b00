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

from msgspec import Struct

from workshop.check.check_words import Words
from workshop.check.prose import sentences, unquoted
from workshop.errors import At, Problem, Severity
from workshop.expressions import ExpressionError, roots
from workshop.layouts import traits
from workshop.model import markup
from workshop.model.source import Content, SlideSource
from workshop.model.walk import names_in, seen_slides, visible

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
