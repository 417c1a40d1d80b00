"""A check for sentences that compare or rank what a run computed, without a claim that tests them.

With other data, another knob or another seed such a sentence may be false without anyone noticing. A sentence is about a run
if it prints a value of it, or if its slide shows an exhibit of it. Exempt are sentences with a ``claim=`` (that of a title
with a neutral wording covers only the title), ranks whose value is a fact of that name (``votes.top.share``), and sentences
with a citation. ``.fixed`` on a part of a sentence says that the sentence is true whatever the run finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from workshop.check.prose import sentences
from workshop.check.words import Words
from workshop.errors import At, Problem, Severity
from workshop.expressions import ExpressionError, roots
from workshop.layouts import traits
from workshop.model import markup
from workshop.model.source import Content, SlideSource
from workshop.model.walk import exhibit_runs, seen_slides, visible

OTHERS = ("Ask", "Wrong", "Skip", "Next")  # notes that ask, or that other people say
NOT_RUNS = frozenset({"given", "answer", "working", "accept", "task", "var"})
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
    shows = any(True for _ in exhibit_runs(slide, audience))
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
        shows: whether its slide shows an exhibit of a run.
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
