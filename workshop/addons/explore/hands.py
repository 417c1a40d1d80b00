"""Totals of a show of hands, typed in: the page fits the rewards itself, and compares its sums with the demo's."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from workshop.addons.explore.drawn import Part, PokeError, Words, tag
from workshop.model.exhibits import Findings
from workshop.model.pokes import Pick
from workshop.wording.formats import FILTERS

COUNT = "count"  # what people do with the field, besides picking
MOST_TYPED = 1000  # characters; a link carries them
VOTES = 12  # people of the rooms that prove the sums


def with_totals(poke: Pick, found: Findings, picks: Part, prefix: str, words: Words) -> Part:
    """Return the part for picks with a field for totals.

    Raises:
        PokeError: if the totals have other headings or kinds than the picks.
    """
    hands = poke.hands
    if hands is None:
        return picks
    rounds, facts = len(picks.data["rounds"]), found.facts
    if missing := {hands.start, hands.beta} - {*facts}:
        raise PokeError(f"there is no fact '{min(missing)}'")
    proofs = []
    for room in _rooms(rounds):
        outcome = hands.outcome(room, facts)
        if {head: list(row) for head, row in outcome.items()} != dict.fromkeys(
            picks.data["heads"], picks.data["kinds"]
        ):
            raise PokeError("the outcome of its totals has other headings or kinds than that of its picks")
        printed = [FILTERS[poke.unit](number) for row in outcome.values() for number in row.values()]
        proofs.append({"in": room, "out": printed})
    data: dict[str, Any] = {
        "start": [facts[hands.start][kind] for kind in picks.data["kinds"]],
        "beta": facts[hands.beta],
        "unit": poke.unit,
        "proof": proofs,
    }
    name = f"{prefix}totals"
    box = (
        f'<textarea id="{name}" data-totals rows="{rounds}" maxlength="{MOST_TYPED}" autocomplete="off" spellcheck="false" '
        f'placeholder="1 14 9" aria-describedby="{name}how"></textarea>'
    )
    copy = tag("button", words("explore-hands-copy"), type="button", class_="go", data_copy="")
    field = tag("label", hands.label, for_=name) + tag(
        "p", words("explore-hands-how"), class_="measure", id=f"{name}how"
    )
    field = tag("div", field + box + tag("div", copy, class_="row"), class_="field needs-js", data_hands="")
    basis = tag("p", words("explore-hands-basis"), class_="measure", data_hands="")
    return replace(
        picks,
        left=picks.left + field,
        right=picks.right + basis,
        data={**picks.data, "hands": data},
        start={**picks.start, "totals": ""},
    )


def _rooms(rounds: int) -> list[list[tuple[int, int]]]:
    """Return totals that prove the sums: ties, rooms of one mind, rooms that go round in a circle, a large room."""
    even, one, other = (VOTES, VOTES), (2 * VOTES, 0), (0, 2 * VOTES)
    return [
        [even] * rounds,
        [one] * rounds,
        [other] * rounds,
        [one if number % 2 else other for number in range(rounds)],
        [(VOTES + number, VOTES - number) for number in range(rounds)],
        [(317 * number + 40, 900 - 101 * number) for number in range(rounds)],
    ]
