"""The last section of the page: the questions for weeks after, each with its verdict, and a line to send to the trainer."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.addons.explore.drawn import Words, tag
from workshop.addons.explore.states import radios
from workshop.model.blocks import plain
from workshop.model.prints import Option, Question
from workshop.render.print.forms import misconception

ID = "later"


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
    head = tag("h2", words("explore-later"), id=f"{ID}-h", tabindex="-1")
    head = tag("header", head + tag("p", words("explore-later-lead"), class_="lead"))
    bench = tag("div", asked + sent, class_="bench even")
    return f'<section class="poke" id="{ID}" aria-labelledby="{ID}-h">{head}{bench}</section>'


def _question(place: int, question: Question, words: Words) -> str:
    options = {str(k): plain(option.text) for k, option in enumerate(question.options)}
    label = f"{question.number}. {plain(question.text)}"
    choice = radios(label, f"{ID}{place}", ID, options, "", line=False, look="")
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
