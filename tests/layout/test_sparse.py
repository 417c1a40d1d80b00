"""Slides of a talk with little on them: which rule takes them, and what they look like then."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.laying import lay_out
from tests.layout.samples import AT, bullets, kit, numbers, prose, slide, table
from workshop.charts.geometry import contrast, mixed
from workshop.constructs.boxes import Quoted
from workshop.constructs.talk_divs import StandIn
from workshop.layout import overlaps
from workshop.layout.laid import LaidOut, LaidPicture, LaidShapes, LaidSlide, LaidTable, LaidText, Shape
from workshop.layout.sparse import figure_in, words_in
from workshop.model.blocks import GREY_SIDE, Block, Line, Prose, Run, ShownCode, ShownPicture
from workshop.model.kit import Slide
from workshop.model.policy import TALK
from workshop.model.theme import Theme, inches
from workshop.themes.beds import dark, light

LIGHT, DARK = light(), dark()
WHITE = bytes([255] * GREY_SIDE**2)


def talk(*slides: Slide, theme: Theme = LIGHT, language: str = "en") -> LaidOut:
    """Return slides laid out as those of a talk, with nothing to complain about."""
    laid, problems = lay_out(replace(kit(*slides), policy=TALK, language=language), theme)
    assert [str(p) for p in (*problems, *overlaps(laid))] == []
    return laid


def laid(title: str, *blocks: Block, layout: str = "content", theme: Theme = LIGHT, **more: object) -> LaidSlide:
    """Return one slide of a talk with some blocks."""
    (found,) = talk(slide(layout, title, (("main", blocks),) if blocks else (), **more), theme=theme).slides
    return found


def photo(
    wide: int = 1600, high: int = 1000, name: str = "photo.jpg", grey: bytes = WHITE, **more: object
) -> ShownPicture:
    return ShownPicture(path=Path(name), alt="a photo", width_px=wide, height_px=high, grey=grey, at=AT, **more)  # type: ignore[arg-type]


def texts(found: LaidSlide) -> dict[str, LaidText]:
    return {item.placeholder.role: item for item in found.items if isinstance(item, LaidText)}


def pictures(found: LaidSlide) -> list[LaidPicture]:
    return [item for item in found.items if isinstance(item, LaidPicture)]


def shapes(found: LaidSlide) -> list[Shape]:
    return [shape for item in found.items if isinstance(item, LaidShapes) for shape in item.shapes]


# ---------------------------------------------------------------- show
def test_a_photo_goes_to_the_edges_with_its_title_on_a_shade_at_the_foot() -> None:
    found = laid("A road", photo(), layout="free")
    (shown,) = pictures(found)
    assert (shown.box.x, shown.box.y, shown.box.w, shown.box.h) == (0, 0, LIGHT.width, LIGHT.height)
    (shade,) = shapes(found)
    title = texts(found)["title"].placeholder.box
    assert shade.kind == "shade"
    assert shade.box.bottom == LIGHT.height
    assert title.y > LIGHT.height // 2


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("lightness", [0, 90, 160, 210, 255])
def test_the_title_on_a_photo_has_a_contrast_of_four_and_a_half_whatever_is_behind_it(
    theme: Theme, lightness: int
) -> None:
    found = laid("A road", photo(grey=bytes([lightness] * GREY_SIDE**2)), layout="free", theme=theme)
    (shade,) = shapes(found)
    letters, deep = (theme.colors[role] for role in (("ink", "bg") if theme.dark else ("bg", "ink")))
    behind = mixed(deep, f"{lightness:02X}" * 3, shade.weight / 100)
    assert contrast(letters, behind) >= 4.5
    below = shade.box.y + shade.inset_top
    assert texts(found)["title"].placeholder.box.bottom - texts(found)["title"].height >= below - 1


def test_a_dark_photo_has_less_shade_than_a_light_one() -> None:
    opacity = [
        shapes(laid("A road", photo(grey=bytes([n] * GREY_SIDE**2)), layout="free"))[0].weight for n in (20, 230)
    ]
    assert opacity[0] < opacity[1]


def test_a_taller_photo_takes_half_of_the_slide_beside_its_title() -> None:
    found = laid("A cabinet", photo(1000, 1300), layout="free")
    (shown,) = pictures(found)
    assert (shown.box.x, shown.box.y, shown.box.right, shown.box.h) == (LIGHT.width // 2, 0, LIGHT.width, LIGHT.height)
    assert found.layout.name == "Picture beside its title"


@pytest.mark.parametrize("name", ["plot.png", "plot.svg"])
@pytest.mark.parametrize("size", [(1600, 900), (900, 1600), (1000, 1000), (4000, 200)])
def test_png_and_svg_are_never_cropped(name: str, size: tuple[int, int]) -> None:
    for shown in pictures(laid("A plot", photo(*size, name=name), layout="free")):
        assert sum(shown.cut) == 0
        assert abs(shown.box.w / shown.box.h / (size[0] / size[1]) - 1) < 0.01


@pytest.mark.parametrize("size", [(1, 4000), (4000, 1), (20000, 300), (1, 1)])
def test_a_photo_of_any_shape_is_on_its_slide_as_a_whole(size: tuple[int, int]) -> None:
    (shown,) = pictures(laid("A line", photo(*size), layout="free"))
    assert sum(shown.cut) <= 0.45
    assert 0 <= shown.box.x <= shown.box.right <= LIGHT.width
    assert 0 <= shown.box.y <= shown.box.bottom <= LIGHT.height


def test_no_more_than_forty_five_percent_of_a_photo_is_cut_off() -> None:
    for wide in range(200, 4000, 150):
        for count in (1, 2, 3, 4):
            for shown in pictures(laid("A photo", *(photo(wide, 1000) for _ in range(count)), layout="free")):
                assert sum(shown.cut) <= 0.45 + 1e-6


def test_two_to_four_photos_are_equal_cells_to_the_edges() -> None:
    for count in (2, 3, 4):
        shown = pictures(laid("Photos", *(photo() for _ in range(count)), layout="free"))
        assert len({(p.box.w, p.box.h) for p in shown}) == 1
        assert (min(p.box.x for p in shown), max(p.box.right for p in shown)) == (0, LIGHT.width)
        rows = sorted({p.box.x for p in shown})
        gaps = {b - a - shown[0].box.w for a, b in pairwise(rows)}
        assert all(abs(gap - inches(0.08)) < 3 for gap in gaps)


def test_captions_of_photos_in_cells_stand_on_a_shade_of_their_own() -> None:
    found = laid("Photos", photo(caption="one"), photo(caption="two"), layout="free")
    assert [shape.lines[0].text for shape in shapes(found)] == ["one", "two"]


def test_a_missing_picture_is_a_panel_in_its_place_with_its_name_in_the_middle() -> None:
    gap = StandIn("The plan", (prose("plan.png"),), AT, missing=True)
    found = laid("A house", gap, layout="free")
    (panel,) = [item for item in found.items if isinstance(item, LaidText) and item.placeholder.fill == "panel"]
    assert [line.text for line in panel.lines] == ["The plan", "plan.png"]
    assert (panel.placeholder.anchor, panel.placeholder.align) == ("ctr", "ctr")
    assert panel.placeholder.box.h > LIGHT.height // 2


def test_the_size_that_an_author_gives_a_picture_is_kept() -> None:
    (shown,) = pictures(laid("A plot", photo(size=("3in", "")), layout="free"))
    assert shown.box.w == inches(3)


# ---------------------------------------------------------------- say
def test_a_title_alone_is_as_large_as_it_fits_beside_a_bar() -> None:
    found = laid("Two hires, now.", layout="statement")
    assert texts(found)["title"].size == 140
    assert found.layout.decor[0].color == "field"


def test_a_number_is_larger_than_what_it_counts() -> None:
    for found in (laid("4,640 trees", layout="statement"), laid("Planted", prose("4,640 trees"))):
        figure = next(item for item in texts(found).values() if item.lines[0].text == "4,640")
        unit = next(item for item in texts(found).values() if item.lines[0].text == "trees")
        assert (figure.size, unit.size) == (240, 60)


def test_a_few_words_are_said_under_their_label() -> None:
    found = texts(laid("Formatting", prose("Normal text, and some that is *bold*, and then some more.")))
    assert (found["title"].size, found["main"].size) == (24, 60)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4,640 trees", ("4,640", "trees")),
        ("37 %", ("37 %", "")),
        ("3 Results", None),
        ("2024 was a good year for us", None),
        ("€ 5", ("€ 5", "")),
    ],
)
def test_a_number_with_up_to_three_words_is_a_figure(text: str, found: tuple[str, str] | None) -> None:
    assert figure_in(text) == found


def test_fifteen_words_are_no_statement_and_in_chinese_characters_are_counted() -> None:
    assert words_in((Line((Run("one " * 15),)),)) == 15
    assert words_in((Line((Run("天地玄黄宇宙洪荒"),)),)) == 4
    long = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳"
    assert laid("千字文", prose(long)).layout.name != "Words"
    assert laid("千字文", prose(long[:8])).layout.name == "Words"


def test_a_word_or_two_are_as_large_as_they_fit_under_their_label() -> None:
    found = texts(laid("Conclusion", prose("The End")))
    assert (found["title"].size, found["main"].size) == (24, 140)


def test_a_list_without_a_title_is_large_beside_the_bar_and_keeps_its_marks() -> None:
    found = laid("Alarm", bullets("Turn off", "Get up", "Wash"), layout="free", untitled=True)
    text = texts(found)["main"]
    assert text.size == 44
    assert [line.marker for line in text.lines] == ["bullet"] * 3


def test_a_quotation_without_a_title_is_said_large() -> None:
    found = laid(
        "Visibility", Quoted("", (prose("Visibility is a trap, and a long one."),), AT), layout="free", untitled=True
    )
    assert found.layout.name == "Words"
    assert texts(found)["main"].size >= 60


# ---------------------------------------------------------------- grow
def test_a_small_table_takes_the_whole_width_and_grows() -> None:
    found = laid("Stock", table("Item|Quantity", "Saw|2", "Axe|5", "Rake|100"), layout="table")
    (grown,) = [item for item in found.items if isinstance(item, LaidTable)]
    assert grown.size == 32
    assert abs(sum(grown.widths) - (LIGHT.width - 2 * inches(2 / 3))) < inches(0.05)
    assert all(height <= 2.2 * 1.2 * 32 * 12700 + 1 for height in grown.heights[1:])


def test_a_little_code_grows_on_its_panel() -> None:
    found = laid("Code", ShownCode("a = 1\nb = 2", "python", "code", AT), layout="code")
    code = next(item for item in texts(found).values() if item.placeholder.mono)
    assert code.size == 32
    assert code.placeholder.box.h > 0.65 * inches(5)


def test_pieces_of_code_grow_among_their_text_in_order() -> None:
    one, two = (ShownCode(f"{name} = 1\nprint({name})", "python", "code", AT) for name in "ab")
    found = laid("Two ways", prose("First:"), one, prose("Then:", "or so"), two, layout="free")
    shown = sorted(
        (item for item in found.items if isinstance(item, LaidText) and item.placeholder.role != "title"),
        key=lambda item: item.placeholder.box.y,
    )
    assert [item.lines[0].text for item in shown] == ["First:", "a = 1", "Then:", "b = 1"]
    assert len({item.size for item in shown if item.placeholder.mono}) == 1
    assert all(item.size >= 24 for item in shown)
    assert shown[-1].placeholder.box.bottom > 0.8 * LIGHT.height


def test_code_of_many_lines_is_no_smaller_because_it_would_fill_its_slide() -> None:
    code = ShownCode("\n".join(f"line_{n} = {n}" for n in range(60)), "python", "code", AT)
    for item in (texts(one) for one in talk(slide("code", "Long", (("main", (code,)),))).slides):
        assert all(text.size >= 10 for text in item.values())
    one = talk(slide("code", "Long", (("main", (code,)),))).slides
    assert len(one) > 1


@pytest.mark.parametrize("letters", [70, 90, 130])
def test_code_with_long_lines_has_a_panel_that_is_not_much_higher_than_its_letters(letters: int) -> None:
    found = laid("Wide", ShownCode("x" * letters, "python", "code", AT), layout="code")
    code = next(item for item in texts(found).values() if item.placeholder.mono)
    assert code.size >= 18 or code.placeholder.box.h < inches(2)


# ---------------------------------------------------------------- split
def test_a_short_list_stands_beside_its_title_with_rules_between_its_items() -> None:
    found = laid("Hack days", bullets("2 days every month", "Innovation", "Showcase"))
    assert found.layout.name == "Title beside text"
    assert (texts(found)["title"].size, texts(found)["main"].size) == (42, 44)
    rules = sorted(shape.box.y for shape in shapes(found))
    assert len(rules) == 4
    main = texts(found)["main"]
    assert rules[0] < main.placeholder.box.y + (main.placeholder.box.h - main.height) // 2
    assert all(a < b for a, b in pairwise(rules))


def test_paragraphs_with_lists_of_their_own_stand_beside_the_title_and_rules_only_between_them() -> None:
    blocks = prose("Available:"), bullets("JSON", "Avro"), prose("Not yet:"), bullets("Thrift", "BSON", "CBOR")
    found = laid("Encodings", *blocks)
    assert found.layout.name == "Title beside text"
    (text,) = [item for role, item in texts(found).items() if role != "title"]
    assert text.size >= 28
    assert text.placeholder.idx < 0  # the distance of its lines isn't the layout's, so the deck has to say it
    assert len(shapes(found)) == 3


def test_a_list_in_a_list_stands_beside_the_title() -> None:
    lines = tuple(
        Line((Run(text),), level=level, marker="bullet")
        for text, level in (("Single", 0), ("Mayors", 1), ("Presidents", 1), ("Multi", 0), ("Councils", 1))
    )
    found = laid("Elections", Prose(lines))
    assert found.layout.name == "Title beside text"
    assert len(shapes(found)) == 3


def test_twelve_short_lines_stay_on_one_slide() -> None:
    (found,) = talk(slide("content", "Many", (("main", (bullets(*(f"point {n}" for n in range(12))),)),))).slides
    assert found.layout.name == "Title beside text"
    assert all(item.size >= 20 for item in texts(found).values())


def test_each_part_of_a_list_that_goes_on_stands_beside_its_title() -> None:
    long, short = "Item {} of it is here, and it has a few more words than one expects", "Item {}"
    lines = [(short if k in (4, 5, 8) or k > 9 else long).format(k) for k in range(1, 14)]
    found = talk(slide("content", "A long list", (("main", (bullets(*lines),)),))).slides
    assert len(found) > 1
    assert {one.layout.name for one in found} == {"Title beside text"}
    shown = [item for one in found for role, item in texts(one).items() if role != "title"]
    assert [line.text.replace("\v", " ") for item in shown for line in item.lines] == lines


def test_a_long_text_stays_under_its_title() -> None:
    paragraph = "some words of a text that has a lot to say and takes its time " * 3
    found = talk(slide("content", "Much", (("main", (prose(*[paragraph.strip()] * 2),)),))).slides
    assert all(one.layout.name.startswith("Title and text") for one in found)


def test_numbers_of_a_list_stay() -> None:
    found = laid("Steps", numbers("First do this", "Then do that"))
    assert [line.marker for line in texts(found)["main"].lines] == ["number", "number"]


def test_references_are_no_larger_than_21_points() -> None:
    found = laid(
        "References", prose("Xie, Y. 2013. Dynamic Documents. Chapman & Hall.", "Knuth, D. 1984. Literate Programming.")
    )
    assert 18 <= texts(found)["main"].size <= 21


def test_a_language_from_right_to_left_has_its_panel_on_the_right() -> None:
    one = slide("content", "كلمات", (("main", (bullets("واحد", "اثنان", "ثلاثة"),)),))
    (found,) = talk(one, language="ar").slides
    panel = found.layout.decor[0].box
    assert panel.right == LIGHT.width
    assert texts(found)["main"].placeholder.box.right <= panel.x


# ---------------------------------------------------------------- none
def test_a_slide_whose_author_chose_its_layout_is_left_as_it_was() -> None:
    assert laid("Left", prose("Just this."), chosen=True).layout.role == "content"
    assert laid("Left", prose("Just this."), chosen=True).layout.name.startswith("Title and text")


def test_no_slide_of_a_kit_is_taken() -> None:
    found, _ = lay_out(kit(slide("content", "Hack days", (("main", (bullets("one", "two"),)),))), LIGHT)
    assert found.slides[0].layout.name.startswith("Title and text")


WORD = st.text("abcdefghij", min_size=1, max_size=12)
SENTENCE = st.lists(WORD, min_size=1, max_size=14).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(title=SENTENCE, items=st.lists(SENTENCE, max_size=8), marker=st.sampled_from(["none", "bullet", "number"]))
def test_whatever_rule_takes_a_slide_its_words_are_all_there_and_large_enough(
    title: str, items: list[str], marker: str
) -> None:
    found = talk(
        slide("content" if items else "statement", title, (("main", (prose(*items, marker=marker),)),) if items else ())
    )
    shown = [item for one in found.slides for item in one.items if isinstance(item, LaidText)]
    words = " ".join(line.text for item in shown for line in item.lines).replace("\v", " ").split()
    for word in (*title.split(), *" ".join(items).split()):
        assert word in words
    assert all(item.size >= 18 for item in shown)
    for one in found.slides:
        lines = [line for role, item in texts(one).items() if role != "title" for line in item.lines]
        count, name = sum(len(line.text.split()) for line in lines), one.layout.name
        assert not (name == "Words" and (count > 14 or (len(lines) > 1 and marker != "none")))
        assert not (name == "Title beside text" and (len(lines) > 12 or (count > 60 and len(lines) > 6)))


@settings(max_examples=40, deadline=None)
@given(sizes=st.lists(st.tuples(st.integers(1, 5000), st.integers(1, 5000)), min_size=1, max_size=4), png=st.booleans())
def test_pictures_of_any_shape_stay_on_their_slide_and_keep_their_proportions(
    sizes: list[tuple[int, int]], png: bool
) -> None:
    found = laid("Pictures", *(photo(*size, name="a.png" if png else "a.jpg") for size in sizes), layout="free")
    for shown, (wide, high) in zip(pictures(found), sizes, strict=True):
        left, top, right, foot = shown.cut
        seen = wide * (1 - left - right) / (high * (1 - top - foot))
        if min(shown.box.w, shown.box.h) > 20_000:  # a hairline is rounded
            assert abs(shown.box.w / shown.box.h / seen - 1) < 0.02
        assert shown.box.x >= 0
        assert shown.box.right <= LIGHT.width + 2
        assert shown.box.bottom <= LIGHT.height + 2


def test_a_few_short_paragraphs_without_a_title_are_said_large_beside_the_bar() -> None:
    said = ("2", "The rivers", "Where the water comes from, and where it goes", "Part of a longer series of talks")
    found = laid("The rivers", prose(*said), layout="free", untitled=True)
    text = texts(found)["main"]
    assert [line.text for line in text.lines] == list(said)
    assert 36 <= text.size <= 80
