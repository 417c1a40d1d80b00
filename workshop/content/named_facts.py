"""Facts that a section names in its front matter: ``facts: {falls: "trigram.bits.last < trigram.bits.first"}``.

A name stands for its expression in every value and condition of the section. It is written out when the section has been
read, so no later step knows of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from workshop.errors import At, Report
from workshop.expressions import ExpressionError, parse
from workshop.model.markup import Attrs, Value
from workshop.model.source import CONDITIONS, VALUE, SlideSource, StageSource, expressions_in

T = TypeVar("T")
NAME = re.compile(r"[a-z][a-z0-9_]*")


def with_facts(stage: StageSource, report: Report) -> StageSource:
    """Return a section with its named facts written out; wrong ones, and those that nothing uses, are reported."""
    facts = {name: text for name, text in stage.meta.facts.items() if _is_fine(stage, name, text, report)}
    if not facts:
        return stage
    # not within a path or a string, nor a filter or a function
    wanted = re.compile(rf"(?<![\w.'\"])(?<!\|)(?<!\| )({'|'.join(facts)})(?![\w('\"])")
    used: set[str] = set()

    def spelled(expression: str) -> str:
        used.update(wanted.findall(expression))
        return wanted.sub(lambda match: f"({facts[match[1]]})", expression)

    def concerns(slide: SlideSource) -> bool:
        return any(wanted.search(text) for text, _ in expressions_in(slide, None))

    slides = tuple(_written(slide, spelled) if concerns(slide) else slide for slide in stage.slides)
    for name in sorted(facts.keys() - used):
        report.warn(f"no slide uses the fact {name!r}", _place(stage, name), "remove it, or use it", "unused-fact")
    return replace(stage, slides=slides)


def _is_fine(stage: StageSource, name: str, text: str, report: Report) -> bool:
    if not NAME.fullmatch(name):
        hint = "use small letters, digits and _, as in falls_at_last"
        report.error(f"{name!r} can't name a fact", _place(stage, name), hint, "fact")
        return False
    try:
        parse(text)
    except ExpressionError as error:
        report.error(str(error), _place(stage, name), error.hint, error.code)
        return False
    return True


def _place(stage: StageSource, name: str) -> At:
    return stage.meta_at.get(f"facts.{name}", stage.at)


def _written(node: T, spelled: Callable[[str], str]) -> T:
    """Return a node and everything below it with all expressions spelled out; what stays the same isn't copied."""
    if isinstance(node, tuple):
        parts = tuple(_written(part, spelled) for part in node)
        return node if all(a is b for a, b in zip(node, parts, strict=True)) else cast("T", parts)
    if isinstance(node, Value):
        return cast("T", replace(node, expr=spelled(node.expr)))
    if isinstance(node, Attrs):
        pairs = tuple((key, _text(key, text, spelled)) for key, text in node.pairs)
        return node if pairs == node.pairs else cast("T", replace(node, pairs=pairs))
    if not isinstance(node, Struct) or isinstance(node, At):
        return node
    changed = {
        name: made
        for name in node.__struct_fields__
        if (made := _written(old := getattr(node, name), spelled)) is not old
    }
    return cast("T", replace(node, **changed)) if changed else node


def _text(key: str, text: str, spelled: Callable[[str], str]) -> str:
    return (
        spelled(text) if key in CONDITIONS else VALUE.sub(lambda match: f"{{{{ {spelled(match[1].strip())} }}}}", text)
    )
