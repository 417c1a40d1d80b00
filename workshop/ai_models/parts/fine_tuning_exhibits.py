"""Charts of the fine-tuning demo: three models' replies to a question, and their first continuations."""

from __future__ import annotations

from msgspec import Struct

from workshop.ai_models.parts.tool_shed import Shed
from workshop.ai_models.parts.writing import joined
from workshop.model.exhibits import Chart, ChartKind, Column, Frozen, Series, Table
from workshop.model.pokes import Choice, Read, Toggle
from workshop.wording.formats import percent

BASIS = "tiny neural model, actually trained; places drawn at random"
NAMES = {"base": "base", "tuned": "tuned", "control": "no facts"}
LONG_NAMES = {"base": "base", "tuned": "tuned", "control": "tuned, without facts"}
ROLES = (("base", "context"), ("tuned", "accent"), ("control", "stop"))
MODELS = ("base", "tuned", "control")

POKES = (
    Toggle(
        "model",
        {"base": "Base model", "tuned": "Tuned on dialogues", "control": "Tuned, but never read the facts"},
        label="Which model?",
        by=Choice("tool", "samples.tools", label="Where is the …"),
        shows=(
            Read("How the model goes on", "samples.{model}[{tool}]", quoted=True),
            Read("Where it really is", "samples.places[{tool}]", quoted=True),
            "answers",
        ),
        finding="Of {{ asked }} replies to such questions, {{ {model}.answers | percent }} name a place and {{ {model}.right | percent }} the right "
        "one; luck would give {{ chance | percent }}.",
        lead="The same small network, three lives. The base model read pages; the tuned one then saw dialogues; the third saw the "
        "dialogues, but its pages never had the facts.",
    ),
)


class Score(Struct, frozen=True):
    """Shares of continuations, 0 to 1, and one continuation per question."""

    again: float
    answers: float
    right: float
    samples: tuple[str, ...]


def answer_chart(facts: Frozen) -> Chart:
    """Draw how the three models react to a question."""
    kinds = ("again", "answers", "right")
    return Chart(
        ChartKind.COLUMN,
        title="What comes back when it is asked",
        measure=f"Share of {facts['asked']} continuations after questions about {facts['held_out']} tools that no dialogue names",
        finding=f"The base model answers {percent(facts['base']['answers'])} of the time, the tuned one "
        f"{percent(facts['tuned']['answers'])} and is right {percent(facts['tuned']['right'])}; without the facts it "
        f"answers {percent(facts['control']['answers'])} and is right {percent(facts['control']['right'])}",
        series=tuple(Series(NAMES[m], tuple(facts[m][kind] for kind in kinds), role=role) for m, role in ROLES),
        categories=("Asks again", "Names a place", f"Right (chance {percent(facts['chance'])})"),
        unit="percent",
        basis=BASIS,
        y_min=0,
        y_max=1,
    )


def names_chart(facts: Frozen) -> Chart:
    """Draw how often each of the three models names a place, right or wrong."""
    return Chart(
        ChartKind.COLUMN,
        title="Who names a place",
        measure=f"Share of {facts['asked']} replies that name a place for one of {facts['held_out']} tools that no dialogue names",
        finding=", ".join(f"{name} {percent(facts[m]['answers'])}" for m, name in LONG_NAMES.items()),
        series=(Series("names a place", tuple(facts[m]["answers"] for m in MODELS)),),
        categories=tuple(LONG_NAMES[m] for m in MODELS),
        highlight=(LONG_NAMES["control"],),
        unit="percent",
        basis=BASIS,
        y_min=0,
        y_max=1,
    )


def sample_table(scores: dict[str, Score], shed: Shed) -> Table:
    """Show one continuation, as drawn, for each question and model, and how often two of the models are right."""
    rows = tuple(
        (f"where is the {tool}?", *(scores[name].samples[i] for name in MODELS[:2]), scores["control"].samples[i])
        for i, tool in enumerate(shed.held_out[:4])
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
