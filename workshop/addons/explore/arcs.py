"""How much each word counts for the next one, as arcs over the words: below each other where the screen is narrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from msgspec import Struct

from workshop.addons.explore.drawn import Figure, Places, PokeError, Words, chosen, filled, rows_of, tag, wrong
from workshop.expressions import Evaluator, ExpressionError
from workshop.model.exhibits import Findings
from workshop.model.pokes import Arcs
from workshop.wording.formats import ratio

State = tuple[Findings, Mapping[str, str]]  # a run, and what was chosen
LETTER, SPACE = 8.5, 18  # width of a letter, and of the space between two words, in units of the drawing
THICK = 30  # of an arc that has all the weight, in its middle
ROW, LEFT, COLUMN, NARROW = 32, 20, 145, 350  # of words below each other: height; places of word and number; width


class Weighed(Struct, frozen=True):
    """One state: the words, their weights, and the word that is written."""

    words: tuple[str, ...]
    weights: tuple[float, ...]
    last: str

    @property
    def most(self) -> int:
        """The place of the word with most weight."""
        return self.weights.index(max(self.weights))


def arced(item: Arcs, seen: Sequence[State], names: Sequence[str], places: Places, words: Words) -> Figure:
    """Return the words and their arcs in all states, drawn in a row and in a column, of which the page shows one."""
    states = [_weighed(item, one) for one in seen]
    many = len(states[0].words)
    if any(len(state.words) != many or len(state.weights) != many for state in states):
        raise PokeError("its states have different numbers of words, or of weights")
    said = [
        "; ".join(f"{word} {ratio(weight)}" for word, weight in zip(state.words, state.weights, strict=True))
        for state in states
    ]
    measure = filled(item.measure, seen[0][0], {})
    drawn = _row(states, said, places) + _column(states, said, places)
    rows = [(name, " ".join(state.words), state.last, *map(ratio, state.weights)) for name, state in zip(names, states, strict=True)]  # fmt: skip
    head = [words("explore-state"), *words.listed("explore-arcs-head"), *(str(place + 1) for place in range(many))]
    return Figure(
        tag("figure", drawn + tag("figcaption", escape(measure), class_="measure")), rows_of(head, rows, measure)
    )


def _weighed(item: Arcs, seen: State) -> Weighed:
    try:
        text, weights, last = (
            Evaluator(seen[0].facts).value(chosen(one, seen[1])) for one in (item.words, item.weights, item.last)
        )
    except ExpressionError as error:
        raise wrong(error) from None
    return Weighed(tuple(str(text).split()), tuple(map(float, weights)), str(last))


def _row(states: Sequence[Weighed], said: Sequence[str], places: Places) -> str:
    """Draw the words in a row, the arcs over them, and the numbers below."""
    wide = [
        LETTER * max(len([*state.words, state.last][place]) for state in states) + SPACE
        for place in range(len(states[0].words) + 1)
    ]
    ends = [sum(wide[: place + 1]) for place in range(len(wide))]
    middles = [end - width / 2 for end, width in zip(ends, wide, strict=True)]
    high = [24 + 0.3 * (middles[-1] - middle) for middle in middles[:-1]]
    top = max(high) + THICK / 2
    drawn = ""
    for place, (middle, up) in enumerate(zip(middles[:-1], high, strict=True)):
        half, base = (middles[-1] - middle) / 2, round(top)
        shapes = [
            f"M{middle:.0f} {base}A{half:.0f} {up + thick:.1f} 0 0 1 {middles[-1]:.0f} {base}"
            f"A{half:.0f} {up - thick:.1f} 0 0 0 {middle:.0f} {base}z"
            for thick in _thickness(states, place)
        ]
        drawn += places.element("path", class_=_looks(states, place, "f-"), d=shapes)
        at = {"x": f"{middle:.0f}"}
        drawn += places.element("text", [s.words[place] for s in states], class_=_looks(states, place, "mid t-"), y=f"{top + 20:.0f}", **at)  # fmt: skip
        drawn += places.element("text", [ratio(s.weights[place]) for s in states], class_=_looks(states, place, "mid t-"), y=f"{top + 40:.0f}", **at)  # fmt: skip
    left, width = ends[-2] + 4, wide[-1] - 8
    drawn += f'<rect class="f-open" x="{left:.0f}" y="{top + 3:.0f}" width="{width:.0f}" height="24"/>'
    drawn += places.element("text", [s.last for s in states], class_="mid b t-on", x=f"{middles[-1]:.0f}", y=f"{top + 20:.0f}")  # fmt: skip
    return _svg(f"0 0 {ends[-1]:.0f} {top + 46:.0f}", drawn, said, "flat", places)


def _column(states: Sequence[Weighed], said: Sequence[str], places: Places) -> str:
    """Draw the words below each other, their numbers beside them, and the arcs to the right."""
    many, drawn, start = len(states[0].words), "", COLUMN + 8
    foot = many * ROW + ROW // 2
    for place in range(many):
        middle = place * ROW + ROW // 2
        half = (foot - middle) / 2
        out = 20 + (NARROW - start - 20 - THICK / 2) * (many - place) / many
        shapes = [
            f"M{start} {middle}A{out + thick:.1f} {half:.0f} 0 0 1 {start} {foot}"
            f"A{out - thick:.1f} {half:.0f} 0 0 0 {start} {middle}z"
            for thick in _thickness(states, place)
        ]
        drawn += places.element("path", class_=_looks(states, place, "f-"), d=shapes)
        drawn += places.element("text", [s.words[place] for s in states], class_=_looks(states, place, "t-"), x=f"{LEFT}", y=f"{middle + 5}")  # fmt: skip
        drawn += places.element("text", [ratio(s.weights[place]) for s in states], class_=_looks(states, place, "end t-"), x=f"{COLUMN}", y=f"{middle + 5}")  # fmt: skip
    drawn += f'<rect class="f-open" x="{LEFT - 6}" y="{foot - 14}" width="{COLUMN - LEFT + 10}" height="28"/>'
    drawn += places.element("text", [s.last for s in states], class_="b t-on", x=f"{LEFT}", y=f"{foot + 5}")
    return _svg(f"0 0 {NARROW} {(many + 1) * ROW}", drawn, said, "tall", places)


def _thickness(states: Sequence[Weighed], place: int) -> list[float]:
    """Return half of the thickness of a word's arc in each state; the least weight is a thin line."""
    return [max(0.5, THICK * state.weights[place] / 2) for state in states]


def _looks(states: Sequence[Weighed], place: int, look: str) -> list[str]:
    """Return the class of what belongs to a word in each state: the word with most weight has the accent, and its letters are bold."""
    bold = " b" if "t-" in look else ""
    return [f"{look}accent{bold}" if state.most == place else f"{look}context" for state in states]


def _svg(box: str, drawn: str, said: Sequence[str], look: str, places: Places) -> str:
    opening = places.element("svg", viewBox=box, role="img", aria_label=said, class_=f"arcs {look}")
    return opening.removesuffix("</svg>") + drawn + "</svg>"
