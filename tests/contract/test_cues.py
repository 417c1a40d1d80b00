"""Which sections of the companion page the script says to open, and whether there is time for it."""

import re

import pytest

from tests.contract import kits
from workshop.constructs.table import text_of

STARRED = {"map", "trigram", "fine_tuning", "votes", "release_gate", "retrieval"}
CUE = re.compile(r"explore\.html, [^.]+\. (If you have time, )?(\d+) seconds: ")


def cues(audience, minutes, cache):
    """Return the section that each slide with a cue opens, the slide's minutes, and the cue's words."""
    kit = kits.laid_out(audience, minutes, cache)[0].kit
    opens = {slide.id: slide.attrs.get("opens") for stage in kits.content().stages for slide in stage.slides}
    return [
        (opens[slide.id], slide.minutes, " ".join(line.text for line in text_of((note.prose,))))
        for slide in kit.slides
        for note in slide.notes
        if note.kind == "show" and not slide.hidden
    ]


@pytest.mark.broad
@pytest.mark.parametrize(
    ("audience", "minutes", "out"),
    [("general", 180, set()), ("general", 90, {"trigram"}), ("students", 90, {"trigram", "retrieval"})],
)
def test_the_script_cues_the_starred_sections_and_has_the_time(audience, minutes, out, cache):
    found = cues(audience, minutes, cache)
    assert {section for section, _, _ in found} == STARRED - out
    for section, length, text in found:
        cue = CUE.match(text)
        assert cue, f"{section}: {text}"
        assert 20 <= int(cue[2]) <= 60 * min(length, 1), section
        assert cue[1] or length > 1, f"{section}: on a slide of one minute"
