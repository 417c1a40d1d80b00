"""Equations in a finished deck, ours or anyone's."""

import io
import zipfile

import pytest
from lxml import etree

from tests.formulas import laid_talk, slides_of
from workshop.check.package import check_package
from workshop.files.schema import views
from workshop.render.pptx.deck import write_deck

TALK = "# One\n\nBefore $\\frac{a}{b}$ after.\n\n$$\\sqrt{x}$$\n"


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return write_deck(laid_talk(tmp_path_factory.mktemp("talk") / "talk.md", TALK))


def changed(deck: bytes, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(deck)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            blob = before.read(name)
            if name == "ppt/slides/slide1.xml":
                assert old in blob
                blob = blob.replace(old, new, 1)
            after.writestr(name, blob)
    return out.getvalue()


def found(deck: bytes) -> list[str]:
    return [problem.message for problem in check_package(deck)]


def test_a_sound_deck_has_no_problems(sound):
    assert found(sound) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"<m:num><m:r><m:t>a</m:t></m:r></m:num>", b"<m:num/>", "with an empty num"),
        (b"<m:num><m:r><m:t>a</m:t></m:r></m:num>", b"", "whose f holds den"),
        (b'<m:radPr><m:degHide m:val="1"/></m:radPr>', b"", "with an empty deg"),
        (b"<m:deg/><m:e>", b"<m:e/><m:deg/><m:e>", "whose rad holds radPr e deg e"),
        (b'Requires="a14"', b'Requires="p"', "that older programs can't skip"),
    ],
)
def test_what_programs_would_repair_or_show_as_an_empty_box_is_named(sound, old, new, said):
    assert any("slide 1 has an equation" in message and said in message for message in found(changed(sound, old, new)))


def test_a_shape_that_is_there_twice_may_have_its_id_twice_but_no_other_shape_may(sound):
    assert found(changed(sound, b'id="3"', b'id="4"')) == ["slide 1 has two shapes with the id 4"]


def test_a_picture_for_older_programs_needs_alternative_text(sound):
    broken = changed(
        sound,
        b'<p:nvPicPr><p:cNvPr id="4" name="Formula 1" descr="\xe2\x88\x9ax"/>',
        b'<p:nvPicPr><p:cNvPr id="4" name="Formula 1"/>',
    )
    assert any("'Formula 1' has no alternative text" in message for message in found(broken))


def test_a_slide_is_seen_as_new_and_as_old_programs_see_it(sound):
    new, old = views(slides_of(sound)[0])
    math = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
    picture = "{http://schemas.openxmlformats.org/presentationml/2006/main}pic"
    assert len(list(new.iter(math))) == 2
    assert not list(new.iter(picture))
    assert not list(old.iter(math))
    assert len(list(old.iter(picture))) == 1


def test_content_given_twice_within_content_given_twice_is_followed(sound):
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    inner = f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="x"><a/></mc:Choice><mc:Fallback><b/></mc:Fallback></mc:AlternateContent>'
    for _ in range(50):
        inner = (
            f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="x">{inner}</mc:Choice></mc:AlternateContent>'
        )
    new, old = views(etree.fromstring(f"<root>{inner}</root>"))
    assert [node.tag for node in new] == ["a"]
    assert [node.tag for node in old] == []
