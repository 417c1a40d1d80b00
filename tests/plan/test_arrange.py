"""Tests which slides of a kit are put together freely: those that its layouts would refuse."""

import pytest

from workshop.constructs.column_divs import Column, Columns
from workshop.constructs.talk_divs import Callout
from workshop.errors import At
from workshop.model.blocks import Formula, Line, Prose, Row, Run, ShownTable
from workshop.plan.arrange import is_free

AT = At("talk.md", 1)
TEXT = Prose((Line((Run("words"),), at=AT),))
DISPLAYED = Prose((Line((Run("x", formula=Formula(Row(()), display=True)),), at=AT),))
PLAIN = ShownTable(header=(), rows=(), aligns=(), alt="", caption="", highlight=-1, at=AT)
CAPTIONED = ShownTable(header=(), rows=(), aligns=(), alt="", caption="All", highlight=-1, at=AT)


def columns(*parts):
    return Columns("", tuple(Column("", part, AT) for part in parts), AT)


@pytest.mark.parametrize(
    ("blocks", "free"),
    [
        ((TEXT, Callout("Mind", (TEXT,), AT)), True),
        ((TEXT, DISPLAYED), True),
        ((TEXT, PLAIN, PLAIN), True),
        ((PLAIN, PLAIN, PLAIN), True),
        ((CAPTIONED,), True),
        ((columns((TEXT,), (TEXT,), (TEXT,)),), True),
        ((columns((TEXT, PLAIN), (TEXT,)),), True),
        ((TEXT,), False),
        ((TEXT, PLAIN), False),
        ((PLAIN, PLAIN), False),
        ((TEXT, columns((TEXT,), (PLAIN,))), False),
    ],
)
def test_a_slide_of_a_kit_is_free_if_no_layout_takes_it(blocks, free):
    assert is_free(blocks, untitled=False, talk=False) is free
