"""Bets, orders and places: what is left of a poke when nothing has to be turned."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from workshop.explore.grid import radios
from workshop.explore.part import Part
from workshop.explore.places import rows_of, tag
from workshop.explore.said import PokeError, Words, filled, listed_in, value_of
from workshop.model.exhibits import Findings, Table
from workshop.model.pokes import Guess, Map, Sort
from workshop.wording.formats import show

MOST_CARDS = 8


def guessed(poke: Guess, found: Findings, then: Part, prefix: str, words: Words) -> Part:
    """Return a bet, and the part that is hidden until it is placed.

    Raises:
        PokeError: if no option is the truth.
    """
    truth = value_of(poke.truth, found, {})
    if truth not in poke.options:
        raise PokeError(f"the truth is '{truth}', which is none of the options: {', '.join(poke.options)}")
    comment = filled(poke.comment, found, {}) if poke.comment else ""
    right_one = poke.options[truth]
    said = {
        key: f"{words('explore-bet-right' if key == truth else 'explore-bet-wrong', bet=text, right=right_one)} {comment}".strip()
        for key, text in poke.options.items()
    }
    question = tag("p", escape(filled(poke.question, found, {})), class_="ask")
    bets = radios(words("explore-bet"), f"{prefix}bet", "bet", poke.options, "", line=False)
    told = tag("p", escape(comment), class_="measure", data_bettext="")
    veil = tag("p", words("explore-bet-veil"), class_="measure needs-js", data_veil="")
    return Part(
        kind="guess",
        left=question + bets + tag("div", told + then.left, class_="col", data_after=""),
        right=veil + tag("div", then.right, class_="col", data_after=""),
        data={"kind": "guess", "truth": truth, "said": said, "then": then.data},
        start={"bet": "", **then.start},
        numbers=then.numbers,
        exhibits=then.exhibits,
    )


def mapped(poke: Map, found: Findings, prefix: str) -> Part:
    """Return places to look around in.

    Raises:
        PokeError: if the exhibit isn't a table.
    """
    table = found.exhibits.get(poke.exhibit)
    if not isinstance(table, Table):
        raise PokeError(f"none of its exhibits is a table named '{poke.exhibit}'")
    heads = [column.name for column in table.columns]
    rows = [[show(c, column.unit) for c, column in zip(row, table.columns, strict=True)] for row in table.rows]
    tiles = [tag("span", escape(row[0]), class_="name") for row in rows]
    boxes = [
        tag("dl", "".join(tag("div", tag("dt", escape(h)) + tag("dd", escape(c))) for h, c in zip(heads[1:], row[1:], strict=True)), class_="flow")
        for row in rows
    ]  # fmt: skip
    return Part(
        kind="map",
        left=tabs(prefix, poke.label, [row[0] for row in rows], tiles, boxes),
        data={"kind": "map", "count": len(rows)},
        start={"place": "1"},
        numbers=rows_of(heads, rows, table.measure or table.title),
        exhibits=(table,),
    )


def tabs(prefix: str, label: str, names: list[str], tiles: list[str], boxes: list[str], on: int = 1) -> str:
    """Return tabs with a roving tabindex, and a panel for each; all panels are open without scripts."""
    buttons = "".join(
        tag("button", tile, type="button", role="tab", class_="tile", id=f"{prefix}t{n}", aria_controls=f"{prefix}b{n}",
            aria_selected="true" if n == on else "false", tabindex="0" if n == on else "-1")
        for n, tile in enumerate(tiles, 1)
    )  # fmt: skip
    panels = "".join(
        tag("div", tag("h3", escape(name)) + box, class_="stagebox", role="tabpanel", id=f"{prefix}b{n}",
            aria_labelledby=f"{prefix}t{n}", tabindex="0")
        for n, (name, box) in enumerate(zip(names, boxes, strict=True), 1)
    )  # fmt: skip
    return tag("div", buttons, class_="tiles", role="tablist", aria_label=label) + panels


def sorted_cards(poke: Sort, found: Findings, words: Words) -> Part:
    """Return cards to put into order; they lie in the order of the alphabet at first.

    Raises:
        PokeError: if cards and numbers don't match.
    """
    cards, numbers = tuple(map(str, listed_in(poke.cards, found))), listed_in(poke.by, found)
    if len(cards) != len(numbers) or not all(isinstance(n, int | float) for n in numbers):
        raise PokeError(f"'{poke.cards}' and '{poke.by}' must be lists of the same length, the second one of numbers")
    if not 2 <= len(cards) <= MOST_CARDS or len(set(cards)) != len(cards):
        raise PokeError(f"'{poke.cards}' has {len(set(cards))} different cards; from 2 to {MOST_CARDS} can be sorted")
    known: dict[str, Any] = dict(zip(cards, numbers, strict=True))
    right = sorted(cards, key=lambda card: (known[card] if poke.ascending else -known[card], card))
    shown = sorted(cards)
    if shown == right:
        shown.reverse()
    move = _moves()
    items = "".join(
        tag("li", tag("span", escape(card), class_="t") + tag("span", "", class_="v", data_number="") + move, data_card=str(cards.index(card)))
        for card in shown
    )  # fmt: skip
    finding = filled(poke.finding, found, {}) if poke.finding else ""
    left = tag("p", escape(filled(poke.question, found, {})), class_="ask")
    rule = words("explore-order-rule-up" if poke.ascending else "explore-order-rule")
    left += tag("p", rule, class_="measure")
    left += tag("ol", items, class_="order", data_order="", aria_label=words("explore-order"))
    check = tag("button", words("explore-check"), type="button", class_="go", data_check="")
    left += tag("div", check, class_="row needs-js")
    left += tag("p", words("explore-order-veil"), class_="measure needs-js", data_veil="")
    left += tag("p", "", class_="finding", data_finding="")
    texts = {card: show(known[card], poke.unit) for card in cards}
    data: Mapping[str, Any] = {
        "kind": "sort",
        "cards": list(cards),
        "texts": [texts[card] for card in cards],
        "places": [[i for i, other in enumerate(right) if known[other] == known[card]] for card in cards],
        "finding": finding,
    }
    rows = [(str(n), card, texts[card]) for n, card in enumerate(right, 1)]
    return Part(
        kind="sort",
        left=left,
        data=data,
        start={"order": ".".join(str(cards.index(card)) for card in shown), "checked": ""},
        numbers=rows_of(words.listed("explore-order-head"), rows, words("explore-right-order")),
    )


def _moves() -> str:
    up = tag("button", "↑", type="button", data_move="-1", class_="move")
    down = tag("button", "↓", type="button", data_move="1", class_="move")
    return tag("span", up + down, class_="moves needs-js")
