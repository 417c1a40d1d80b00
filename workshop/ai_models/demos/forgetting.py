"""Tune on dialogues alone, watch the model get worse at another text, and mix some of the old text back in."""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from workshop.ai_models.parts.pokes_of_training import FORGETTING
from workshop.ai_models.parts.roles import World
from workshop.ai_models.toys.fine_tuning import LONGEST, continue_text, pretrained
from workshop.ai_models.toys.forgetting import LOOKS, Curve, known_at_best, watched
from workshop.ai_models.toys.neural import TinyLM
from workshop.ai_models.toys.tool_shed import PEOPLE, Shed, Tokens, question
from workshop.model.exhibits import Chart, ChartKind, Column, Findings, Knob, Reference, Series, Table, demo
from workshop.wording.formats import bits, number

DIALOGUES = 300
BASIS = "a tiny neural model"


@demo(
    "forgetting",
    title="Tune a model, and test its old text",
    toy_of="what a model forgets when it is tuned (catastrophic forgetting)",
    claims={
        "Tuned on dialogues alone it gets worse at the diary": "general.after > general.before + 0.5",
        "It gets better at dialogues": "dialogue.after < dialogue.before - 0.5",
        "With old text mixed in it hardly forgets": "replay.general.after < replay.general.before + 0.3",
    },
    knobs={"replay": Knob(0.05, 3, "old texts mixed in for each dialogue")},
    pokes=FORGETTING,
)
def forgetting(*, rng: np.random.Generator, world: World, replay: float = 1.0) -> Findings:
    """Tune one base model twice: on dialogues alone, and on dialogues mixed with old text.

    Facts:
        steps (count): steps of tuning at which both texts were tested
        {general,dialogue}.{before,after,all} (bits): surprise per word on diary lines and on dialogues, tuned on dialogues
            alone
        replay.{general,dialogue}.{before,after,all} (bits): the same with old text mixed in
        among.{alone,mixed} (number): among how many words it chooses on diary lines, tuned on dialogues alone and with old text
        replay.texts (count): old texts mixed in
        dialogues (count): dialogues that were tuned on
        best (bits): the floor on diary lines

    Exhibits: ``curves`` (lines by step), ``choices`` (the same in words that it chooses among), ``trade`` (table), and ``written_0``
    to ``written_6`` (table of how both models go on at each step).
    """
    shed = Shed.arranged(world.things, world.places, rng)
    best = known_at_best(len(world.things))
    base, _ = pretrained(shed, rng)
    practice = shed.dialogues(rng, DIALOGUES)
    tests = [
        [shed.diary(rng) for _ in range(200)],
        [question(thing) + shed.answer(thing) for thing in shed.held_out],
    ]
    pages = [page for page in shed.pages(rng, 9 * DIALOGUES) if page[0] != "where"]
    old = pages[: round(replay * DIALOGUES)]
    alone, models = watched(base, practice, tests, rng)
    mixed, others = watched(base, practice + old, tests, rng)
    begun = [*([name] for name in PEOPLE[:3]), question(shed.practised[0])]
    texts = {
        f"written_{at}": written(begun, one, other, LOOKS[at])
        for at, (one, other) in enumerate(zip(models, others, strict=True))
    }
    facts = {
        "steps": LOOKS,
        "general": summary([general for general, _ in alone]),
        "dialogue": summary([dialogue for _, dialogue in alone]),
        "replay": {
            "general": summary([general for general, _ in mixed]),
            "dialogue": summary([dialogue for _, dialogue in mixed]),
            "texts": len(old),
        },
        "among": {"alone": [2**diary for diary, _ in alone], "mixed": [2**diary for diary, _ in mixed]},
        "dialogues": DIALOGUES,
        "best": best,
    }
    drawn = {"curves": curves(alone, mixed, best), "choices": choices(alone, mixed, best)}
    return Findings(facts, {**drawn, "trade": trade(alone, mixed), **texts})


def written(begun: list[Tokens], alone: TinyLM, mixed: TinyLM, step: int) -> Table:
    """List how both models go on; only weights make a difference, since the same chances are drawn at every step."""
    rows = [tuple(gone_on(model, words, place) for model in (alone, mixed)) for place, words in enumerate(begun)]
    kept = sum(text.count(".") == 1 for text, _ in rows[:-1])
    return Table(
        title="How it goes on",
        columns=(Column("Tuned on dialogues"), Column("Old text mixed in")),
        rows=tuple(rows),
        finding=f"After {step} steps on dialogues alone, {kept} of {len(rows) - 1} diary lines end where they should",
        measure="It goes on after the names of three people, and after a question",
        basis=BASIS,
    )


def gone_on(model: TinyLM, words: Tokens, seed: int) -> str:
    """Return some words with what a model writes after them."""
    text = " ".join([*words, *continue_text(model, words, 1, LONGEST, np.random.default_rng(seed))[0]])
    return text.replace(" .", ".").replace(" ?", "?")


def summary(values: list[float]) -> dict[str, float | list[float]]:
    """Return the first, the last and all values."""
    return {"before": values[0], "after": values[-1], "all": values}


def curves(alone: Curve, mixed: Curve, best: float) -> Chart:
    """Draw both texts over the steps of tuning."""
    steps = tuple(float(step) for step in LOOKS)
    return Chart(
        ChartKind.LINE,
        title="Forgetting while tuning",
        measure="Surprise in bits per word (0: it knew each word), by tuning step",
        finding=f"Tuned on dialogues alone, surprise on diary lines goes from {bits(alone[0][0])} to "
        f"{bits(alone[-1][0])} bits per word; with old text mixed in it ends at {bits(mixed[-1][0])}",
        series=(
            Series("diary, alone", tuple(g for g, _ in alone), x=steps, role="stop"),
            Series("diary, mixed", tuple(g for g, _ in mixed), x=steps, role="accent"),
            Series("dialogues", tuple(d for _, d in alone), x=steps, role="context"),
        ),
        references=(Reference("diary at best", best),),
        x_label="steps of tuning",
        unit="bits",
        basis=BASIS,
        y_min=0,
    )


def choices(alone: Curve, mixed: Curve, best: float) -> Chart:
    """Draw the same in words: 2 to the power of the bits."""
    drawn = curves(alone, mixed, best)
    return replace(
        drawn,
        title="Choices while tuning",
        measure="Words it chooses among, by tuning step (low is good)",
        finding=f"Tuned on dialogues alone, it chooses among {number(2 ** alone[0][0], 1)} words on diary lines, and at the end among "
        f"{number(2 ** alone[-1][0], 1)}; with old text mixed in among {number(2 ** mixed[-1][0], 1)}",
        series=tuple(
            replace(line, values=tuple(2**value for value in line.values if value is not None)) for line in drawn.series
        ),
        references=(Reference("diary at best", 2**best),),
        unit="number",
        decimals=1,
    )


def trade(alone: Curve, mixed: Curve) -> Table:
    """List the trade-off at each step that was tested."""
    rows = tuple((s, d, g, r) for s, (g, d), (r, _) in zip(LOOKS, alone, mixed, strict=True))
    return Table(
        title="What tuning buys and costs",
        columns=(
            Column("Steps", "count"),
            Column("Dialogues", "bits"),
            Column("Diary", "bits"),
            Column("Diary, old text mixed in", "bits"),
        ),
        rows=rows,
        finding=f"Dialogues go from {bits(rows[0][1])} to {bits(rows[-1][1])} bits per word, the diary from "
        f"{bits(rows[0][2])} to {bits(rows[-1][2])}",
        measure="Surprise in bits per word",
        basis=BASIS,
    )
