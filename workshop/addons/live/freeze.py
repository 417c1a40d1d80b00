"""What a room said, as files in the forms that ``--votes``, ``quiz``, ``--bets``, ``--counts`` and ``--actual`` read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from workshop.addons.live.course import Course
from workshop.addons.live.deck import BALLOT, BET, OWN, POLL, QUIZ, Item, Poll, Spot
from workshop.addons.live.known import counts
from workshop.model.prints import LETTERS

BALLOTS, ANSWERS, BETS, COUNTS, ACTUAL = "ballots.csv", "quiz.csv", "bets.csv", "counts.csv", "actual.csv"
MOST_LETTERS = 4  # of a bet


def freeze(course: Course) -> dict[str, bytes]:
    """Return file name -> what it holds, for everything that somebody answered, and how long each slide was shown."""
    tables = {
        BALLOTS: [("round", "a", "b"), *_ballots(course)],
        ANSWERS: _answers(course),
        BETS: [("bet", "round", *LETTERS[:MOST_LETTERS]), *_bets(course)],
        COUNTS: [("slide", *LETTERS[:MOST_LETTERS]), *_counts(course)],
        ACTUAL: [("slide", "minutes", "planned", "title"), *_minutes(course)],
    }
    return {name: _csv(rows) for name, rows in tables.items() if len(rows) > 1}


def own_slides(course: Course) -> str:
    """Return a slide for each question that the trainer asked, as Markdown of an overlay; "" if there was none."""
    from workshop.content.from_pptx import escaped  # it brings lxml, which the app's process does without

    sources = {spot.id: spot.source for spot in course.deck.slides}
    found = []
    for poll in _of(course, OWN):
        item = poll.items[0]
        given = counts(course, item.id, 1)
        rows = (
            f"| {escaped(text)} | {given.get(letter, 0)} |"
            for letter, text in zip(item.letters, item.options, strict=True)
        )
        found.append(
            f"## {escaped(item.text)} {{#asked-{item.id} after={sources[poll.slide]} minutes=1}}\n\n"
            "| Asked in this room | People |\n|---|---|\n" + "\n".join(rows) + "\n"
        )
    return "\n".join(found)


def _csv(rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _of(course: Course, kind: str) -> Iterator[Poll]:
    return (poll for poll in course.deck.polls if poll.kind == kind)


def _ballots(course: Course) -> Iterator[tuple[object, ...]]:
    """Yield the totals of each round, hands included, if anybody voted."""
    items = [item for poll in _of(course, BALLOT) for item in poll.items]
    found = [counts(course, item.id, 1) for item in items]
    if any(any(one.values()) for one in found):
        yield from ((number, one.get("A", 0), one.get("B", 0)) for number, one in enumerate(found, 1))


def _bets(course: Course) -> Iterator[tuple[object, ...]]:
    for poll in _of(course, BET):
        item = poll.items[0]
        for round_ in (1, 2):
            found = counts(course, item.id, round_)
            if any(found.values()):
                yield (poll.name, round_, *_cells(found, item))


def _counts(course: Course) -> Iterator[tuple[object, ...]]:
    """Yield what was counted in each poll, if anything was."""
    for poll in _of(course, POLL):
        item = poll.items[0]
        found = counts(course, item.id, 1)
        if any(found.values()):
            yield (item.id, *_cells(found, item))


def _cells(found: Mapping[str, int], item: Item) -> list[object]:
    return [found.get(letter, 0) if letter in item.letters else "" for letter in LETTERS[:MOST_LETTERS]]


def _answers(course: Course) -> list[tuple[object, ...]]:
    """Return a line for each sheet that somebody filled in, with an exclamation mark after letters of which they were sure."""
    polls = {poll.items[0].id.partition("-")[0]: poll for poll in _of(course, QUIZ) if poll.items}
    numbers = list(dict.fromkeys(item.id.partition("-")[2] for poll in polls.values() for item in poll.items))
    rows: list[tuple[object, ...]] = [("participant", "when", *numbers)]
    for when in polls:
        given = [course.given(f"{when}-{number}", 1) for number in numbers]
        for seat in sorted({seat for picks in given for seat in picks}):
            cells = [picks[seat].pick + "!" * picks[seat].sure if seat in picks else "-" for picks in given]
            rows.append((seat, when, *cells))
    return rows


def _minutes(course: Course) -> Iterator[tuple[object, ...]]:
    """Yield how long each slide was shown: 0 for one that was left out, nothing for one that nobody came to."""
    left_out = {spot.source for spot in course.deck.slides if spot.id in course.skipped}
    first: dict[str, Spot] = {}
    for spot in course.deck.slides:
        first.setdefault(spot.source, spot)
    for source, spot in first.items():
        if source in course.spent or source in left_out:
            yield source, f"{course.spent.get(source, 0) / 60:.2f}", f"{spot.minutes:g}", spot.title
