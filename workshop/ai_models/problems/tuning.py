"""Stage 3 on paper: tune a table of counts, and read what tuning buys and costs off a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshop.ai_models.problems.variants import draw, is_clear, whole
from workshop.model.exhibits import Worked
from workshop.wording.formats import bits, count, percent, points

# After a question: how often a question followed, how often an answer followed, answers added by tuning
COUNTS = (6, 2, 8)
# Side of a square weight matrix, rank of the update
RANKS = (1000, 4)
ROWS_ON_PAPER = (0, 5, 20, 150)


def tune_counts(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Add answers to a row of counts and see the share of answers rise; then find how many make three in four.

    The standard row is 6 questions and 2 answers with 8 answers added: 25% to 62.5%. Both levels are the same, and
    ``facts`` aren't used.
    """
    del level, facts
    questions, answers, added = draw(rng, COUNTS, _counts)
    total = questions + answers
    before, after = answers / total, (answers + added) / (total + added)
    needed = 3 * total - 4 * answers  # (answers + n) / (total + n) = 3/4
    return Worked(
        {"questions": questions, "answers": answers, "total": total, "added": added, "target": 0.75},
        {
            "before": before,
            "after": after,
            "answers": answers + added,
            "questions": questions,
            "total": total + added,
            "needed": needed,
        },
        (
            f"{answers} / {total}",
            f"({answers} + {added}) / ({total} + {added}) = {answers + added} / {total + added}",
            (
                f"If three in four are answered, the {questions} questions are one in four of {4 * questions}: "
                f"{3 * questions} answers are needed, and there are {answers}. {3 * questions} − {answers}"
            ),
        ),
    )


def _counts(rng: Any) -> tuple[int, int, int] | None:
    """Return counts of which both shares have at most one decimal."""
    questions, answers, added = whole(rng, 4, 24), whole(rng, 1, 12), whole(rng, 4, 20)
    total = questions + answers
    before, after = 100 * answers / total, 100 * (answers + added) / (total + added)
    easy = before % 1 == 0 and round(after * 10, 6) % 1 == 0
    return (questions, answers, added) if easy and 10 <= before < 45 and 45 < after < 75 else None


def read_trade(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Decide from the forgetting demo's table where to stop, and what continuing costs.

    Reads ``steps``, ``general.all``, ``dialogue.all`` and ``replay.general.all``; every number is used as printed
    (two decimals). There is only one version.
    """
    del rng, level
    places = [facts["steps"].index(step) for step in ROWS_ON_PAPER]
    rows = [
        (
            facts["steps"][i],
            round(facts["dialogue"]["all"][i], 2),
            round(facts["general"]["all"][i], 2),
            round(facts["replay"]["general"]["all"][i], 2),
        )
        for i in places
    ]
    start, end = rows[0], rows[-1]
    best = min(rows, key=lambda row: row[1])
    cost, full, replayed = best[2] - start[2], end[2] - start[2], end[3] - start[3]
    return Worked(
        {
            "rows": {
                str(number): {"step": step, "dialogue": d, "diary": g, "replay": r}
                for number, (step, d, g, r) in enumerate(rows, 1)
            },
            "last": end[0],
        },
        {"step": best[0], "cost": cost, "full": full, "replayed": replayed},
        (
            bits(best[1]),
            f"{bits(best[2])} − {bits(start[2])}",
            f"{bits(end[2])} − {bits(start[2])}",
            f"{bits(end[3])} − {bits(start[3])}",
        ),
    )


def low_rank(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Compare the trained weights of a low-rank update B·A of a square matrix with tuning the whole matrix.

    A side of 1,000 at rank 4 gives 8,000 of 1,000,000 weights, 0.8%. The level and ``facts`` aren't used.
    """
    del level, facts
    side, rank = draw(rng, RANKS, _matrix)
    full, low = side * side, 2 * side * rank
    return Worked(
        {"side": side, "rank": rank},
        {"full": full, "low": low, "share": low / full, "break_even": side // 2},
        (
            f"{count(side)} × {count(side)} = {count(full)}",
            f"{count(side)} × {rank} + {rank} × {count(side)} = {count(low)}",
            f"{count(low)} / {count(full)} = {percent(low / full, 1)}",
        ),
    )


def _matrix(rng: Any) -> tuple[int, int] | None:
    """Return the side of a matrix and a rank whose share of the weights has one decimal in per cent."""
    side, rank = whole(rng, 400, 4000, 100), whole(rng, 2, 16)
    share = 200 * rank / side
    return (side, rank) if 0.2 <= share <= 4 and is_clear(share, 1) and round(share * 10, 6) % 1 == 0 else None


def style_or_fact(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Divide the abilities of a tuned model into those from the dialogues and those from earlier reading.

    Reads ``answers`` and ``right`` of ``base``, ``tuned`` and ``control`` of the fine-tuning demo; every share is
    used as printed (whole percent). There is only one version.
    """
    del rng, level
    rows = {
        name: {key: round(facts[name][key], 2) for key in ("answers", "right")} for name in ("base", "tuned", "control")
    }
    style = rows["tuned"]["answers"] - rows["base"]["answers"]
    fact = rows["tuned"]["right"] - rows["control"]["right"]
    return Worked(
        rows,
        {"style": style, "fact": fact},
        (
            f"{percent(rows['tuned']['answers'])} − {percent(rows['base']['answers'])} = {points(style)} points",
            f"{percent(rows['tuned']['right'])} − {percent(rows['control']['right'])} = {points(fact)} points",
        ),
    )
