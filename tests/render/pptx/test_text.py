import io

import pytest
from msgspec.structs import replace
from pptx import Presentation
from pptx.oxml.ns import qn

from workshop.build import prepare
from workshop.model.blocks import Line, Run
from workshop.model.request import Request
from workshop.model.theme import Box, Placeholder
from workshop.plugins.registry import standard_registry
from workshop.render.office_xml import el, parsed
from workshop.render.pptx import text
from workshop.render.pptx.deck import write_deck
from workshop.render.pptx.text import Look, look_in

LOOK = Look(language="en-GB", mono="Courier New")
LIST = Placeholder(
    idx=1, type="body", name="Text", role="main", box=Box(0, 0, 1, 1), sizes=(28, 26), bullet="block", before=16
)
NUMBERED = replace(LIST, bullet="number")
PLAIN = replace(LIST, bullet="")


def paragraph(runs, look):
    return parsed(text.paragraph(runs, look))


def paragraphs(lines, place, look):
    return [parsed(made) for made in text.paragraphs(lines, place, look)]


def numbers(*given):
    return tuple(Line((Run(str(n)),), marker="number", number=n) for n in given)


def starts(made):
    return [node.get("startAt") for p in made for node in p.iter(qn("a:buAutoNum"))]


def look_of(run):
    return run.find(qn("a:rPr"))


def only(run, look=LOOK):
    return paragraph((run,), look).find(qn("a:r"))


def test_a_line_that_is_as_its_layout_says_names_nothing():
    (p,) = paragraphs((Line((Run("x"),), marker="bullet"),), LIST, LOOK)
    assert p.find(qn("a:pPr")) is None
    assert dict(look_of(p.find(qn("a:r"))).attrib) == {"lang": "en-GB"}


def test_a_size_is_named_only_where_it_is_not_the_layouts():
    assert look_in(LIST, LOOK, 28).size is None
    assert look_in(LIST, LOOK, 26).size == 26


def test_the_next_level_is_four_points_smaller():
    line = Line((Run("x"),), level=1, marker="bullet")
    (p,) = paragraphs((line,), LIST, look_in(LIST, LOOK, 26))
    assert look_of(p.find(qn("a:r"))).get("sz") == "2200"
    assert p.find(qn("a:pPr")).get("lvl") == "1"


def test_plain_text_among_bullets_takes_them_off():
    (p,) = paragraphs((Line((Run("x"),)),), LIST, LOOK)
    assert p.find(qn("a:pPr")).find(qn("a:buNone")) is not None
    assert p.find(qn("a:pPr")).get("marL") == "0"


def test_a_bullet_where_the_layout_has_none_is_named():
    (p,) = paragraphs((Line((Run("x"),), marker="bullet"),), PLAIN, LOOK)
    assert p.find(qn("a:pPr")).find(qn("a:buChar")).get("char") == "■"


def test_numbers_of_one_list_share_their_start_so_that_they_count():
    assert starts(paragraphs(numbers(3, 4, 5), LIST, LOOK)) == ["3", "3", "3"]
    assert starts(paragraphs(numbers(1, 2, 1, 2), LIST, LOOK)) == [None] * 4
    assert starts(paragraphs(numbers(1, 2), NUMBERED, LOOK)) == []
    assert starts(paragraphs(numbers(5, 6), NUMBERED, LOOK)) == ["5", "5"]


def test_a_numbered_list_continues_after_the_text_under_an_item():
    first, second = numbers(4, 5)
    under = Line((Run("under"),), level=1, marker="bullet")
    assert starts(paragraphs((first, under, second), LIST, LOOK)) == ["4", "4"]


def test_marked_words_keep_ink_and_get_a_background():
    run = only(Run("x", mark=True))
    assert look_of(run).find(qn("a:highlight"))[0].get("val") == "accent6"
    assert look_of(run).find(qn("a:solidFill"))[0].get("val") == "tx1"


def test_a_mark_in_a_dark_theme_is_darkened():
    dark = only(Run("x", mark=True), replace(LOOK, dark=True))
    assert look_of(dark).find(qn("a:highlight"))[0].find(qn("a:lumMod")).get("val") == "50000"


def test_a_blank_is_a_dark_question_mark_on_marigold_in_both_themes():
    for dark in (False, True):
        run = only(Run("", blank=True), replace(LOOK, dark=dark))
        assert run.findtext(qn("a:t")) == "?"
        assert look_of(run).find(qn("a:solidFill"))[0].get("val") == "dk1"
        assert len(look_of(run).find(qn("a:highlight"))[0]) == 0


def test_code_is_in_the_fixed_face_for_every_script():
    run = only(Run("x", code=True))
    assert [look_of(run).find(qn(tag)).get("typeface") for tag in ("a:latin", "a:cs")] == ["Courier New"] * 2


@pytest.mark.parametrize(
    ("run", "attribute", "value"),
    [
        (Run("x", strong=True), "b", "1"),
        (Run("x", emphasis=True), "i", "1"),
        (Run("x", strike=True), "strike", "sngStrike"),
    ],
)
def test_a_look_is_one_attribute(run, attribute, value):
    assert look_of(only(run)).get(attribute) == value


def test_the_accent_is_bold_where_its_color_cannot_be_read():
    run = only(Run("x", accent=True), replace(LOOK, on_block=True))
    assert look_of(run).find(qn("a:solidFill")) is None
    assert look_of(run).get("b") == "1"


def test_bold_words_among_muted_ones_are_ink():
    muted = look_in(replace(PLAIN, color="muted"), LOOK, 28)
    assert look_of(only(Run("x", strong=True), muted)).find(qn("a:solidFill"))[0].get("val") == "tx1"
    assert look_of(only(Run("x"), muted)).find(qn("a:solidFill")) is None


def test_a_paragraph_without_text_keeps_its_size():
    end = paragraph((), replace(LOOK, size=24)).find(qn("a:endParaRPr"))
    assert (end.get("sz"), end.get("lang")) == ("2400", "en-GB")


def test_children_of_run_properties_are_in_the_order_of_the_schema():
    look = replace(LOOK, link=lambda _: el("a:hlinkClick"))
    run = only(Run("x", mark=True, code=True, link="#a"), look)
    assert [child.tag.rpartition("}")[2] for child in look_of(run)] == [
        "solidFill",
        "highlight",
        "latin",
        "cs",
        "hlinkClick",
    ]


# ---------------------------------------------------------------- typefaces
CODE_IN_A_TALK = "## Words and code\n\ntext\n\n```\nblock\n```\n\n- before `code` after\n- `code` alone\n- no code\n\n| `cell` | other |\n|---|---|\n| one | two |\n"


def test_words_beside_code_name_their_typeface_since_some_programs_go_on_with_that_of_code(tmp_path):
    (tmp_path / "talk.md").write_text(CODE_IN_A_TALK + "\n## Words alone\n\n- no code\n", "utf-8")
    laid, _ = prepare(tmp_path / "talk.md", Request(), standard_registry(), base=None)
    beside, alone = Presentation(io.BytesIO(write_deck(laid))).slides
    faces = {}
    for run in beside._element.iter(qn("a:r")):
        latin = run.find(f"{qn('a:rPr')}/{qn('a:latin')}")
        faces[run.findtext(qn("a:t"))] = None if latin is None else latin.get("typeface")
    mono = laid.theme.mono
    assert {word: faces[word] for word in ("code", "cell")} == {"code": mono, "cell": mono}
    assert {faces[word] for word in ("before ", " after", "no code", "other", "one", "two")} == {"+mn-lt"}
    assert list(alone._element.iter(qn("a:latin"))) == []
