import io
import re
import zipfile

import pytest
from pptx.dml.color import RGBColor
from pptx.util import Pt

from tests.addons.back.talks import deck, delete, edited, move, say, titled, without_ids
from tests.photo import photo
from workshop.addons.back import adopt
from workshop.addons.back.compare import compare
from workshop.files.bases import Base
from workshop.files.deck_file import Deck, DeckSlide, read_deck

BREAD = "Salt holds the water"


def changes(change, strip=lambda blob: blob):
    found = compare(read_deck(deck()), read_deck(strip(edited(change))))
    return {one.id: one.kinds for one in found.changes}


def cell(presentation):
    frame = next(s for s in titled(presentation, "What a loaf needs").shapes if s.has_table)
    run = frame.table.cell(1, 1).text_frame.paragraphs[0].runs[0]
    run.text = "550"


def paint(presentation):
    run = titled(presentation, BREAD).placeholders[1].text_frame.paragraphs[0].runs[0]
    run.font.color.rgb = RGBColor(200, 0, 0)


def shift(presentation):
    titled(presentation, BREAD).placeholders[1].top += Pt(20)


def other_layout(presentation):
    slide = titled(presentation, BREAD)
    layout = next(one for one in presentation.slide_layouts if one.name != slide.slide_layout.name)
    relation = next(r for r in slide.part.rels.values() if r.reltype.endswith("/slideLayout"))
    relation._target = layout.part


def note(presentation):
    frame = titled(presentation, "Wheat is a grass").notes_slide.notes_text_frame
    frame.paragraphs[-1].runs[0].text = "Ask who has baked."


EDITS = {
    "words": (lambda p: say(titled(p, BREAD), "enough", "plenty"), {"salt-holds-the-water": ("words",)}),
    "title": (lambda p: say(titled(p, BREAD), BREAD, "Salt"), {"salt-holds-the-water": ("words",)}),
    "notes": (note, {"wheat-is-a-grass": ("notes",)}),
    "cell": (cell, {"what-a-loaf-needs": ("table",)}),
    "looks": (paint, {"salt-holds-the-water": ("looks",)}),
    "box": (shift, {"salt-holds-the-water": ("boxes",)}),
    "picture": (
        lambda p: titled(p, BREAD).shapes.add_picture(io.BytesIO(photo("PNG")), 0, 0),
        {"salt-holds-the-water": ("picture", "boxes", "looks")},
    ),
    "layout": (other_layout, {"salt-holds-the-water": ("boxes", "layout")}),  # it inherits places
    "hidden": (lambda p: titled(p, BREAD)._element.set("show", "0"), {"salt-holds-the-water": ("hidden",)}),
    "moved": (lambda p: move(p, 6, 3), {"salt-holds-the-water": ("moved",)}),
    "deleted": (lambda p: delete(p, BREAD), {"salt-holds-the-water": ("deleted",)}),
    "new": (lambda p: setattr(p.slides.add_slide(p.slide_layouts[1]).shapes.title, "text", "Yeast"), {"": ("new",)}),
    "nothing": (lambda _: None, {}),
}


@pytest.mark.parametrize("strip", [lambda blob: blob, without_ids], ids=["numbers", "words"])
@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_seen_for_what_it_is_and_nothing_else_with_it(name, strip):
    change, expected = EDITS[name]
    assert changes(change, strip) == expected


def test_only_the_slide_that_moved_is_named():
    found = compare(read_deck(deck()), read_deck(edited(lambda p: move(p, 2, 6))))
    assert [(one.id, one.kinds, one.after) for one in found.changes] == [
        ("wheat-is-a-grass", ("moved",), "salt-holds-the-water")
    ]


def test_what_a_program_changes_on_most_slides_is_named_once():
    def all_shifted(presentation):
        for slide in presentation.slides:
            slide.shapes.title.top += Pt(9)
        say(titled(presentation, BREAD), "enough", "plenty")

    found = compare(read_deck(deck()), read_deck(edited(all_shifted)))
    assert found.by_program == ("boxes",)
    assert [(one.id, one.kinds) for one in found.changes] == [("salt-holds-the-water", ("words",))]


def test_words_on_most_slides_are_a_person_s_doing():
    def all_said(presentation):
        for slide in presentation.slides:
            slide.shapes.title.text_frame.paragraphs[0].runs[0].text += "!"

    found = compare(read_deck(deck()), read_deck(edited(all_said)))
    assert {one.kinds for one in found.changes} == {("words",)}
    assert len(found.changes) == 8


def test_another_colour_of_the_theme_is_behind_the_slides():
    def recolour(presentation):
        part = presentation.slide_masters[0].part.part_related_by(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
        )
        part._blob = re.sub(rb'(<a:accent1><a:srgbClr val=")\w+', rb"\g<1>123456", part.blob)

    found = compare(read_deck(deck()), read_deck(edited(recolour)))
    assert found.changes == ()
    assert found.behind == ("ppt/theme/theme1.xml",)


def test_a_new_title_leaves_the_slides_alone_that_lead_to_it_although_libreoffice_lost_its_name():
    def saved(title, program="LibreOffice", names=("", ""), link="Rye"):
        first = DeckSlide(part="1", number=1, id=names[0], title="Flour", paragraphs=("See the rye",), links=(link,))
        other = DeckSlide(part="2", number=2, id=names[1], title=title, paragraphs=("It is dark and sour",))
        return Deck(build="", program=program, slides=(first, other), looks={})

    built = saved("Rye", "PowerPoint", ("flour", "rye"), "rye")
    found = compare(built, saved("Rye is dark", link="Rye is dark"), saved("Rye"))
    assert {one.id: one.kinds for one in found.changes} == {"rye": ("words",)}


def saved_anew(blob):
    """Return a deck as a program writes it that calls itself LibreOffice and makes each title larger whenever it saves."""

    def larger(presentation):
        run = titled(presentation, "Wheat is a grass").shapes.title.text_frame.paragraphs[0].runs[0]
        run.font.size = (run.font.size or Pt(20)) + Pt(2)

    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(edited(larger, blob))) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "docProps/app.xml":
                text = re.sub(rb"<Application>.*?</Application>", b"<Application>LibreOffice</Application>", text)
            new.writestr(name, text)
    return made.getvalue()


def test_a_deck_that_libreoffice_saved_once_or_twice_has_no_edits(tmp_path, monkeypatch):
    monkeypatch.setattr(adopt, "find_office", lambda: "soffice")
    monkeypatch.setattr(adopt, "resaved", saved_anew)
    path, base, told = tmp_path / "deck.pptx", Base(deck(), None), []
    for blob in (once := saved_anew(deck()), twice := saved_anew(once), saved_anew(twice)):
        path.write_bytes(blob)
        new = read_deck(path)
        assert new.by_libreoffice
        told.append([(one.id, one.kinds) for one in adopt.compared(path, new, base)[1].changes])
    assert told == [[], [], [("wheat-is-a-grass", ("looks",))]]
