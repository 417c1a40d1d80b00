"""Rounds of picks: what every possible set of picks leads to, computed beforehand and packed; and totals of a show of hands, which the page computes."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import product
from typing import Any

from msgspec.structs import replace

from workshop.addons.explore.drawn import Part, PokeError, Words, rows_of, tag
from workshop.addons.explore.states import radios
from workshop.model.exhibits import Findings
from workshop.model.poke_tables import Rounds
from workshop.model.pokes import MOST_ROUNDS, Outcome, Pick
from workshop.wording.formats import FILTERS

PICKS = "-AB"  # none yet, A, B


def picked(poke: Pick, found: Findings, prefix: str, words: Words) -> Part:
    """Return the part for picks; the page looks every number up as the text that was printed here.

    Raises:
        PokeError: if the rounds are missing or too many, or an outcome has another form than the others.
    """
    table = found.tables.get(poke.rounds)
    if not isinstance(table, Rounds) or not table.rounds:
        raise PokeError(f"'{poke.rounds}' isn't a table of rounds")
    if len(table.rounds) > MOST_ROUNDS:
        raise PokeError(f"it has {len(table.rounds)} rounds; at most {MOST_ROUNDS} can be picked")
    outcomes = {key: _outcomes(poke, found, len(table.rounds), key) for key in poke.sets}
    first = next(iter(outcomes.values()))[0]
    heads = list(first)
    kinds = list(first[heads[0]])
    strings: dict[str, int] = {}
    packed: dict[str, list[int]] = {}
    show = FILTERS[poke.unit]
    for key, rows in outcomes.items():
        packed[key] = [
            strings.setdefault(show(row[head][kind]), len(strings)) for row in rows for head in heads for kind in kinds
        ]
    most = [
        max(abs(row[head][kind]) for rows in outcomes.values() for row in rows for kind in kinds) or 1.0
        for head in heads
    ]
    data: dict[str, Any] = {
        "kind": "pick",
        "rounds": [dict(zip(("q", "a", "b", "ka", "kb"), r, strict=True)) for r in table.rounds],
        "sets": list(poke.choices),
        "heads": heads,
        "kinds": kinds,
        "most": [round(x, 4) for x in most],
        "strings": list(strings),
        "packed": packed,
    }
    whose = radios(words("explore-whose"), f"{prefix}who", "who", poke.choices, next(iter(poke.sets)), line=True)
    about = tag("p", escape(poke.about), class_="measure") if poke.about else ""
    return Part(
        kind="pick",
        left=_duel(poke, table, words) + tag("div", whose + about, class_="whose"),
        right=_rewards(data, first, show, words),
        data=data,
        start={"picks": "", "who": next(iter(poke.sets))},
        numbers=_numbers(poke, table, outcomes, heads, kinds, words),
    )


def _outcomes(poke: Pick, found: Findings, rounds: int, key: str) -> list[Outcome]:
    rows = [poke.outcome("".join(picks), key, found.facts) for picks in product(PICKS, repeat=rounds)]
    form = {head: tuple(kinds) for head, kinds in rows[0].items()}
    if len(form) > 2 or any({head: tuple(kinds) for head, kinds in row.items()} != form for row in rows):
        raise PokeError("its outcomes don't all have the same one or two headings and kinds")
    return rows


def _duel(poke: Pick, table: Rounds, words: Words) -> str:
    question, a, b, *_ = table.rounds[0]
    cells = "".join(tag("li", str(n)) for n in range(1, len(table.rounds) + 1))
    tally = tag("ol", cells, class_="tally", data_tally="", aria_label=words("explore-picks"))
    sides = "".join(
        tag("button", tag("span", letter, class_="letter", aria_hidden="true") + tag("span", escape(text), class_="t", data_side=letter), type="button", data_pick=letter)
        for letter, text in (("A", a), ("B", b))
    )  # fmt: skip
    label = tag("p", escape(poke.label), class_="measure", data_label="")
    ask = label + tag("p", escape(question), class_="ask", data_question="")
    back = tag("button", words("explore-back"), type="button", class_="plain", data_undo="")
    again = tag("button", words("explore-again"), type="button", class_="plain", data_again="")
    return tag(
        "div",
        tally + ask + tag("div", sides, class_="duel") + tag("div", back + again, class_="row"),
        class_="col needs-js",
    )


def _rewards(data: Mapping[str, Any], first: Outcome, show: Any, words: Words) -> str:
    heads = "".join(tag("span", escape(head)) for head in data["heads"])
    rows = ""
    for k, kind in enumerate(data["kinds"]):
        bars = ""
        for h, head in enumerate(data["heads"]):
            value = first[head][kind]
            signed = h == 0 and len(data["heads"]) > 1
            width = (50 if signed else 100) * abs(value) / data["most"][h]
            x = 50 - width if signed and value < 0 else 50 if signed else 0
            ghost = "" if signed else f'<rect class="f-context" width="{width:.1f}" height="3"/>'
            zero = '<rect class="f-ink" x="49.7" width="0.6" height="10"/>' if signed else ""
            drawn = f'<rect class="f-accent" data-bar="{h}.{k}" x="{x:.1f}" width="{width:.1f}" y="{0 if signed else 3}" height="{10 if signed else 7}"/>'
            svg = f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{ghost}{drawn}{zero}</svg>'
            bars += tag("div", svg + tag("span", show(value), class_="v", data_number=f"{h}.{k}"), class_="bar")
        rows += tag("div", tag("p", escape(kind), class_="kname") + tag("div", bars, class_="pair"), class_="kind")
    told = tag("p", words("poke-no-picks"), class_="finding", data_finding="")
    return tag("div", heads, class_="heads") + tag("div", rows, class_="kinds") + told


def _numbers(
    poke: Pick, table: Rounds, outcomes: Mapping[str, list[Outcome]], heads: list[str], kinds: list[str], words: Words
) -> str:
    """Return the rounds, and the outcomes without picks, as tables."""
    show = FILTERS[poke.unit]
    rounds = rows_of(words.listed("explore-rounds-head"), [r[:3] for r in table.rounds], words("explore-rounds"))
    rows = [
        (name, head, *(show(outcomes[key][0][head][kind]) for kind in kinds))
        for key, name in poke.sets.items()
        for head in heads
    ]
    return rows_of((*words.listed("explore-before-head"), *kinds), rows, words("explore-before-picks")) + rounds


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
