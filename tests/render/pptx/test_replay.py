"""Edits made in PowerPoint, repeated on the slide that they were made on, and on one that says something else now."""

import io
import random
from functools import cache

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.package import Package
from pptx.util import Pt

from acceptance.hands import KINDS, png
from tests.addons.back.talks import deck, edited, titled
from tests.tiers import few
from workshop.addons.back.match import match
from workshop.addons.back.seen import seen
from workshop.content.slide_edits import read_edits
from workshop.errors import Report
from workshop.files.deck_file import read_deck
from workshop.files.edit_lines import in_yaml, lines_of, named_pictures, why_not
from workshop.render.pptx.carried_parts import CarriedParts
from workshop.render.pptx.carrier import OpenDeck
from workshop.render.pptx.picture_shapes import Media
from workshop.render.pptx.replay import Replay


@cache
def whole():
    """Return a deck with something for most kinds of edits."""

    def more(presentation):
        slide = titled(presentation, "Salt holds the water")
        data = CategoryChartData()
        data.categories = ["Rye", "Wheat"]
        data.add_series("Loaves", [3.5, 7.5])
        slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Pt(300), Pt(200), Pt(300), Pt(200), data)
        slide.shapes.add_picture(png(random.Random(1)), Pt(40), Pt(400), Pt(60), Pt(60))
        for name, left in (("Sign 1", 40), ("Sign 2", 140)):
            box = slide.shapes.add_textbox(Pt(left), Pt(330), Pt(90), Pt(30))
            box.name, box.text_frame.text = name, f"{name} says more"

    return edited(more)


def differences(old, new):
    """Return what differs between two decks, slide by slide, and their pictures."""
    return seen(old, new, match(read_deck(old), read_deck(new)))


def written(folder, found):
    """Write the edits of a deck into a folder, as lines, and return them as they are read."""
    place = folder / "edits" / "media"
    place.mkdir(parents=True)
    for ones in filter(None, found.slides.values()):
        assert [why_not(one) for one in ones] == [""] * len(ones)
        (folder / "edits" / f"{ones[0].slide}.yaml").write_text(
            "\n".join(in_yaml(line) for line, _ in lines_of(ones, "")) + "\n"
        )
        for name in named_pictures(ones):
            suffix, content = found.pictures[name]
            (place / f"{name.removeprefix('media:')}.{suffix}").write_bytes(content)
    report = Report()
    edits = read_edits(folder, report)
    assert not report.found
    return edits


def repeated(edits, blob):
    """Return a deck after edits, and what couldn't be repeated."""
    opened = OpenDeck(Package.open(io.BytesIO(blob)))
    parts = {slide._element.cSld.get("name"): slide.part for slide in opened.main.presentation.slides}
    replay = Replay(slides=parts, media=Media(deck=opened), carried=CarriedParts(deck=opened))
    for name in dict.fromkeys(edit.slide for edit in edits):
        replay.slide(name, [edit for edit in edits if edit.slide == name])
    out = io.BytesIO()
    opened.package.save(out)
    return out.getvalue(), [str(problem) for problem in replay.problems]


def changed(kind, blob):
    """Return the deck after an edit of a kind, on the first slide that has something for it; ``None`` if none has."""
    done = []

    def edit(presentation):
        for slide in presentation.slides:
            if KINDS[kind](slide, random.Random(3)) is not None:
                done.append(slide)
                return

    made = edited(edit, blob)
    return made if done else None


@pytest.mark.parametrize("kind", few(KINDS, *list(KINDS)[::4]))
def test_an_edit_repeated_on_the_same_build_gives_the_edited_deck(tmp_path, kind):
    mine = changed(kind, whole())
    if mine is None:
        pytest.skip("the deck has nothing for it")
    found = differences(whole(), mine)
    assert any(found.slides.values()), "no edit is silent"
    made, problems = repeated(written(tmp_path, found), whole())
    assert problems == []
    assert not any(differences(mine, made).slides.values())


def point(presentation):
    """Return the runs of a point on the last slide."""
    shapes = titled(presentation, "The oven is hot").shapes
    return next(s for s in shapes if "140" in s.text_frame.text).text_frame.paragraphs[0].runs


def test_words_are_found_where_the_kit_says_more_now(tmp_path):
    def bold(presentation):
        for run in point(presentation):
            run.font.bold = True

    def more(presentation):
        runs = point(presentation)
        runs[0].text = f"First: {runs[0].text}"
        runs[-1].text += ", or more"

    said = "".join(run.text for run in point(Presentation(io.BytesIO(deck()))))
    edits = written(tmp_path, differences(deck(), edited(bold)))
    made, problems = repeated(edits, edited(more))
    assert problems == []
    runs = point(Presentation(io.BytesIO(made)))
    assert "".join(run.text for run in runs) == f"First: {said}, or more"
    assert "".join(run.text for run in runs if run.font.bold) == said


def test_words_are_found_where_typography_changed_their_spaces(tmp_path):
    def bold(presentation):
        for run in point(presentation):
            run.font.bold = True

    def more(presentation):
        runs = point(presentation)
        runs[0].text = f"First: {runs[0].text}".replace(" ", "\u00a0")

    edits = written(tmp_path, differences(deck(), edited(bold)))
    made, problems = repeated(edits, edited(more))
    assert problems == []
    assert any(run.font.bold for run in point(Presentation(io.BytesIO(made))))


def test_words_that_are_gone_are_a_conflict_with_the_line_and_the_other_edits_are_made(tmp_path):
    def both(presentation):
        slide = titled(presentation, "The oven is hot")
        slide.shapes.title.top = 0
        point(presentation)[0].font.bold = True

    def other(presentation):
        for run in point(presentation):
            run.text = "It glows"

    edits = written(tmp_path, differences(deck(), edited(both)))
    made, problems = repeated(edits, edited(other))
    assert len(problems) == 1
    assert "edits/the-oven-is-hot.yaml:" in problems[0]
    assert "aren't there any more" in problems[0]
    assert titled(Presentation(io.BytesIO(made)), "The oven is hot").shapes.title.top == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{shape: Nobody, at: "spPr/@bwMode", now: "auto"}', "there is no 'Nobody' any more"),
        ('{at: "cSld/@nme", now: "x"}', "it isn't valid"),
        ('{shape: "%s", paragraph: 1, text: "The oven", link: "file:///etc/passwd"}', "isn't followed"),
        ('{shape: "%s", paragraph: 1, text: "e", bold: "true"}', "are there 2 times"),
    ],
)
def test_an_edit_that_cant_be_made_is_named_and_changes_nothing(tmp_path, line, said):
    name = titled(Presentation(io.BytesIO(deck())), "The oven is hot").shapes.title.name
    (tmp_path / "edits").mkdir()
    (tmp_path / "edits" / "the-oven-is-hot.yaml").write_text(f"- {line.replace('%s', name)}\n")
    made, problems = repeated(read_edits(tmp_path, Report()), deck())
    assert len(problems) == 1
    assert said in problems[0]
    assert not any(differences(deck(), made).slides.values())


def test_a_key_that_no_edit_has_is_an_error_with_its_line(tmp_path):
    (tmp_path / "edits").mkdir()
    (tmp_path / "edits" / "hot.yaml").write_text("- {shape: Title, bolt: true}\n- {shape: Title, xml: <a}\n")
    report = Report()
    read_edits(tmp_path, report)
    assert ["there is no key 'bolt'" in str(report.found[0]), "hot.yaml:2" in str(report.found[1])] == [True, True]
