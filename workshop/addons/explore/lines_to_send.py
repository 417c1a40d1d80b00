"""Two sections whose answers are a line to send: the questions for weeks after, and what people bet and vote in a call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workshop.addons.explore.drawn import Words, tag
from workshop.addons.explore.states import radios
from workshop.constructs.table import text_of
from workshop.layouts import traits
from workshop.model.bets import bet_key, bet_name
from workshop.model.blocks import plain
from workshop.model.kit import Kit
from workshop.model.prints import LETTERS, Option, Question
from workshop.model.rooms import REMOTE
from workshop.render.print.forms import misconception

LATER = "later"


def later_section(questions: Sequence[Question], words: Words) -> str:
    """Return the section, "" without questions; it doesn't tell which answers are right."""
    if not questions:
        return ""
    asked = "".join(_question(place, question, words) for place, question in enumerate(questions))
    who = tag("label", words("explore-later-who"), for_="later-who")
    who += '<input type="text" id="later-who" data-who="" inputmode="numeric" maxlength="4" autocomplete="off">'
    line = tag("label", words("explore-later-line"), for_="later-line")
    line += '<input type="text" id="later-line" data-line="" readonly>'
    copy = tag("button", words("explore-later-copy"), type="button", class_="go", data_send="")
    sent = tag("div", tag("div", who + line + copy, class_="field needs-js"), class_="col")
    head = tag("h2", words("explore-later"), id=f"{LATER}-h", tabindex="-1")
    head = tag("header", head + tag("p", words("explore-later-lead"), class_="lead"))
    bench = tag("div", asked + sent, class_="bench even")
    return f'<section class="poke" id="{LATER}" aria-labelledby="{LATER}-h">{head}{bench}</section>'


def _question(place: int, question: Question, words: Words) -> str:
    options = {str(k): plain(option.text) for k, option in enumerate(question.options)}
    label = f"{question.number}. {plain(question.text)}"
    choice = radios(label, f"{LATER}{place}", LATER, options, "", line=False, look="")
    button = tag("button", words("explore-later-answer"), type="button", class_="go", data_answer="")
    told = tag("p", "", class_="verdict", data_verdict="", tabindex="-1", hidden="hidden")
    asked = tag("div", choice + tag("div", button, class_="row needs-js") + told, data_later="")
    return tag("div", asked, class_="col")


def verdicts(questions: Sequence[Question], words: Words) -> list[list[str]]:
    """Return what is said of each option of each question; the one that is right begins with a plus."""
    return [[_verdict(option, question, words) for option in question.options] for question in questions]


def _verdict(option: Option, question: Question, words: Words) -> str:
    right = "”, “".join(plain(one.text) for one in question.options if one.right)
    if option.right:
        return "+" + words("explore-later-right")
    idea = words("export-idea", idea=misconception(option.misconception)) if option.misconception else ""
    return " ".join(words("explore-later-wrong", idea=idea, right=right).split())


ROOM = "room-bets"
OPTIONS = "options"
Asking = tuple[str, str, str]  # name, the word before the letter ("" for a round of the vote), letters


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
    head = tag("h2", words("explore-room"), id=f"{ROOM}-h", tabindex="-1")
    head = tag("header", head + tag("p", words("explore-room-lead"), class_="lead"))
    bench = tag("div", tag("div", choices, class_="sure") + sent, class_="bench even needs-js")
    return f'<section class="poke" id="{ROOM}" aria-labelledby="{ROOM}-h">{head}{bench}</section>'


def _asked(kit: Kit, words: Words) -> Iterator[Asking]:
    """Yield each bet, one that is placed again twice, and each round of the vote."""
    for slide in (slide for stage in kit.stages for slide in stage.slides):
        if {"asks", "polls"} & traits(slide.layout) and not (slide.hidden or slide.each):
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
