"""Who may know what: the only place from which wall, phones and remote get their data.

Before an answer is shown, the wall and the phones know how many have answered, and nothing of what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from workshop.addons.live.course import ENDED, LOBBY, OPEN, SHOWN, SHUT, TOLD, Course
from workshop.addons.live.deck import BALLOT, BET, NUMBER, POLL, QUIZ, WORD, Poll
from workshop.addons.live.seats import guests, is_guest, number_of
from workshop.model.bets import bet_key

Right = Mapping[str, str]
MISSED, SETTLED = 0.35, 0.7  # shares that are right: below, a hint comes first; above, talk adds little
HINT, AGAIN, TELL = "hint", "again", "tell"


def counts(course: Course, item: str, round_: int) -> dict[str, int]:
    """Return how many picked each letter, number or word in one round, or what they sorted by letters; hands included."""
    asked = course.deck.asked(item)
    given = [pick.pick for pick in course.given(item, round_).values()]
    if asked is not None and asked[0].each:
        picked = Counter[str]()
        for pick in given:
            picked.update(dict(zip(asked[1].letters, map(int, pick.split("-")), strict=True)))
    else:
        picked = Counter(given)
    for letter, count in course.raised(item, round_).items():
        picked[letter] += count
    return dict(picked)


def _letters(course: Course, poll: Poll, round_: int) -> dict[str, dict[str, int]]:
    """Return for each question of a poll how many picked each of its letters."""
    found = ((item, counts(course, item.id, round_)) for item in poll.items)
    return {item.id: {letter: counted.get(letter, 0) for letter in item.letters} for item, counted in found}


def answered(course: Course, poll: Poll, round_: int) -> set[str]:
    """Return the seats that answered every question of a poll."""
    each = [set(course.given(item.id, round_)) for item in poll.items]
    return set.intersection(*each) if each else set()


def got(course: Course, poll: Poll, round_: int) -> dict[str, int]:
    """Return how many people answered, tags and hands, and how many guests."""
    hands = max((sum(course.raised(item.id, round_).values()) for item in poll.items), default=0)
    hands = -(-hands // poll.each) if poll.each else hands
    seats = answered(course, poll, round_)
    without_tag = sum(is_guest(code, course.deck) for code in seats)
    return {"got": len(seats) - without_tag + hands, "got_guests": without_tag}


def right_share(course: Course, poll: Poll, right: Right) -> float | None:
    """Return the share that was right in the first round of a bet; ``None`` if nobody answered or no letter is right."""
    item = poll.items[0]
    counted = counts(course, item.id, 1)
    total = sum(counted.values())
    return counted.get(right[item.id], 0) / total if item.id in right and total else None


def advice(course: Course, right: Right) -> str:
    """Return what to do after the first round of a bet that is asked again: "hint", "again" or "tell"; "" for any other."""
    poll = course.current
    if poll is None or not poll.again or (course.phase, course.round) != (SHUT, 1):
        return ""
    share = right_share(course, poll, right)
    if share is None:
        return ""
    return HINT if share < MISSED else AGAIN if share <= SETTLED else TELL


def wall(course: Course, right: Right) -> dict[str, Any]:
    """Return what everybody may see."""
    poll = course.current
    seen = {
        **course.present,
        "click": course.click,
        "blank": course.blank,
        "coded": course.coded,
        "large": course.large,
        "lit": _lit(course),
        "people": course.deck.people,
        "tags": len(course.seats) - len(guests(course)),
        "guests": len(guests(course)),
        "of": known_people(course),
        "poll": _asked(poll, course) if poll else None,
        **(got(course, poll, course.round) if poll else {"got": 0, "got_guests": 0}),
        "counts": None,
        "before": None,
        "right": None,
        "words": [],
        "numbers": [],
    }
    return {**seen, **_told(course, poll, right)} if poll and course.phase == TOLD else seen


def _told(course: Course, poll: Poll, right: Right) -> dict[str, Any]:
    """Return what may be seen once an answer was shown. The letters of a quiz stay secret, since it is asked again."""
    if poll.kind == WORD:
        given = counts(course, poll.id, 1)
        return {"words": [{"word": word, "count": given[word]} for word in sorted(given) if word in course.words]}
    if poll.kind == NUMBER:
        return {"numbers": sorted(float(number) for number in counts(course, poll.id, 1))}
    if poll.kind == QUIZ:
        return {}
    before = _letters(course, poll, 1) if course.round > 1 else None
    return {"counts": _letters(course, poll, course.round), "before": before, "right": told_right(course, right)}


def told_right(course: Course, right: Right) -> dict[str, str] | None:
    """Return the right letter of a bet once it was shown; ``None`` before, and for anything else."""
    poll = course.current
    if poll is None or course.phase != TOLD or poll.kind != BET:
        return None
    return {item.id: right[item.id] for item in poll.items if item.id in right}


def _asked(poll: Poll, course: Course) -> dict[str, Any]:
    """Return a poll as it may be seen by everybody."""
    return {
        "id": poll.id,
        "kind": poll.kind,
        "name": poll.name,
        "round": course.round,
        "again": poll.again,
        "sure": poll.sure,
        "each": poll.each,
        "toy": list(poll.toy) if course.phase == TOLD else [],
        "items": [{"id": item.id, "text": item.text, "options": list(item.options)} for item in poll.items],
    }


def _lit(course: Course) -> list[int]:
    """Return the numbers of the tags that are in, without their letters, which only their owners know."""
    tags = [code for code in course.seats if not is_guest(code, course.deck)]
    return sorted(map(number_of, tags))


def known_people(course: Course) -> int:
    """Return how many people without guests are known to be here: tags that are in or answered on paper, and the most hands."""
    hands = [
        sum(given.values())
        for (item, _), given in course.hands.items()
        if not ((asked := course.deck.asked(item)) and asked[0].each)
    ]
    answered_once = {seat for given in course.picks.values() for seat in given}
    tags = {seat for seat in {*course.seats, *answered_once} if not is_guest(seat, course.deck)}
    return len(tags) + max(hands, default=0)


def phone(course: Course, seat: str, right: Right) -> dict[str, Any]:
    """Return what the phone of a seat may know; "" for one that has none yet."""
    poll = course.current
    given = {item.id: course.given(item.id, course.round) for item in (poll.items if poll else ())}
    own = {name: picks[seat] for name, picks in given.items() if seat in picks}
    told = told_right(course, right) if seat else None
    return {
        **course.present,
        **({} if told is None else {"right": told}),
        "seat": seat,
        "poll": _asked(poll, course) if poll and course.phase in (OPEN, SHUT, TOLD) else None,
        "picks": {name: pick.pick for name, pick in own.items()},
        "sure": {name: pick.sure for name, pick in own.items()},
        "line": line_of(course, seat) if course.phase == ENDED and seat else "",
    }


def line_of(course: Course, seat: str) -> str:
    """Return the answers of a seat in one line, as it can be pasted into a chat and read again."""
    words = [seat]
    for poll in course.deck.polls:
        if poll.kind in (BET, POLL):
            picks = [_pick(course, poll.items[0].id, round_, seat) for round_ in (1, 2)]
            if any(picks):
                words.append(f"{bet_key(poll.name)}={''.join(pick or '-' for pick in picks).rstrip('-')}")
    for poll in course.deck.polls:
        if poll.kind == BALLOT:
            picks = [_pick(course, item.id, 1, seat) or "-" for item in poll.items]
            if any(pick != "-" for pick in picks):
                words.append("".join(picks))
    return " ".join(words)


def _pick(course: Course, item: str, round_: int, seat: str) -> str:
    pick = course.given(item, round_).get(seat)
    return pick.pick if pick else ""


def remote(course: Course, right: Right, now: float) -> dict[str, Any]:
    """Return what the trainer may know: besides the wall's data who is missing, the hands, and what to do next."""
    poll = course.current
    return {
        **wall(course, right),
        "missing": sorted(set(course.seats) - answered(course, poll, course.round)) if poll else [],
        "hands": {item.id: dict(course.raised(item.id, course.round)) for item in poll.items} if poll else {},
        "counts": _letters(course, poll, course.round) if poll else None,
        "asks": [
            {
                "seat": code,
                "free": code not in course.seats,
                "has": course.seat_of(device),
                "changed": course.changes.get(code, 0),
            }
            for code, device in sorted(course.asking.items())
        ],
        "told_apart": sorted(_clashes(course, poll)) if poll else [],
        "advice": advice(course, right),
        "behind": behind(course, now),
        "words_waiting": sorted(set(counts(course, poll.id, 1)) - course.words) if poll and poll.kind == WORD else [],
        "next_poll": _on_slide(course),
    }


def _clashes(course: Course, poll: Poll) -> set[str]:
    """Return the seats whose paper says something else than their phone."""
    given = [course.given(item.id, course.round) for item in poll.items]
    return {seat for picks in given for seat, pick in picks.items() if pick.clash}


def _on_slide(course: Course) -> str:
    """Return what the present slide asks, if that can be opened now; "" if nothing."""
    poll = course.deck.on(course.slide) if course.phase == SHOWN else None
    return poll.id if poll and poll.id not in course.told else ""


def behind(course: Course, now: float) -> float:
    """Return by how many minutes the room is late; below 0 if it is early."""
    if not course.began or course.phase in (LOBBY, ENDED) or not course.slide:
        return 0
    spot, first = course.spot, course.deck.slides[0].begins
    gone = (now - course.began) / 60
    on_it = max(0.0, now - course.since) / 60 if course.since else 0.0
    return round(gone - (spot.begins - first) - min(on_it, spot.minutes), 1)
