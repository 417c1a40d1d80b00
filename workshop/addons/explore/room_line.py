"""What people bet and vote, for those who can't reach the room: a choice for each letter, and a line to paste into the chat."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.addons.explore.drawn import Words, tag
from workshop.constructs.table import text_of
from workshop.layouts import traits
from workshop.model.bets import bet_key, bet_name
from workshop.model.kit import Kit
from workshop.model.prints import LETTERS
from workshop.model.request import REMOTE

ID = "room-bets"
OPTIONS = "options"
Asked = tuple[str, str, str]  # name, the word before the letter ("" for a round of the vote), letters


def room_section(kit: Kit, words: Words) -> str:
    """Return the section; "" if the room isn't a call."""
    asked = list(_asked(kit, words)) if kit.room == REMOTE else []
    if not asked:
        return ""
    choices = "".join(_choice(place, *one) for place, one in enumerate(asked))
    who = tag("label", words("explore-later-who"), for_="room-who")
    who += '<input type="text" id="room-who" data-who="" maxlength="4" autocomplete="off">'
    line = tag("label", words("explore-room-line"), for_="room-line")
    line += '<input type="text" id="room-line" data-line="" readonly>'
    copy = tag("button", words("explore-later-copy"), type="button", class_="go", data_send="")
    sent = tag("div", tag("div", who + line + copy, class_="field"), class_="col")
    head = tag("h2", words("explore-room"), id=f"{ID}-h", tabindex="-1")
    head = tag("header", head + tag("p", words("explore-room-lead"), class_="lead"))
    bench = tag("div", tag("div", choices, class_="sure") + sent, class_="bench even needs-js")
    return f'<section class="poke" id="{ID}" aria-labelledby="{ID}-h">{head}{bench}</section>'


def _asked(kit: Kit, words: Words) -> Iterator[Asked]:
    """Yield each bet, one that is placed again twice, and each round of the vote."""
    for slide in (slide for stage in kit.stages for slide in stage.slides):
        if "asks" in traits(slide.layout) and not slide.hidden:
            name = bet_name(slide.bet, slide.id)
            letters = LETTERS[: len(text_of(slide.slot(OPTIONS)))]
            yield name, bet_key(name), letters
            if slide.twice:
                yield words("explore-room-again", bet=name), bet_key(name), letters
    for round_ in kit.ballots.rounds if kit.ballots else ():
        yield words("explore-room-round", number=round_.number), "", LETTERS[:2]


def _choice(place: int, name: str, bet: str, letters: str) -> str:
    options = "".join(tag("option", letter) for letter in letters)
    label = tag("label", name, for_=f"room-{place}")
    return f'{label}<select id="room-{place}" data-bet="{bet}"><option value="">–</option>{options}</select>'
