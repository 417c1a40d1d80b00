"""Classes of a span: places to write in, answers, marked words, digits that need no source."""

from __future__ import annotations

from msgspec.structs import replace

from workshop.constructs.declared import SpanClass

SPANS = (
    SpanClass(name="fixed", example="3", look=lambda run: run, fixed=True),
    SpanClass(name="fraction", example="(a + 1) / (b + 1)", look=lambda run: replace(run, fraction=True), fixed=True),
    SpanClass(name="blank", example=" ", look=lambda run: replace(run, blank=True), asks=True),
    SpanClass(name="answer", example="mat", look=lambda run: replace(run, accent=True)),
    SpanClass(name="mark", example="on the", look=lambda run: replace(run, mark=True)),
    SpanClass(name="accent", example="below two bits", look=lambda run: replace(run, accent=True)),
)
