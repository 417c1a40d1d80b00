"""Formulas with the values in them, and the numbers that they state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar, cast

from msgspec.structs import replace

from workshop.model.formula import MARK, NUMBER_SIGN, OPERATOR, Fenced, Grid, Node, Row, Sign
from workshop.model.frozen import with_parts

_EQUALS = ("=", "≈")
N = TypeVar("N")


def filled(node: N, texts: Mapping[str, str]) -> N:
    """Return a formula, or a part of it, with texts in place of the signs that stand for them."""
    if isinstance(node, Sign):
        kind = NUMBER_SIGN if node.text in texts else node.kind
        return cast("N", replace(node, text="".join(texts.get(sign, sign) for sign in node.text), kind=kind))
    return cast("N", with_parts(node, lambda part: filled(part, texts)))


def stated(row: Row) -> Iterator[str]:
    """Yield the numbers that a formula states: those after "=" or "≈" that aren't a factor of something.

    >>> H, equals, two = Sign("H", "letter"), Sign("=", OPERATOR), Sign("2", NUMBER_SIGN)
    >>> list(stated(Row((H, equals, two)))), list(stated(Row((H, equals, two, H)))), list(stated(Row((two, H))))
    (['2'], [], [])
    """
    after = False
    for part, following in zip(row.parts, (*row.parts[1:], None), strict=True):
        if isinstance(part, Grid):
            for cells in part.rows:
                yield from stated(Row(tuple(inner for cell in cells for inner in cell.parts)))
        elif isinstance(part, Fenced):
            yield from stated(part.inside)
        elif isinstance(part, Sign) and part.kind == OPERATOR:
            after = part.text in _EQUALS or (after and part.text in "−+±")
            continue
        elif after and isinstance(part, Sign) and part.kind == NUMBER_SIGN and _ends(following):
            yield part.text
        after = False


def _ends(following: Node | None) -> bool:
    """Whether a number before a node stands for itself."""
    return following is None or (isinstance(following, Sign) and following.kind in (OPERATOR, MARK))
