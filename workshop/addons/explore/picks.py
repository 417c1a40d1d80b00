"""Rounds of picks, and totals of a show of hands: the page computes what they lead to, and proves its sums by the demo's own."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from workshop.addons.explore.drawn import Part, PokeError, Words, rows_of, tag
from workshop.model.exhibits import Findings
from workshop.model.poke_tables import Rounds
from workshop.model.pokes import Pick, Votes
from workshop.wording.formats import FILTERS

COUNT = "count"  # what people do with the field for totals, besides picking
REPLIES = 20  # that the picture shows
MOST_TYPED = 1000  # characters


def picked(poke: Pick, found: Findings, prefix: str, words: Words) -> Part:
    """Return the part for picks.

    Raises:
        PokeError: if the rounds or a fact are missing, or the outcome isn't a score and a share for each kind.
    """
    table, facts = found.tables.get(poke.rounds), found.facts
    if not isinstance(table, Rounds) or not table.rounds:
        raise PokeError(f"'{poke.rounds}' isn't a table of rounds")
    if missing := {poke.start, poke.beta} - {*facts}:
        raise PokeError(f"there is no fact '{min(missing)}'")
    proofs, show, kinds = [], FILTERS["ratio"], list(facts[poke.start])
    for room in _rooms(len(table.rounds), poke.crowd):
        outcome = poke.outcome(room, facts)
        if [list(row) for row in outcome.values()] != [kinds, kinds]:
            raise PokeError("its outcome isn't a score and a share for each kind of its start")
        proofs.append({"in": room, "out": [show(number) for row in outcome.values() for number in row.values()]})
    start = [float(facts[poke.start][kind]) for kind in kinds]
    data: dict[str, Any] = {
        "kind": "pick",
        "rounds": [dict(zip(("q", "a", "b", "ka", "kb"), r, strict=True)) for r in table.rounds],
        "kinds": kinds,
        "start": start,
        "beta": facts[poke.beta],
        "crowd": poke.crowd,
        "unit": poke.unit,
        "proof": {"votes": proofs},
    }
    rows = [(kind, FILTERS[poke.unit](share)) for kind, share in zip(kinds, start, strict=True)]
    rounds = rows_of(words.listed("explore-rounds-head"), [r[:3] for r in table.rounds], words("explore-rounds"))
    return Part(
        kind="pick",
        label=poke.label,
        picture=_picture(data, words),
        control=_duel(poke, table),
        said=tag(
            "p", escape(words("poke-no-picks", replies=REPLIES, kinds=_listed(data))), class_="finding", data_finding=""
        ),
        more=_more(poke, len(table.rounds), prefix, words),
        data=data | ({"hands": True} if poke.hands else {}),
        start={"picks": "", **({"totals": ""} if poke.hands else {})},
        numbers=rows_of(words.listed("explore-before-head"), rows, words("explore-before-picks")) + rounds,
    )


def shared_out(shares: Sequence[float], many: int) -> list[int]:
    """Return how many of some things each share has, by the largest remainder; its twin is on the page.

    >>> shared_out([0.15, 0.2, 0.4, 0.25], 20), shared_out([0.5, 0.5], 3)
    ([3, 4, 8, 5], [2, 1])
    """
    counts = [int(share * many + 1e-9) for share in shares]
    order = sorted(range(len(shares)), key=lambda place: (counts[place] - shares[place] * many, place))
    for place in order[: many - sum(counts)]:
        counts[place] += 1
    return counts


def _listed(data: dict[str, Any]) -> str:
    counts = shared_out(data["start"], REPLIES)
    return ", ".join(f"{count} “{kind}”" for kind, count in zip(data["kinds"], counts, strict=True))


def _picture(data: dict[str, Any], words: Words) -> str:
    """Return the kinds with their coins and shares, and the replies, before any pick."""
    heads = "".join(tag("span", text, class_="hd") for text in words.listed("explore-pick-head"))
    counts, rows, replies = shared_out(data["start"], REPLIES), "", ""
    for place, (kind, share) in enumerate(zip(data["kinds"], data["start"], strict=True)):
        look = f"k{place % 6}"
        wide = f"{100 * share:.1f}"
        mark = f'<rect class="f-ink" x="{max(0.0, 100 * share - 0.4):.1f}" width="0.8" height="10"/>'
        drawn = f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="k" data-bar="" width="{wide}" height="10"/>{mark}</svg>'
        row = tag("span", escape(kind), class_="kname", title=kind) + tag("span", "", class_="coins", data_coins="")
        row += drawn + tag("b", FILTERS[data["unit"]](share), data_number="")
        rows += tag("li", row, class_=look)
        replies += tag("li", escape(kind), class_=f"reply {look}") * counts[place]
    told = tag("p", words("explore-replies", count=REPLIES), class_="measure")
    kinds = tag("p", heads, class_="kinds head") + tag("ul", rows, class_="kinds", data_kinds="")
    return kinds + told + tag("ul", replies, class_="replies", data_replies="")


def _duel(poke: Pick, table: Rounds) -> str:
    question, a, b, *_ = table.rounds[0]
    sides = "".join(
        tag("button", tag("span", letter, class_="letter", aria_hidden="true") + tag("span", escape(text), class_="t", data_side=letter), type="button", data_pick=letter)
        for letter, text in (("A", a), ("B", b))
    )  # fmt: skip
    ask = tag("p", escape(question), class_="ask", data_question="")
    return tag("div", ask + tag("div", sides, class_="duel", role="group", aria_label=poke.label), class_="needs-js")


def _more(poke: Pick, rounds: int, prefix: str, words: Words) -> str:
    back = tag("button", words("explore-back"), type="button", class_="plain", data_undo="")
    again = tag("button", words("explore-again"), type="button", class_="plain", data_again="")
    made = tag("div", back + again, class_="row needs-js")
    made += tag("p", words("explore-crowd", count=poke.crowd), class_="measure")
    if not poke.hands:
        return made
    name = f"{prefix}totals"
    box = (
        f'<textarea id="{name}" data-totals rows="{rounds}" maxlength="{MOST_TYPED}" autocomplete="off" spellcheck="false" '
        f'placeholder="1 14 9" aria-describedby="{name}how"></textarea>'
    )
    copy = tag("button", words("explore-hands-copy"), type="button", class_="small", data_copy="")
    field = tag("label", poke.hands, for_=name) + tag(
        "p", words("explore-hands-how"), class_="measure", id=f"{name}how"
    )
    field = tag("div", field + box + tag("div", copy, class_="row"), class_="field")
    return made + tag("details", tag("summary", poke.hands) + field, class_="needs-js")


def _rooms(rounds: int, crowd: int) -> list[list[Votes]]:
    """Return totals that prove the sums: some picks, ties, rooms of one mind, rooms that go round in a circle, a large room."""
    even, one, other = (crowd, crowd), (2 * crowd, 0), (0, 2 * crowd)
    picks = [
        [(1 + crowd * (n < many and n % 2 == side), 1 + crowd * (n < many and n % 2 != side)) for n in range(rounds)]
        for many, side in ((0, 0), (1, 0), (1, 1), (rounds, 0), (rounds, 1))
    ]
    return [
        *picks,
        [even] * rounds,
        [one] * rounds,
        [other] * rounds,
        [one if number % 2 else other for number in range(rounds)],
        [(317 * number + 40, 900 - 101 * number) for number in range(rounds)],
    ]
