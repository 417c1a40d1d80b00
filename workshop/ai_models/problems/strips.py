"""Strips for those without a phone: what the toys said, to be marked by letters as a poll marks what assistants say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.ai_models.parts.asking import NOT_FOUND
from workshop.model.exhibits import Worked

REPLIES = {"base": 3, "tuned": 2, "control": 3}  # of each model, at most
ROWS, SENTENCES, KINDS = 8, 8, 4
IN = "in the "


def strip_invented(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:  # noqa: ARG001 - every problem is called alike
    """Mark replies of three models: A answers with a place, B goes on with something else.

    Args:
        rng: mixes the replies; ``None`` takes them in turns.
        level: not used.
        facts: of a run of ``fine_tuning``. A reply that names something else than a place isn't shown.

    Returns:
        ``given.questions[0…7]``, ``given.replies[0…7]``; ``answer.letters[0…7]``, ``answer.a`` and ``answer.b`` (counts).
    """
    said, places = facts["samples"], set(facts["samples"]["places"])
    each = []
    for model, most in REPLIES.items():
        pairs = zip(said["things"], said[model], strict=True)
        clear = [(thing, reply) for thing, reply in pairs if not reply.startswith(IN) or _place(reply) in places]
        each.append(clear[:most] if model != "tuned" else clear[-most:])
    rows = [each[k][n] for n in range(max(REPLIES.values())) for k in range(len(each)) if n < len(each[k])][:ROWS]
    if rng is not None:
        rows = [rows[k] for k in rng.permutation(len(rows))]
    letters = ["A" if reply.startswith(IN) else "B" for _, reply in rows]
    return _marked([f"Where is the {thing}?" for thing, _ in rows], [reply for _, reply in rows], letters, ROWS)


def _place(reply: str) -> str:
    return reply.removeprefix(IN).rstrip(".")


def strip_page(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:  # noqa: ARG001 - likewise
    """Mark what a search said to questions, all but the first of which no card answers: A it answered, B it said that no card does.

    Args:
        rng: mixes the rows; ``None`` leaves them as they are.
        level: not used.
        facts: of a run of ``retrieval``.

    Returns:
        ``given.questions[0…6]``, ``given.replies[0…6]``; ``answer.letters[0…6]``, ``answer.a`` and ``answer.b`` (counts).
    """
    said = facts["samples"]
    rows = list(zip(said["questions"], said["answers"], strict=True))
    if rng is not None:
        rows = [rows[k] for k in rng.permutation(len(rows))]
    letters = ["B" if answer == NOT_FOUND else "A" for _, answer in rows]
    return _marked([question for question, _ in rows], [answer for _, answer in rows], letters, 7)


def _marked(questions: Sequence[str], replies: Sequence[str], letters: Sequence[str], rows: int) -> Worked:
    """Return replies to be marked; a row that a run lacks is a dash."""

    def full(texts: Sequence[str]) -> list[str]:
        return [*texts, *["–"] * (rows - len(texts))]

    return Worked(
        {"questions": full(questions), "replies": full(replies)},
        {"letters": full(letters), "a": letters.count("A"), "b": letters.count("B")},
    )


def strip_facts(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:  # noqa: ARG001 - likewise
    """Mark sentences that a model wrote, beside all that it read: A made up, B read.

    Args:
        rng: chooses other sentences among those written; ``None`` takes the first ones.
        level: not used.
        facts: of a run of ``hallucination``.

    Returns:
        ``given.read[0…3].lines[0…7]`` (all that it read, kind by kind), ``given.sentences[0…7]``; ``answer.letters[0…7]``,
        ``answer.a`` and ``answer.b`` (counts).
    """
    read, written = facts["read"], list(facts["said"])
    if rng is not None:
        written = [written[k] for k in rng.permutation(len(written))]
    shown = written[:SENTENCES]
    letters = ["B" if sentence in read else "A" for sentence in shown]
    size = len(read) // KINDS
    groups = [{"lines": read[k * size : (k + 1) * size]} for k in range(KINDS)]
    return Worked(
        {"read": groups, "sentences": shown},
        {"letters": letters, "a": letters.count("A"), "b": letters.count("B")},
    )
