"""Tune a base model on dialogues, then remove facts from the base model's text and tune again.

Three models answer questions about tools that no dialogue mentions. The tuned one answers and is right, since its base
model's pages say dozens of times where each of these tools is. A model tuned on the same dialogues, whose pages never say
so, answers too, but is right no more often than chance or even less: it names the places that it has read most often, and
these hold fewer of the other tools, since tools are spread evenly.
"""

from __future__ import annotations

import numpy as np

from workshop.ai_models.parts.again import once_per_state
from workshop.ai_models.parts.fine_tuning_exhibits import POKES, Score, answer_chart, names_chart, sample_table
from workshop.ai_models.parts.tool_shed import PLACES, TOOLS, Shed, Tokens, question, vocabulary
from workshop.ai_models.parts.writing import continue_text, joined
from workshop.ai_models.toys.neural import TinyLM
from workshop.ai_models.toys.training import train, windows
from workshop.model.exhibits import Exhibit, Findings, Frozen, Knob, demo

WINDOW = 5
PAGES = 3000
HIDDEN = 64
BASE_STEPS, TUNING_STEPS = 900, 80
ASKED = 25  # times each question is asked, since the model draws its words
LONGEST = 8
SHOWN = 5


def pretrained(shed: Shed, rng: np.random.Generator, silent_on: tuple[str, ...] = ()) -> tuple[TinyLM, tuple[int, ...]]:
    """Return a base model that has read the garden's pages, none of which states a fact about ``silent_on``.

    Also return how often its pages state the place of each tool that no dialogue mentions.
    """
    model = TinyLM.untrained(vocabulary(), WINDOW, rng, hidden=HIDDEN)
    pages = shed.pages(rng, PAGES, silent_on=silent_on)
    inputs, targets = windows(pages, model)
    train(model, inputs, targets, steps=BASE_STEPS, rate=0.02, batch=128, rng=rng)
    text = " . ".join(" ".join(page) for page in pages)
    return model, tuple(text.count(" ".join(shed.statement(tool))) for tool in shed.held_out)


@once_per_state
def base_models(rng: np.random.Generator) -> tuple[Shed, TinyLM, TinyLM, tuple[int, ...]]:
    """Return a shed, a model that has read about it, and one whose pages are silent about the held-out tools.

    Also return how often the pages of the first state the place of each such tool.
    """
    shed = Shed.arranged(rng)
    base, stated = pretrained(shed, rng)
    ignorant, _ = pretrained(shed, rng, silent_on=shed.held_out)
    return shed, base, ignorant, stated


def tuned(base: TinyLM, dialogues: list[Tokens], rng: np.random.Generator) -> TinyLM:
    """Return a copy of ``base``, trained further with the same loop, only on ``dialogues``."""
    model = base.copy()
    inputs, targets = windows(dialogues, model)
    train(model, inputs, targets, steps=TUNING_STEPS, rate=0.01, batch=64, rng=rng)
    return model


def examined(model: TinyLM, shed: Shed, rng: np.random.Generator) -> Score:
    """Ask each held-out question ``ASKED`` times and count the replies."""
    again = answers = right = 0
    samples = []
    for tool in shed.held_out:
        texts = continue_text(model, question(tool), ASKED, LONGEST, rng)
        again += sum(text[:1] == ["where"] for text in texts)
        answers += sum(text[:2] == ["in", "the"] and text[2:3] != [] and text[2] in PLACES for text in texts)
        right += sum(text == shed.answer(tool) for text in texts)
        samples.append(shown(texts[0]))
    asked = ASKED * len(shed.held_out)
    return Score(again / asked, answers / asked, right / asked, tuple(samples))


def shown(text: Tokens) -> str:
    """Return a continuation for printing: at most five words, or a remark if there are none."""
    return joined(text[:SHOWN]) + (" …" if len(text) > SHOWN else "") or "(page ends)"


@demo(
    "fine_tuning",
    title="From continuing to answering",
    claims={
        "Tuning makes it answer": "tuned.answers > 0.95 and base.answers < 0.1",
        "Tuned, it is right about tools that no dialogue mentions": "tuned.right > 0.75",
        "Without the facts it still answers more than four times in five": "control.answers > 0.8",
        "Without the facts it is right less than half as often": "control.right < tuned.right / 2",
    },
    knobs={"dialogues": Knob(1, 1000, "question-and-answer pairs to tune on")},
    pokes=POKES,
)
def fine_tuning(*, rng: np.random.Generator, dialogues: int = 300) -> Findings:
    """Train, tune and ask.

    Facts:
        base, tuned, control: each with ``again`` (continues with another question), ``answers`` (names a place)
        and ``right`` (names the right place), as shares of all continuations, 0 to 1.
        chance: share right when naming any place; places: their number.
        dialogues, pages, weights, tools, held_out, asked: counts; ``asked`` is questions times repeats.
        stated: how often the pages of base and tuned state the place of a tool that no dialogue mentions: ``least``, ``most``.
        steps: ``base``, ``tuned``: number of corrections of all weights.
        example: ``tool``, ``place``, and what ``base``, ``tuned`` and ``control`` said.
        samples: ``tools``, their ``places``, and one continuation each by ``base``, ``tuned`` and ``control`` (lists).

    Exhibits: ``answers`` (grouped columns), ``names`` (columns: who names a place at all), ``samples`` (table of questions and continuations).
    """
    shed, base, ignorant, stated = base_models(rng)
    practice = shed.dialogues(rng, dialogues)
    models = {"base": base, "tuned": tuned(base, practice, rng), "control": tuned(ignorant, practice, rng)}
    scores = {name: examined(model, shed, rng) for name, model in models.items()}
    pick = next((i for i, text in enumerate(scores["base"].samples) if text.startswith("where")), 0)
    facts = Frozen(
        {
            **{name: {"again": s.again, "answers": s.answers, "right": s.right} for name, s in scores.items()},
            "chance": 1 / len(PLACES),
            "places": len(PLACES),
            "dialogues": dialogues,
            "pages": PAGES,
            "weights": base.size,
            "tools": len(TOOLS),
            "held_out": len(shed.held_out),
            "asked": ASKED * len(shed.held_out),
            "stated": {"least": min(stated), "most": max(stated)},
            "steps": {"base": BASE_STEPS, "tuned": TUNING_STEPS},
            "example": {
                "tool": shed.held_out[pick],
                "place": shed.place[shed.held_out[pick]],
                **{name: s.samples[pick] for name, s in scores.items()},
            },
            "samples": {
                "tools": shed.held_out,
                "places": [shed.place[tool] for tool in shed.held_out],
                **{name: s.samples for name, s in scores.items()},
            },
        }
    )
    exhibits: dict[str, Exhibit] = {
        "answers": answer_chart(facts),
        "names": names_chart(facts),
        "samples": sample_table(scores, shed),
    }
    return Findings(facts, exhibits)
