"""States as flat tables from place to text, and the markup in which the places are.

A place is the ``data-k`` of an element; ``place@attribute`` is one of its attributes. A state can move a bar or change
words, but it can never add markup: everything in it ends in a text node or in one of a few attributes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from msgspec import Struct, field

State = dict[str, str]


def tag(name: str, inner: str = "", **attributes: str) -> str:
    """Return an element; ``inner`` is markup, attributes are text. ``class_`` and ``data_k`` stand for class and data-k.

    >>> tag("p", tag("b", "a"), class_="finding", data_k="x1")
    '<p class="finding" data-k="x1"><b>a</b></p>'
    """
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + (f'="{escape(value)}"' if value else '=""')
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{inner}</{name}>"


class Places(Struct, kw_only=True):
    """The states of one part of the page, in order, filled place by place.

    Attributes:
        prefix: begins the name of each place.
        start: the state in which the page is written.
    """

    prefix: str
    count: int
    start: int
    states: list[State] = field(default_factory=list)
    _named: int = 0

    def __post_init__(self) -> None:
        """Begin with states in which nothing is set."""
        self.states = [{} for _ in range(self.count)]

    def element(self, name: str, texts: Sequence[str] = (), **attributes: str | Sequence[str]) -> str:
        """Return an element whose text and attributes may differ from state to state; it is a place only if they do.

        Args:
            texts: one per state; none for an empty element.
            attributes: a text, or one per state.
        """
        key = f"{self.prefix}{self._named}"
        changing: dict[str, Sequence[str]] = {"": texts} if len(set(texts)) > 1 else {}
        fixed: dict[str, str] = {}
        for attribute, given in attributes.items():
            values: Sequence[str] = [given] * self.count if isinstance(given, str) else list(given)
            if len(set(values)) > 1:
                changing["@" + attribute.rstrip("_").replace("_", "-")] = values
            fixed[attribute] = values[self.start]
        for suffix, values in changing.items():
            for state, value in zip(self.states, values, strict=True):
                state[key + suffix] = value
        if changing:
            self._named += 1
            fixed["data_k"] = key
        return tag(name, escape(texts[self.start]) if texts else "", **fixed)

    def differences(self) -> tuple[State, list[State]]:
        """Return the state in which the page is written, and of every state only what differs from it."""
        base = self.states[self.start] if self.states else {}
        return base, [{key: value for key, value in state.items() if base.get(key) != value} for state in self.states]


def rows_of(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> str:
    """Return a table of words and numbers that doesn't change; columns of numbers are set to the right."""
    body = [list(row) for row in rows]
    figures = [all(is_figure(row[k]) for row in body) for k in range(len(head))]
    looks: list[Mapping[str, str]] = [{"class_": "n"} if figure else {} for figure in figures]
    top = "".join(tag("th", escape(cell), scope="col", **look) for cell, look in zip(head, looks, strict=True))
    lines = "".join(
        tag("tr", "".join(tag("td", escape(cell), **look) for cell, look in zip(row, looks, strict=True)))
        for row in body
    )
    return tag("table", tag("caption", escape(caption)) + tag("thead", tag("tr", top)) + tag("tbody", lines))


def is_figure(cell: str) -> bool:
    """Whether a cell holds a number, or nothing.

    >>> [is_figure(cell) for cell in ("0.47", "<0.01", "−3", "12%", "–", "shed")]
    [True, True, True, True, True, False]
    """
    return cell in ("", "–") or cell.lstrip("<+−").rstrip("%").replace(",", "").replace(".", "", 1).isdecimal()
