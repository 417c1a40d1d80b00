"""Sweeps and cases: a demo run at each value of a knob, or one run seen from several sides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import product
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from workshop.addons.explore.arcs import arced
from workshop.addons.explore.dots import dotted
from workshop.addons.explore.drawn import (
    Figure,
    Look,
    Part,
    Places,
    PokeError,
    Words,
    chosen,
    cut,
    figure,
    filled,
    finding_of,
    listed_in,
    rows_of,
    spots,
    tag,
    value_of,
    wrong,
)
from workshop.addons.explore.rows_of_answers import answered
from workshop.expressions import Evaluator, ExpressionError
from workshop.model.exhibits import Chart, Exhibit, Findings, Table
from workshop.model.pokes import (
    Answers,
    Arcs,
    Before,
    Cases,
    Choice,
    Dial,
    Dots,
    Map,
    Order,
    Press,
    Read,
    Shown,
    Sort,
    Sweep,
    Toggle,
    Value,
)
from workshop.wording.formats import show

# ---------------------------------------------------------------- grid
BEFORE = "0"  # key of the state before the first step
LONG = 18  # letters of a value that is shown as a line of text instead of a figure
LETTERS = "ABCDEFGH"
CLAUSE = re.compile("[,;] ")
KINDS: dict[type[Cases], str] = {Toggle: "toggle", Choice: "choice", Dial: "slider", Press: "steps", Order: "order"}


class Control(Struct, frozen=True, kw_only=True):
    """One thing to turn: ``keys`` are its values in links, ``texts`` what people read."""

    name: str
    kind: str
    label: str
    keys: tuple[str, ...]
    texts: tuple[str, ...]
    start: str


class Seen(Struct, frozen=True):
    """One state: what was chosen, and the run that it shows; ``before`` if nothing was run yet."""

    choice: Mapping[str, str]
    found: Findings
    before: Before | None = None

    @property
    def key(self) -> str:
        """The state's name in the data of the page."""
        return "|".join(self.choice.values())


def controls_of(poke: Sweep | Cases, base: Findings, default: str) -> tuple[Control, ...]:
    """Return what there is to turn, the outer one first.

    Args:
        default: the knob's value in ``base``.
    """
    if isinstance(poke, Cases):
        one = _cases(poke, base, default)
        return (one, *(controls_of(poke.by, base, "") if poke.by is not None else ()))
    keys = tuple(map(key_of, poke.values))
    texts = tuple(_dialled(v, poke.unit) for v in poke.values)
    if len(set(texts)) < len(texts):
        raise PokeError(f"with the unit '{poke.unit}', two values of {poke.knob} read the same: {', '.join(texts)}")
    wanted = key_of(poke.start) if poke.start is not None else default
    start = wanted if wanted in keys else keys[0]
    if poke.kind == "steps":
        start = keys[-1]
        if poke.before is not None:
            keys, texts = (BEFORE, *keys), (BEFORE, *texts)
    return (
        Control(
            name=poke.knob, kind=poke.kind, label=filled(poke.label, base, {}), keys=keys, texts=texts, start=start
        ),
    )


def _dialled(value: Value, unit: str) -> str:
    """Return a value as the dial shows it; the filter may have digits, as on slides."""
    if "(" not in unit:
        return show(value, unit)
    try:
        return Evaluator({"value": value}).text(f"value | {unit}")
    except ExpressionError as error:
        raise wrong(error) from None


def key_of(value: object) -> str:
    """Return a knob's value as it is typed after ``--set``.

    >>> key_of(0.5), key_of(3), key_of(True), key_of("spade"), key_of(("honest", "helpful"))
    ('0.5', '3', 'yes', 'spade', 'honest,helpful')
    """
    if isinstance(value, tuple):
        return ",".join(map(key_of, value))
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _cases(poke: Cases, base: Findings, default: str) -> Control:
    if isinstance(poke.options, str):
        texts = tuple(show(option, poke.unit) for option in listed_in(poke.options, base))
        keys = tuple(str(number) for number in range(len(texts)))
    else:
        keys, texts = tuple(poke.options), tuple(poke.options.values())
    wanted = poke.start or default
    start = wanted if wanted in keys else keys[0]
    return Control(name=poke.name, kind=KINDS[type(poke)], label=poke.label, keys=keys, texts=texts, start=start)


def choices(controls: Sequence[Control]) -> list[dict[str, str]]:
    """Return every combination, the last control fastest."""
    names = [control.name for control in controls]
    return [dict(zip(names, keys, strict=True)) for keys in product(*(control.keys for control in controls))]


def grid(poke: Sweep | Cases, controls: Sequence[Control], seen: Sequence[Seen], prefix: str, look: Look) -> Part:
    """Return the part of the page for all states of a sweep or of some cases."""
    start = next(k for k, s in enumerate(seen) if all(s.choice[c.name] == c.start for c in controls))
    places = Places(prefix=prefix, count=len(seen), start=start)
    names = [_named(s, controls) for s in seen]
    marked = isinstance(poke, Cases) and poke.marks
    chosen_ones = [controls[0].keys.index(s.choice[controls[0].name]) for s in seen] if marked else []
    if marked:
        _has_a_spot_for_each(poke, seen[start], len(controls[0].keys))
    reads, lines, figures, tables = _shown(poke.shows, seen, names, chosen_ones, places, look)
    finding = [_finding(poke, s) for s in seen]
    told = places.element("p", finding, class_="finding", data_finding="")
    steps = controls[0].kind == "steps"
    turned, *others = (_control(control, prefix, look.words) for control in controls)
    more = "".join(
        tag("details", tag("summary", look.words("explore-further", label=control.label)) + one, class_="needs-js")
        for control, one in zip(controls[1:], others, strict=True)
    )
    more += tag("p", "", class_="measure", data_kept="") if isinstance(poke, Order) else ""
    values = tag("dl", "".join(reads), class_="reads") if reads else ""
    texts = tag("div", "".join(lines), class_="panels") if len(lines) > 1 else "".join(lines)
    differences = places.differences()
    data: dict[str, Any] = {
        "kind": controls[0].kind,
        "controls": [{"name": c.name, "kind": c.kind, "keys": list(c.keys), "texts": list(c.texts)} for c in controls],
        "states": [{"key": s.key, "set": d} for s, d in zip(seen, differences, strict=True)],
    }
    opened = {c.name: c.keys[0] if steps and c is controls[0] else c.start for c in controls}
    if isinstance(poke, Order) and poke.keeps:
        numbers = [float(value_of(poke.keeps, s.found, s.choice)) for s in seen]
        data["keeps"] = {"numbers": numbers, "texts": [show(n, poke.keeps_unit) for n in numbers]}
        opened[f"{controls[0].name}_tried"] = str(start)
    return Part(
        kind=controls[0].kind,
        label=controls[0].label,
        picture="".join(figures) + texts + values,
        control=turned,
        said=told,
        more=more,
        data=data,
        start=opened,
        numbers=_reads_table(poke.shows, seen, names, look.words) + "".join(tables),
        exhibits=tuple(_in_all(poke.shows, seen, start)),
    )


def _in_all(shows: Sequence[Shown], seen: Sequence[Seen], start: int) -> Iterable[Exhibit]:
    """Yield each exhibit of the state in which the page is written; its basis is the part that holds in every state."""
    for name in shows:
        if isinstance(name, str) and (exhibit := exhibit_of(name, seen[start])):
            others = [e.basis for s in seen if (e := exhibit_of(name, s))]
            yield replace(exhibit, basis=shared(exhibit.basis, others))


def shared(text: str, others: Iterable[str]) -> str:
    """Return the clauses of a text that all the others have too.

    >>> shared("bucket of 3, 0.5 per second; plain code, no model", ["bucket of 5, 0.5 per second; plain code, no model"])
    '0.5 per second, plain code, no model'
    """
    texts = list(others)
    if all(other == text for other in texts):
        return text
    return ", ".join(c for c in CLAUSE.split(text) if all(c in CLAUSE.split(other) for other in texts))


def _named(seen: Seen, controls: Sequence[Control]) -> str:
    return ", ".join(c.texts[c.keys.index(seen.choice[c.name])] for c in controls)


def _finding(poke: Sweep | Cases, seen: Seen) -> str:
    if seen.before is not None:
        return filled(seen.before.finding, seen.found, seen.choice)
    return finding_of(poke.finding, seen.found, seen.choice)


def exhibit_of(name: str, seen: Seen) -> Exhibit | None:
    """Return an exhibit of a state as far as it is known there, ``None`` if it isn't.

    Raises:
        PokeError: if its run doesn't have it.
    """
    wanted = chosen(name, seen.choice)
    exhibit = seen.found.exhibits.get(wanted)
    if exhibit is None:
        raise PokeError(f"none of its exhibits is named '{wanted}' (it has: {', '.join(seen.found.exhibits)})")
    if seen.before is None:
        return exhibit
    return cut(exhibit, seen.before.points) if isinstance(exhibit, Chart) else None


def _has_a_spot_for_each(poke: Cases | Sweep, seen: Seen, options: int) -> None:
    for name in poke.shows:
        exhibit = exhibit_of(name, seen) if isinstance(name, str) else None
        if exhibit is not None and spots(exhibit) != options:
            raise PokeError(f"it marks {options} options in '{name}', which has {spots(exhibit)} points, bars or rows")


def _shown(
    shows: Sequence[Shown],
    seen: Sequence[Seen],
    names: Sequence[str],
    marked: Sequence[int],
    places: Places,
    look: Look,
) -> tuple[list[str], list[str], list[str], list[str]]:
    """Return the figures, the lines of text, the exhibits, and the exhibits' numbers."""
    reads: list[str] = []
    lines: list[str] = []
    figures: list[str] = []
    tables: list[str] = []
    for item in shows:
        if isinstance(item, Read):
            name = filled(item.name, seen[0].found, {})
            values = [_value(item, s) for s in seen]
            if item.quoted or max(map(len, values)) > LONG:
                quoted = tag("p", escape(name), class_="measure") + places.element("p", values, class_="page")
                lines.append(tag("div", quoted))
            else:
                reads.append(tag("div", tag("dt", escape(name)) + places.element("dd", values)))
        else:
            made = _drawn(item, seen, names, marked, places, look, len(figures))
            figures.append(made.html)
            tables.append(made.numbers)
    return reads, lines, figures, tables


def _drawn(
    item: Shown, seen: Sequence[Seen], names: Sequence[str], marked: Sequence[int], places: Places, look: Look, nth: int
) -> Figure:
    """Return an exhibit, or what is drawn for the page alone, in all states; ``nth`` tells several fields of dots apart."""
    runs = [(one.found, one.choice) for one in seen]
    match item:
        case Dots():
            return dotted(item, runs, names, places, nth, look.words)
        case Arcs():
            return arced(item, runs, names, places, look.words)
        case Answers():
            return answered(item, runs, names, places, look.words)
    return figure([exhibit_of(str(item), one) for one in seen], names, places, look, marked)


def _value(read: Read, seen: Seen) -> str:
    if seen.before is not None:
        return "–"
    return value_of(read.value, seen.found, seen.choice)


def _reads_table(shows: Sequence[Shown], seen: Sequence[Seen], names: Sequence[str], words: Words) -> str:
    reads = [item for item in shows if isinstance(item, Read)]
    rows = [(name, *(_value(read, s) for read in reads)) for name, s in zip(names, seen, strict=True)]
    head = [words("explore-state"), *(filled(read.name, seen[0].found, {}) for read in reads)]
    return rows_of(head, rows, words("explore-every-state")) if reads else ""


# ---------------------------------------------------------------- controls
def _control(control: Control, prefix: str, words: Words) -> str:
    if control.kind == "steps":
        return _steps(control, words)
    if control.kind == "order":
        return _cards(control)
    name, at = f"{prefix}{control.name}", control.keys.index(control.start)
    if control.kind == "slider":
        return slider(control.label, name, control.texts, at, words, data_slider=control.name)
    options = dict(zip(control.keys, control.texts, strict=True))
    return radios(control.label, name, control.name, options, control.start, line=control.kind == "choice")


def _steps(control: Control, words: Words) -> str:
    go = tag("button", escape(control.label), type="button", class_="go", data_next="")
    again = tag("button", words("explore-again"), type="button", class_="plain", data_again="")
    last = len(control.keys) - 1
    count = tag("p", words("poke-steps", at=last, count=last), class_="measure", data_count="")
    return tag("div", go + again + count, class_="row needs-js", data_steps=control.name)


def _cards(control: Control) -> str:
    items = "".join(
        tag("li", tag("span", escape(card), class_="t") + _moves(), data_card=card) for card in control.start.split(",")
    )
    cards = tag("ol", items, class_="order", aria_label=control.label)
    return tag(
        "div", tag("p", escape(control.label), class_="legend") + cards, class_="needs-js", data_cards=control.name
    )


def slider(label: str, name: str, texts: Sequence[str], at: int, words: Words, **hook: str) -> str:
    """Return a slider with a button at each end; its value is the place among the texts, which people read and hear.

    Args:
        name: id of the slider.
        hook: the attribute by which the script finds it.
    """
    top = tag("label", escape(label), class_="legend", for_=name)
    top += tag("output", escape(texts[at]), for_=name, data_dial="")
    less = tag("button", "−", type="button", data_step="-1", aria_label=words("explore-less", label=label))
    more = tag("button", "+", type="button", data_step="1", aria_label=words("explore-more", label=label))
    bar = (
        f'<input type="range" id="{escape(name)}" min="0" max="{len(texts) - 1}" step="1" value="{at}" '
        f'aria-valuetext="{escape(texts[at])}">'
    )
    inner = tag("div", top, class_="dialval") + tag("div", less + bar + more, class_="dial")
    return tag("div", inner, class_="field needs-js", **hook)


def radios(
    label: str, group: str, name: str, options: Mapping[str, str], on: str, *, line: bool, look: str = "needs-js"
) -> str:
    """Return native radios with a legend; ``on`` is the key of the one that is checked, "" for none."""
    made = []
    for letter, (key, text) in zip(LETTERS + " " * len(options), options.items(), strict=False):
        box = f'<input type="radio" name="{escape(group)}" value="{escape(key)}"{" checked" if key == on else ""}>'
        mark = "" if line or not letter.strip() else tag("span", letter, class_="letter", aria_hidden="true")
        made.append(tag("label", box + mark + tag("span", escape(text), class_="t"), class_="opt"))
    legend = tag("legend", escape(label), class_="legend")
    body = legend + tag("div", "".join(made), class_="opts line" if line else "opts")
    return tag("fieldset", body, class_=look, data_radios=name)


# ---------------------------------------------------------------- others
# Orders and places: what is left of a poke when nothing has to be turned.
MOST_CARDS = 8


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
        label=poke.label,
        picture="",
        control=tabs(prefix, poke.label, [row[0] for row in rows], tiles, boxes),
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
    rule = words("explore-order-rule-up" if poke.ascending else "explore-order-rule")
    question = tag("p", escape(filled(poke.question, found, {})), class_="ask") + tag("p", rule, class_="measure")
    cards_ = tag("ol", items, class_="order", data_order="", aria_label=words("explore-order"))
    check = tag("button", words("explore-check"), type="button", class_="go", data_check="")
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
        label=words("explore-bet-order"),
        picture=question + cards_,
        control=tag("div", check, class_="row needs-js"),
        said=tag("p", "", class_="finding", data_finding=""),
        data=data,
        start={"order": ".".join(str(cards.index(card)) for card in shown), "checked": ""},
        numbers=rows_of(words.listed("explore-order-head"), rows, words("explore-right-order")),
    )


def _moves() -> str:
    up = tag("button", "↑", type="button", data_move="-1", class_="move")
    down = tag("button", "↓", type="button", data_move="1", class_="move")
    return tag("span", up + down, class_="moves needs-js")
