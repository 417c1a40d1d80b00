"""The engine's fixed words: those of six languages for talks, and a kit's own over ours."""

from __future__ import annotations

import json

import pytest
from babel import Locale
from babel.units import format_unit

from workshop.wording.languages import Language
from workshop.wording.messages import TALK, labels_of_notes, messages, missing, ours, places_in, say, wrong_words

SIX = ("de", "fr", "es", "ar", "he", "ja")


@pytest.mark.parametrize("language", SIX)
def test_a_language_has_every_word_of_a_talk_and_none_that_english_does_not(language: str) -> None:
    assert missing(language, talk=True) == ()
    assert set(ours(language)) == set(TALK)
    assert list(wrong_words(ours(language))) == []


@pytest.mark.parametrize("language", SIX)
def test_minutes_are_called_as_in_cldr(language: str) -> None:
    locale = Locale.parse(language)
    for count, key in ((1, "minute-unit"), (5, "minutes-unit")):
        assert say(language, key) in format_unit(count, "duration-minute", "long", locale=locale)
    short = format_unit(15, "duration-minute", "short", locale=locale).replace("\N{NO-BREAK SPACE}", " ")
    assert say(language, "minutes-short", minutes=15) == short


@pytest.mark.parametrize("language", SIX)
def test_labels_of_notes_differ_and_english_ones_do_as_well(language: str) -> None:
    labels = labels_of_notes(language)
    assert len(set(messages(language)["note-labels"])) == len(messages("en")["note-labels"])
    assert [labels[word.lower()] for word in messages(language)["note-labels"]] == list(range(11))
    assert labels["ask"] == messages("en")["note-labels"].index("Ask")


def test_what_a_language_lacks_is_english() -> None:
    assert say("de", "exit-ticket") == say("en", "exit-ticket")
    assert "exit-ticket" in missing("de")


def test_words_of_a_kit_lie_over_ours_and_others_stay() -> None:
    own = json.dumps({"continued": "(weiter)", "rooms": {"remote": {"vote": "Abstimmen"}}})
    german = Language("de", (own,))
    assert say(german, "continued") == "(weiter)"
    assert say(german, "appendix") == say("de", "appendix")
    assert say("de", "continued") == "(Fortsetzung)"
    assert messages(german, ("remote",))["vote"] == "Abstimmen"
    assert messages(german, ("remote",))["room-slip"] == messages("en", ("remote",))["room-slip"]
    assert "rooms" not in missing(german)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"continued": "x"}, []),
        ({"contniued": "x"}, [(("contniued",), "")]),
        ({"sheet-page": "Seite {page}"}, [(("sheet-page",), "{pages} is lost, which is filled in")]),
        ({"continued": "{x}"}, [(("continued",), "nothing fills in {x}")]),
        ({"again-steps": ["a", "b"]}, [(("again-steps",), "this must be a list of 3, as in English")]),
        ({"continued": ["a"]}, [(("continued",), "this must be one text")]),
        ({"rooms": {"large": {"continued": "x", "y": "z"}}}, [(("rooms", "large", "y"), "")]),
        ({"rooms": "x"}, [(("rooms",), "this must be keys with words")]),
    ],
)
def test_wrong_words_are_told_with_their_place(words: dict[str, object], told: list[object]) -> None:
    assert list(wrong_words(words)) == told


def test_a_place_is_a_name_in_braces() -> None:
    assert places_in("page {page} of {pages}, {{ not }}") == {"page", "pages"}
