"""Tune a base model on dialogues, then remove facts from the base model's text and tune again.

Three models answer questions about things that no dialogue mentions. The tuned one answers and is right, since its base
model's pages say dozens of times where each of these is. A model tuned on the same dialogues, whose pages never say
so, answers too, but is right no more often than chance or even less: it names the places that it has read most often, and
these hold fewer of the others, since things are spread evenly.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from workshop.ai_models.parts.again import once_per_state
from workshop.ai_models.parts.roles import World
from workshop.ai_models.toys.fine_tuning import ASKED, BASE_STEPS, PAGES, TUNING_STEPS, examined, pretrained, tuned
from workshop.ai_models.toys.neural import TinyLM
from workshop.ai_models.toys.tool_shed import Shed, Tokens
from workshop.ai_models.toys.words import joined
from workshop.model.exhibits import Chart, ChartKind, Column, Exhibit, Findings, Knob, Series, Table, demo
from workshop.model.frozen import Frozen
from workshop.model.pokes import Choice, Read
from workshop.wording.formats import percent

BASIS = "a tiny neural model; places drawn at random"
NAMES = {"base": "base", "tuned": "tuned", "control": "no facts"}
ROLES = (("base", "context"), ("tuned", "accent"), ("control", "stop"))
MODELS = ("base", "tuned", "control")

POKES = (
    Choice(
        "thing",
        "samples.things",
        label="Ask both: where is the …",
        shows=(
            Read("The base model, which only read pages", "samples.base[{thing}]", quoted=True),
            Read("The same, tuned on dialogues", "samples.tuned[{thing}]", quoted=True),
            Read("Where it really is", "samples.places[{thing}]", quoted=True),
        ),
        finding="Asked where the {{ samples.things[{thing}] }} is, the base model writes “{{ samples.base[{thing}] }}” and the tuned one "
        "“{{ samples.tuned[{thing}] }}”. It is in the {{ samples.places[{thing}] }}.",
        lead="Ask the model before tuning and after it the same thing.",
    ),
    Choice(
        "unread",
        "samples.things",
        label="Ask the third model: where is the …",
        shows=(Read("It says", "samples.control[{unread}]", quoted=True), "answers"),
        finding="The third model never read where the {{ samples.things[{unread}] }} is. Asked, it says “{{ samples.control[{unread}] }}”; it is in "
        "the {{ samples.places[{unread}] }}.",
        bet="predict-unseen",
    ),
)
SHOWN = 5


class Score(Struct, frozen=True):
    """Shares of continuations, 0 to 1, and one continuation per question."""

    again: float
    answers: float
    right: float
    samples: tuple[str, ...]


@once_per_state
def base_models(
    rng: np.random.Generator, things: tuple[str, ...], places: tuple[str, ...]
) -> tuple[Shed, TinyLM, TinyLM, tuple[int, ...]]:
    """Return a shed, a model that has read about it, and one whose pages are silent about the held-out things.

    Also return how often the pages of the first state the place of each such thing.
    """
    shed = Shed.arranged(things, places, rng)
    base, stated = pretrained(shed, rng)
    ignorant, _ = pretrained(shed, rng, silent_on=shed.held_out)
    return shed, base, ignorant, stated


def score(model: TinyLM, shed: Shed, rng: np.random.Generator) -> Score:
    """Ask a model, and return its shares with the first reply to each question as it is printed."""
    again, answers, right, firsts = examined(model, shed, rng)
    return Score(again, answers, right, tuple(map(shown, firsts)))


def shown(text: Tokens) -> str:
    """Return a continuation for printing: at most five words, or a remark if there are none."""
    return joined(text[:SHOWN]) + (" …" if len(text) > SHOWN else "") or "(page ends)"


@demo(
    "fine_tuning",
    title="Base or tuned",
    toy_of="instruction tuning, which makes a chat model",
    claims={
        "Tuning makes it answer": "tuned.answers > 0.95 and base.answers < 0.1",
        "Tuned, it is right about things that no dialogue mentions": "tuned.right > 0.75",
        "Without the facts it still answers more than four times in five": "control.answers > 0.8",
        "Without the facts it is right less than half as often": "control.right < tuned.right / 2",
    },
    knobs={"dialogues": Knob(1, 1000, "question-and-answer pairs to tune on")},
    pokes=POKES,
)
def fine_tuning(*, rng: np.random.Generator, world: World, dialogues: int = 300) -> Findings:
    """Train, tune and ask.

    Facts:
        {base,tuned,control}.again (percent): replies that go on with another question
        {base,tuned,control}.answers (percent): replies that name a place
        {base,tuned,control}.right (percent): replies that name the right place
        chance (percent): share right when naming any place
        places, things, held_out (count): places, things, and things that no dialogue mentions
        dialogues, pages (count): texts that were tuned on, and texts that a base model read
        weights (count): weights of each model
        asked (count): questions times repeats
        stated.{least,most} (count): how often the pages state the place of a thing that no dialogue mentions
        steps.{base,tuned} (count): corrections of all weights
        example.{thing,place} (text): one such thing, and where it is
        example.{base,tuned,control} (text): what each model said of it
        samples.{things,places} (text): these things, and where they are
        samples.{base,tuned,control} (text): one reply of each model per thing

    Exhibits: ``answers`` (grouped columns), ``names`` (the same without who asks again), ``samples`` (table of questions and continuations).
    """
    shed, base, ignorant, stated = base_models(rng, world.things, world.places)
    practice = shed.dialogues(rng, dialogues)
    models = {"base": base, "tuned": tuned(base, practice, rng), "control": tuned(ignorant, practice, rng)}
    scores = {name: score(model, shed, rng) for name, model in models.items()}
    pick = next((i for i, text in enumerate(scores["base"].samples) if text.startswith("where")), 0)
    facts = Frozen(
        {
            **{name: {"again": s.again, "answers": s.answers, "right": s.right} for name, s in scores.items()},
            "chance": 1 / len(world.places),
            "places": len(world.places),
            "dialogues": dialogues,
            "pages": PAGES,
            "weights": base.size,
            "things": len(world.things),
            "held_out": len(shed.held_out),
            "asked": ASKED * len(shed.held_out),
            "stated": {"least": min(stated), "most": max(stated)},
            "steps": {"base": BASE_STEPS, "tuned": TUNING_STEPS},
            "example": {
                "thing": shed.held_out[pick],
                "place": shed.place[shed.held_out[pick]],
                **{name: s.samples[pick] for name, s in scores.items()},
            },
            "samples": {
                "things": shed.held_out,
                "places": [shed.place[thing] for thing in shed.held_out],
                **{name: s.samples for name, s in scores.items()},
            },
        }
    )
    exhibits: dict[str, Exhibit] = {
        "answers": answer_chart(facts),
        "names": answer_chart(facts, ("answers", "right")),
        "samples": sample_table(scores, shed),
    }
    return Findings(facts, exhibits)


def answer_chart(facts: Frozen, kinds: tuple[str, ...] = ("again", "answers", "right")) -> Chart:
    """Draw how the three models react to a question."""
    names = {
        "again": "Asks again",
        "answers": "Names a place",
        "right": f"The right place (chance {percent(facts['chance'])})",
    }
    return Chart(
        ChartKind.COLUMN,
        title="What comes back when it is asked",
        measure=f"Share of {facts['asked']} continuations after questions about {facts['held_out']} things that no dialogue names",
        finding=f"The base model answers {percent(facts['base']['answers'])} of the time, the tuned one "
        f"{percent(facts['tuned']['answers'])} and is right {percent(facts['tuned']['right'])}; without the facts it "
        f"answers {percent(facts['control']['answers'])} and is right {percent(facts['control']['right'])}",
        series=tuple(Series(NAMES[m], tuple(facts[m][kind] for kind in kinds), role=role) for m, role in ROLES),
        categories=tuple(names[kind] for kind in kinds),
        unit="percent",
        basis=BASIS,
        y_min=0,
        y_max=1,
    )


def sample_table(scores: dict[str, Score], shed: Shed) -> Table:
    """Show one continuation, as drawn, for each question and model, and how often two of the models are right."""
    rows = tuple(
        (f"where is the {thing}?", *(scores[name].samples[i] for name in MODELS[:2]), scores["control"].samples[i])
        for i, thing in enumerate(shed.held_out[:4])
    )
    right = sum(scores["tuned"].samples[i] == joined(shed.answer(t)) for i, t in enumerate(shed.held_out[:4]))
    wrong = sum(scores["control"].samples[i] != joined(shed.answer(t)) for i, t in enumerate(shed.held_out[:4]))
    return Table(
        title="First continuations",
        columns=tuple(Column(name) for name in ("Asked", "Base", "Tuned", "Tuned, no facts")),
        rows=rows,
        finding=f"Of {len(rows)} first answers the tuned model gets {right} right; the one that never read the facts gets {wrong} wrong",
        measure=f"The first reply of each; of all its replies, {percent(scores['tuned'].right)} are right when tuned, "
        f"{percent(scores['control'].right)} without the facts",
        basis=BASIS,
    )
