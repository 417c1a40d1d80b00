"""Tests what speaker notes say about the time between two slides."""

from tests.blank import kit_with
from workshop.model.run_sheet import RunRow
from workshop.render.pptx.notes import interruptions


def row(kind, what, minutes, clock, slides=(), note=""):
    return RunRow(kind=kind, what=what, minutes=minutes, clock=clock, slides=slides, note=note)


def test_the_last_slide_before_a_block_and_a_break_names_both():
    kit = kit_with(
        title="Bread",
        language="en",
        audience="bakers",
        audience_title="Bakers",
        people=8,
        run_sheet=(
            row("stage", "Dough", 5, "09:00", ("mix", "knead")),
            row("block", "Slip one", 1, "09:05", note="Who may stop it?"),
            row("break", "Break", 15, "09:06", note="Windows open"),
            row("stage", "Crumb", 5, "09:21", ("cut",)),
            row("buffer", "Buffer", 4, "09:26"),
        ),
    )
    assert interruptions(kit) == {
        "knead": "Before the next slide: 09:05, 1 min, Slip one (Who may stop it?); 09:06, 15 min, Break"
    }
