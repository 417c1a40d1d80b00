"""A page with all ten kinds of poke, over demos so small that every number can be checked by head."""

from __future__ import annotations

from math import log, log2
from pathlib import Path

from msgspec.structs import replace

from workshop.addons.explore.companion import Explored, Section, render_explore
from workshop.addons.explore.drawn import Look, Words
from workshop.addons.explore.slide_bets import SlideBet
from workshop.addons.explore.step import Subject, sections
from workshop.charts.kind import BUILT_IN
from workshop.errors import At, Report
from workshop.layout.laid import LaidOut
from workshop.model.exhibits import Chart, ChartKind, Column, Demo, Findings, Knob, Series, Table, demo
from workshop.model.frozen import Frozen
from workshop.model.kit import Kit, StageMark
from workshop.model.poke_tables import Lookup, Merges, Reading, Rounds
from workshop.model.pokes import (
    Ask,
    Before,
    Choice,
    Dial,
    Map,
    Order,
    Pick,
    Poke,
    Read,
    Sort,
    Sweep,
    Toggle,
    Train,
    Write,
)
from workshop.plugins.registry import Registry, standard_registry
from workshop.runs.runner import RunRequest, sources_of
from workshop.themes.choose import page_colors

DOUBLED = Sweep(
    "times",
    (1, 2, 5, 1000),
    label="How often",
    shows=(Read("altogether", "size | count"), "sizes"),
    finding="Doubled {{ times }} times, it is {{ size | count }}.",
    lead="Turn the knob.",
)


def chart(times: int) -> Chart:
    values = (1.0, 0.5, times / 2)
    return Chart(
        ChartKind.COLUMN,
        title="Sizes",
        measure="Size",
        finding=f"The last is {times / 2:g}",
        series=(Series("size", values),),
        categories=("one", "half", "last"),
        unit="number",
        basis="arithmetic",
    )


def curve(times: int) -> Chart:
    return Chart(
        ChartKind.LINE,
        title="Growth",
        measure="Bits, by step",
        finding="It grows",
        series=(
            Series("mine", (0.0, 1.0, 2.0, 3.0), x=(0.0, 1.0, 2.0, 3.0), role="accent"),
            Series("other", (1.0, 1.0, 1.0, float(times)), x=(0.0, 1.0, 2.0, 3.0), role="context"),
        ),
        unit="bits",
        basis="arithmetic",
        y_min=0,
        y_max=4,
    )


def table(times: int) -> Table:
    rows = tuple((word, times + place) for place, word in enumerate(("ant", "bee", "<b>cow</b>")))
    return Table("Animals", (Column("Animal"), Column("Number", "count")), rows, finding="Three", measure="Animals")


def counts(times: int) -> Lookup:
    rows = {"a": {"b": (1, 3), "c": (0, 1)}, "b": {"<end>": (2, 2)}}
    proofs = [("a", "b", 0, 0.25), ("a", "b", 1, 1.25 / 2), ("a", "b", 2, 3.25 / 5), ("z", "b", 2, 0.25)]
    return Lookup(
        rows=rows, size=4, by="rounds", start="<start>", end="<end>", words=("a", "b", "c"), proofs=tuple(proofs)
    )


def outcome(votes, facts):
    """Two kinds: the odds of their votes, by head."""
    plain, fancy = votes[0][0] + votes[1][1], votes[0][1] + votes[1][0]
    if not plain or not fancy:
        plain, fancy = plain + 0.5, fancy + 0.5
    score, pull = log(plain / fancy) / 2, (plain / fancy) ** (1 / facts["beta"])
    return {
        "Reward": {"plain": score, "fancy": -score},
        "Share": {"plain": pull / (pull + 1), "fancy": 1 / (pull + 1)},
    }


def found(times: int = 2, rounds: int = 2) -> Findings:
    facts = {
        "times": times,
        "rounds": rounds,
        "size": 2 ** min(times, 40),
        "bits": log2(times + 1),
        "kinds": {"warm": {"says": "yes it is", "share": 0.25}, "cold": {"says": "no", "share": 0.75}},
        "names": ["small", "large", "middle"],
        "numbers": [1, 30, 20],
        "steps": [0, 1, 2, 3],
        "start": {"plain": 0.5, "fancy": 0.5},
        "beta": 2,
    }
    rounds_ = Rounds(
        (("Which?", "plain one", "fancy one", "plain", "fancy"), ("And now?", "<i>x</i>", "y", "fancy", "plain"))
    )
    return Findings(
        Frozen(facts),
        {"sizes": chart(times), "curve": curve(times), "animals": table(times)},
        tables={"next": counts(times), "rounds": rounds_, "merges": MERGES, "reading": READING},
    )


def made(name: str, *pokes: Poke, title: str = "") -> Demo:
    """Return a demo with some pokes; it is computed anew in every run."""
    knobs = {"times": Knob(1, 1000, "how often"), "rounds": Knob(1, 2, "rounds")}

    @demo(name, title=title or name.capitalize(), knobs=knobs, pokes=pokes)
    def function(*, times: int = 2, rounds: int = 2) -> Findings:
        return found(times, rounds)

    return function


MERGES = Merges(
    (("a", "b"), ("ab", "c")),
    by="times",
    end="_",
    proofs=(("abcab", 1, ("ab", "c", "ab", "_")), ("abcab", 2, ("abc", "ab", "_"))),
)
READING = Reading(
    sentences=("a b", "a b", "a c"),
    held=("a b",),
    stem=("<start>", "a"),
    proofs=(4.0, 1.6, 4 / 3),
)
ORDERS = {"warm,cold": "warm, cold", "cold,warm": "cold, warm"}
STEPS = Sweep(
    "rounds", (1, 2), kind="steps", label="Read on", shows=(Read("rounds", "rounds"),), finding="{{ rounds }} rounds.",
    before=Before("Nothing yet."),
)  # fmt: skip
WRITTEN = Write("next", label="Type", examples=("a", "z"), key="last_word", value="(count + 1 / size) / (total + 1)")
GROWTH = Dial("step", "steps", label="Step", shows=("curve",), finding="Step {step}.", unit="count", marks=True)
BETS = {
    "more-than": SlideBet("More than 2?", ("More", "Less"), 0),
    "and-now": SlideBet("And now?", ("Up", "Down"), 0),
}
TEN = (
    made("slid", DOUBLED),
    made("stepped", STEPS, WRITTEN),
    made("asked", Ask("next", label="Type", examples=("a",), key="last_word", value="(count + 1 / size) / (total + 1)")),
    made("toggled", Toggle("kind", {"warm": "Warm", "cold": "Cold"}, label="Which?",
                           shows=(Read("says", "kinds.{kind}.says"), Read("share", "kinds.{kind}.share | percent")), finding="It says {{ kinds.{kind}.says }}.")),
    made("chosen", Choice("times", {"1": "once", "3": "thrice"}, label="How often?", shows=("animals",), finding="sizes")),
    made("bet", replace(DOUBLED, bet="more-than")),
    made("grown", GROWTH),
    made("twice", replace(DOUBLED, bet="more-than"), replace(DOUBLED, bet="and-now")),
    made("cut", DOUBLED, Ask("merges", label="Type", examples=("cab abc",))),
    made("ordered", Order("first", ORDERS, label="In which order?", shows=("sizes",), finding="{first} it is.", keeps="kinds.cold.share if '{first}' == 'cold,warm' else kinds.warm.share", keeps_unit="percent")),
    made("picked", Pick("rounds", outcome, label="Which is better?", hands="Totals")),
    made("sorted", Sort("Largest first", cards="names", by="numbers", unit="count", finding="Well done, {{ times }} times.")),
    made("trained", Train("reading", label="Train", portion=2, lead="It reads.")),
    made("mapped", Map("animals", label="Animals")),
)  # fmt: skip


def subjects(demos: tuple[Demo, ...]) -> tuple[Subject, ...]:
    return tuple(
        Subject(
            demo=one,
            base=RunRequest(name=one.name, demo=one.name, knobs={}, data={}, at=At("kit.yaml")),
            stage=1,
            stage_title="First",
        )
        for one in demos
    )


def registry_of(demos: tuple[Demo, ...]) -> Registry:
    registry = Registry()
    for one in demos:
        registry.add("demo", one.name, one)
    return registry


def sections_of(
    demos: tuple[Demo, ...], report: Report, *, texts: bool = True, cache: Path | None = None
) -> tuple[Section, ...]:
    colors = page_colors(standard_registry().get("theme", "light")())
    look = Look(colors["light"], BUILT_IN, Words("en"))
    registry = registry_of(demos)
    return sections(
        subjects(demos),
        registry,
        look,
        seed=0,
        cache=cache,
        texts=texts,
        report=report,
        sources=sources_of(registry),
        bets=BETS,
    )


def page_of(demos: tuple[Demo, ...], title: str = "Ten") -> str:
    """Return a whole page with some demos."""
    report = Report()
    parts = sections_of(demos, report)
    assert not report.found, report.found
    theme = standard_registry().get("theme", "light")()
    explored = Explored(sections=parts, seed=0, colors=page_colors(theme))
    kit = Kit(
        title=title, subtitle="", occasion="", author="", licence="", language="en-GB", audience="general", audience_title="",
        seed=0, people=1, paper="a4", stages=(), marks=(StageMark(id="one", number=1, title="First", short="First", question=""),),
        extra={"explore": explored},
    )  # fmt: skip
    return render_explore(LaidOut(kit=kit, theme=theme, slides=())).decode()
