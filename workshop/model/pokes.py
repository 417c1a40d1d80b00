"""What people can do with a demo on the companion page, ``explore.html``: declared beside the demo, as ``pokes=(…)``.

A sentence of a poke may hold values between ``{{`` and ``}}``, as a slide does, over the facts of the run that it belongs to.
A name in single braces, such as ``{model}``, is replaced by what was chosen before anything is looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

MOST_STATES = 20  # of one sweep
MOST_CASES = 24  # of a grid
Value = str | int | float | bool


class Read(Struct, frozen=True):
    """One value that is shown large beside its name.

    Attributes:
        name: what people read under it; may hold values.
        value: an expression over the run's facts, with its filter: ``"bits.last | bits"``.
        quoted: whether it is set as text that was written, however short it is.
    """

    name: str
    value: str
    quoted: bool = False


class Part(Struct, frozen=True):
    """Some of the dots.

    Attributes:
        name: what they are.
        role: the colour role that they have.
        count: an expression over the run's facts; of the last part, "", since it has the dots that are left.
    """

    name: str
    role: str
    count: str = ""


class Dots(Struct, frozen=True):
    """Things that are counted, such as a thousand messages, as a field of dots in which each part has its colour.

    Attributes:
        measure: what a dot is; may hold values.
        total: an expression for the number of dots.
        parts: in the order in which they fill the field.
    """

    measure: str
    total: str
    parts: tuple[Part, ...]


class Arcs(Struct, frozen=True):
    """How much each word counts for the one that comes next: an arc from that one to each, thick where it counts much.

    Attributes:
        measure: what the thickness is; may hold values.
        words: an expression for the words, as one text; in every state there are as many.
        weights: an expression for the list of their weights, which add up to one.
        last: an expression for the word that comes next.
    """

    measure: str
    words: str
    weights: str
    last: str


class Answers(Struct, frozen=True):
    """Rows of answers, each a square; a row in which all are right has a tick.

    Attributes:
        measure: what a row is; may hold values.
        rows: an expression for rows of yes and no, of one length.
        right, wrong: what the squares are.
    """

    measure: str
    rows: str
    right: str
    wrong: str


Shown = str | Read | Dots | Arcs | Answers  # a name of an exhibit, a value, or something drawn for the page


class Before(Struct, frozen=True):
    """The state before the first step, for which nothing can be run.

    Attributes:
        finding: a sentence over the facts of the first run.
        points: how many of the first points of each chart are known then.
    """

    finding: str
    points: int = 0


class Poke(Struct, frozen=True, kw_only=True):
    """Anything that people can do.

    Attributes:
        lead: one or two sentences under the demo's title that say what to do.
        needs: path of a fact without which, or if it isn't true, the poke is left out: own data may not have it.
        bet: id of a slide that asks for a bet on this: the bet stands closed under the control, in the slide's words. Start in
            the slide's setting.
    """

    lead: str = ""
    needs: str = ""
    bet: str = ""


class Sweep(Poke, frozen=True):
    """A knob to turn, or rounds to go through: the demo runs at each value.

    Attributes:
        knob: a knob of the demo.
        values: at most 20, in order.
        kind: "slider" or "steps".
        label: names the knob; the button's words for steps.
        shows: exhibits, and values that are shown large.
        finding: an exhibit whose finding is shown, or a sentence with ``{{ values }}``.
        before: the state before the first step, for steps only.
        unit: filter for the values on the dial, with which no two may read the same: ``"percent(1)"``.
        start: the value that is shown first; the knob's default if it is among the values, else the first. Steps start at the first.
    """

    knob: str
    values: tuple[Value, ...]
    label: str
    shows: tuple[Shown, ...]
    finding: str
    kind: str = "slider"
    before: Before | None = None
    unit: str = "text"
    start: Value | None = None


class Cases(Poke, frozen=True):
    """Some cases to choose from; use ``Toggle``, ``Choice``, ``Dial``, ``Press`` or ``Order``.

    Attributes:
        name: a knob, which then takes each of the options; or any other word, which only chooses what is shown of one run.
        options: value -> its words; or the path of a fact that lists the words, whose values are 0, 1, 2 …
        label: the question that the options answer.
        shows, finding: as in ``Sweep``; left out of a poke that is in ``by``.
        by: a second choice: both make a grid of at most 24 states.
        start: the option that is shown first; "" for the first.
        unit: filter for options that are a list of numbers.
        marks: whether the chosen option is marked in the exhibits: their points, bars or rows are then the options, in order.
    """

    name: str
    options: Mapping[str, str] | str
    label: str
    shows: tuple[Shown, ...] = ()
    finding: str = ""
    by: Cases | None = None
    start: str = ""
    unit: str = "text"
    marks: bool = False


class Toggle(Cases, frozen=True):
    """Two or three cases to compare, one under the other."""


class Choice(Cases, frozen=True):
    """Several short cases, side by side."""


class Dial(Cases, frozen=True):
    """Cases in order, on a slider: points at which one run was measured, for example."""


class Press(Cases, frozen=True):
    """Cases in order, one after the other, each at the press of a button that the label names."""


class Order(Cases, frozen=True):
    """Cards that are moved up and down; the options' keys are their names in every order, with commas between them.

    Attributes:
        keeps: an expression for a number of each order; the page remembers the best and the worst of those that were tried.
        keeps_unit: filter for it.
    """

    keeps: str = ""
    keeps_unit: str = "number"


Outcome = Mapping[str, Mapping[str, float]]  # heading -> kind -> number
Votes = tuple[int, int]  # of one round, for A and for B


class Pick(Poke, frozen=True):
    """Rounds in which people prefer one of two answers; the page computes what their picks lead to, in the way that ``outcome`` does.

    That is: a Bradley-Terry score for each kind, with half a vote more for both kinds of a pair in which one has none, and the policy
    start x exp(score / beta).

    Attributes:
        rounds: name of a table of ``Rounds``.
        outcome: function of the votes of all rounds and the facts of the run; the page proves its sums by it. It returns two
            headings -> kind -> number: first the score of each kind, then its share.
        label: the question of every round.
        crowd: as how many people one pick counts, who all agree; each answer begins with one vote.
        hands: words for totals of a show of hands, which can be typed instead; "" for none.
        start: name of the fact with the share of each kind before.
        beta: name of the fact that says how hard the policy is held to its start.
        unit: filter for the shares.
    """

    rounds: str
    outcome: Callable[[Sequence[Votes], Mapping[str, Any]], Outcome]
    label: str
    crowd: int = 12
    hands: str = ""
    start: str = "start"
    beta: str = "beta"
    unit: str = "percent"


class Ask(Poke, frozen=True):
    """Something to type, answered on the page from a table of the run.

    Attributes:
        table: name of a ``Lookup``, a ``Library`` or ``Merges``.
        label: what to type.
        examples: texts to choose instead of typing, or the path of a fact that lists them.
        key: which row of a ``Lookup`` is meant: "last_two_words", "last_word" or "words".
        value: the number of each word in that row: an expression over ``count``, ``total`` (of the row) and ``size``.
        unit: filter for it.
    """

    table: str
    label: str
    examples: tuple[str, ...] | str
    key: str = "last_two_words"
    value: str = ""
    unit: str = "ratio"


class Write(Ask, frozen=True):
    """A line to write on with the words that a ``Lookup`` offers; otherwise as ``Ask``."""


class Train(Poke, frozen=True):
    """A model that reads in the page: sentences are fed to it, some at a time or one's own, and the bars of its next words follow.

    Attributes:
        table: name of a ``Reading``.
        label: names it.
        portion: sentences of one press.
    """

    table: str
    label: str
    portion: int = 4


class Map(Poke, frozen=True):
    """Places to look around in: each row of a table is one, named by its first cell.

    Attributes:
        exhibit: a table.
        label: names the places.
    """

    exhibit: str
    label: str


class Sort(Poke, frozen=True):
    """Cards to put into order, from the largest number to the smallest.

    Attributes:
        question: says what the order is.
        cards: path of a fact that lists the cards' words.
        by: path of a fact that lists a number for each card.
        unit: filter for the numbers, which are shown once the order is checked.
        finding: a sentence that is shown then; may hold values.
        ascending: whether the smallest number comes first.
    """

    question: str
    cards: str
    by: str
    unit: str = "number"
    finding: str = ""
    ascending: bool = False
