"""Which slides of a talk are put together freely: everything that no layout of ours is made for."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.constructs.columns import Column, Columns
from workshop.constructs.table import BY_BLOCK, text_of
from workshop.constructs.talks import Callout, Edge, StandIn
from workshop.layouts.draft import Exhibit
from workshop.model import kit

FREE = "free"
MOST_BESIDE = 34  # words beside an exhibit at 24 pt


def is_free(blocks: Sequence[kit.Block], *, untitled: bool) -> bool:
    """Whether the blocks of a slide of a talk are put together freely."""
    if untitled or any(isinstance(block, Edge | Callout | StandIn) for block in blocks):
        return True
    pairs = [block for block in blocks if isinstance(block, Columns)]
    if pairs:
        return len(blocks) > 1 or not _is_pair(pairs[0])
    if any((construct := BY_BLOCK.get(type(block))) and construct.layout for block in blocks):
        return False
    text = text_of(blocks)
    if any(line.displayed is not None for line in text):
        return True
    exhibits = [block for block in blocks if isinstance(block, Exhibit)]
    if not exhibits:
        return False
    if any(isinstance(block, kit.ShownPicture) for block in exhibits):
        return True
    if len(exhibits) > 1:
        return len(exhibits) > 2 or bool(text)
    first = exhibits[0]
    if isinstance(first, kit.ShownTable) and first.caption:
        return True
    return bool(text) and (
        sum(len(line.text.split()) for line in text) > MOST_BESIDE or isinstance(first, kit.ShownCode)
    )


def _is_pair(columns: Columns) -> bool:
    """Whether columns are two of the same width, each of text or one exhibit, as the layout for two has them."""
    found = [block for block in columns.blocks if isinstance(block, Column)]
    widths = {column.width for column in found}
    return len(found) == 2 and len(widths) == 1 and all(_is_plain(column.blocks) for column in found)


def _is_plain(blocks: Sequence[kit.Block]) -> bool:
    exhibits = [block for block in blocks if isinstance(block, Exhibit)]
    if exhibits:
        alone = len(blocks) == 1 and not isinstance(exhibits[0], kit.ShownPicture)
        return alone and not getattr(exhibits[0], "caption", "")
    return all(isinstance(block, kit.Prose) and not any(line.displayed for line in block.lines) for block in blocks)
