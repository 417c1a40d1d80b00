"""Tests the pictures of the built-in kit: where the deck shows them, their parts, and how different they look."""

import io
from itertools import combinations

import pytest
import typst
from PIL import Image, ImageChops
from pptx.shapes.group import GroupShape

from tests.contract import kits
from workshop.ai_models.register import kit_folder
from workshop.model.stage_picture import COVER, OPEN, SOFT
from workshop.render.vector_paths import on_paper, svg

MILLIMETRES, DOTS = 17, 300  # as large as at the top of a sheet, at an office printer's resolution
APART = 0.15  # share of pixels that are clearly lighter in one picture than in the other


@pytest.fixture(scope="module")
def pictures():
    return kits.content().pictures


@pytest.fixture
def slides(cache):
    return list(kits.opened("general", None, "light", cache).slides)


def numbered() -> list[str]:
    return [stage.id for stage in kits.content().stages if stage.number is not None]


def groups(slide) -> list[GroupShape]:
    return [s for s in slide.shapes if isinstance(s, GroupShape) and s.name.startswith("Picture")]


def alt(shape) -> str:
    return shape._element.xpath("p:nvGrpSpPr/p:cNvPr/@descr")[0]


def test_every_numbered_section_and_the_cover_have_a_picture_of_what_is_open(pictures):
    shown = {COVER, *numbered()}
    assert shown <= set(pictures)
    for picture in (pictures[name] for name in shown):
        runs = [ink for ink, width, _ in picture.runs() if ink == OPEN and not width]
        assert len(runs) == 1, picture.name


def test_cover_and_sections_show_theirs_as_native_shapes_with_alternative_text(slides, pictures):
    shown = [slide for slide in slides if slide.slide_layout.name.endswith("with picture")]
    wanted = [pictures[name] for name in (COVER, *numbered())]
    assert [alt(groups(slide)[0]) for slide in shown] == [picture.alt for picture in wanted]
    for slide in shown:
        (group,) = groups(slide)
        assert len(group.shapes) >= 3
        assert all(shape._element.xpath("p:spPr/a:custGeom") for shape in group.shapes)
        assert slide.part._element.xpath("//p:pic") == []


def test_the_map_shows_the_picture_of_each_stage_and_a_click_on_it_leads_there(slides):
    (found,) = [slide for slide in slides if slide.slide_layout.name == "Map"]
    assert len(groups(found)) == 8
    tiles = found.part._element.xpath("p:cSld/p:spTree/p:sp/p:nvSpPr/p:cNvPr/a:hlinkClick/@r:id")
    for group in groups(found):
        targets = set(group._element.xpath(".//a:hlinkClick/@r:id"))
        assert len(targets) == 1
        assert targets <= set(tiles)


def grey(picture) -> Image.Image:
    """Return a picture as a printer would draw it, in black, white and one grey."""
    drawing = svg(picture, on_paper("#000000", "#ffffff", soft="#9e9e9e"), edge="#000000").encode()
    page = f'#set page(width: {MILLIMETRES}mm, height: {MILLIMETRES}mm, margin: 0mm)\n#image("p.svg", width: 100%)'
    made = typst.compile({"main": page.encode(), "p.svg": drawing}, format="png", ppi=DOTS)
    return Image.open(io.BytesIO(made)).convert("L")


def test_any_two_are_told_apart_at_17_mm_in_grey(pictures):
    drawn = {name: grey(picture) for name, picture in pictures.items() if name != COVER}
    shares = {}
    for one, other in combinations(drawn, 2):
        difference = ImageChops.difference(drawn[one], drawn[other]).histogram()
        shares[one, other] = sum(difference[64:]) / sum(difference)
    assert {pair: share for pair, share in shares.items() if share < APART} == {}


def test_nothing_in_them_is_too_thin_to_be_seen_from_the_back_row(pictures):
    squares = [picture for name, picture in pictures.items() if name != COVER]
    for picture in squares:
        assert min((width for _, width, _ in picture.runs() if width), default=4) >= 2.2, picture.name


def test_what_steps_back_never_lies_over_itself(pictures):
    for picture in pictures.values():
        boxes = [bounds(outline) for outline in picture.outlines if outline.ink == SOFT and not outline.width]
        rectangles = [box for box in boxes if box[4]]
        for one, other in combinations(rectangles, 2):
            assert not (one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]), (
                picture.name
            )


def bounds(outline) -> tuple[float, float, float, float, bool]:
    """Return left, top, right and bottom of an outline, and whether it is a rectangle."""
    ends = [numbers[-2:] for _, numbers in outline.path if numbers]
    xs, ys = [x for x, _ in ends], [y for _, y in ends]
    straight = len(ends) == 4 and len(set(xs)) == len(set(ys)) == 2
    return min(xs), min(ys), max(xs), max(ys), straight


def test_every_drawing_is_shown_on_a_slide(pictures):
    text = "".join(path.read_text() for path in kit_folder().rglob("*.md"))
    own = set(pictures) - {COVER, *numbered()}
    assert {name for name in own if f"draw={name}" not in text and f"drawing:{name})" not in text} == set()
