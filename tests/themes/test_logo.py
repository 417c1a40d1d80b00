"""Tests which pictures can be a logo; any other one is refused with one sentence before anything is made."""

import zlib

import pytest
from PIL import Image

from tests.png import chunk, head
from tests.templates.maker import png
from workshop.errors import WorkshopError
from workshop.layout.rail import NUMBER_WIDTH
from workshop.layouts.grid import HEIGHT, MARGIN, PANEL_END, WIDTH
from workshop.model.theme import inches
from workshop.themes.beds import dark, light
from workshop.themes.logo import can_be_seen, read_logo, with_logo, without_logo


def bomb(width, height):
    """Return the head of a picture that would unpack to gigabytes."""
    return head(width, height) + chunk(b"IDAT", zlib.compress(bytes(9)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "it isn't PNG or JPEG — save it as PNG"),
        (b"", "it isn't PNG or JPEG"),
        (bomb(60_000, 60_000), "3,600,000,000 pixels; the limit is 25,000,000 pixels — save it smaller"),
        (png(600, 10), "just a line"),
        (png(60, 24)[:-40], "it is damaged"),
        (bomb(60, 24), "it is damaged"),
        (png(60, 24) + b"\0" * (6 << 20), "it has 6.3 MB; the limit is 5 MB"),
    ],
    ids=["svg", "empty", "bomb", "line", "cut off", "only a head", "large"],
)
def test_a_file_that_cannot_be_a_logo_gives_one_sentence_with_the_fix(tmp_path, content, said):
    path = tmp_path / "logo.png"
    path.write_bytes(content)
    with pytest.raises(WorkshopError) as caught:
        read_logo(path)
    (problem,) = caught.value.problems
    assert said in str(problem)
    assert problem.hint
    assert problem.at.path.endswith("logo.png")


def test_a_missing_picture_names_the_nearest(tmp_path):
    (tmp_path / "logo.png").write_bytes(png())
    with pytest.raises(WorkshopError, match=r"there is no picture .*logo\.pgn.*did you mean 'logo\.png'"):
        read_logo(tmp_path / "logo.pgn")
    with pytest.raises(WorkshopError, match="cannot be a logo"):
        read_logo(tmp_path)


def test_a_logo_keeps_its_proportions_in_every_corner(tmp_path):
    path = tmp_path / "logo.png"
    path.write_bytes(png(200, 60))
    assert read_logo(path) == (200, 60)
    theme = with_logo(light(), path, (200, 60))
    for key in ("cover", "cover/picture"):
        spec = theme.layouts[key]
        assert not any(theme.cover_logo.box.overlaps(place.box) for place in spec.placeholders)
    for logo in (theme.logo, theme.cover_logo):
        assert logo.box.w / logo.box.h == pytest.approx(200 / 60, rel=0.01)


def test_number_and_rail_end_clearly_before_a_logo_at_the_foot(tmp_path):
    theme = with_logo(light(), tmp_path / "logo.png", (200, 60))
    foot, logo = theme.foot, theme.logo.box
    assert foot.left + foot.width + inches(0.2) <= foot.number
    assert foot.number + NUMBER_WIDTH + inches(0.19) <= logo.x
    assert PANEL_END < logo.y < foot.top < logo.bottom < HEIGHT
    assert logo.right == WIDTH - MARGIN


def test_a_logo_that_cannot_be_seen_on_a_themes_background_is_named(tmp_path):
    path = tmp_path / "white.png"
    path.write_bytes(png(200, 60, b"\xff\xff\xff"))
    (problem,) = without_logo(with_logo(light(), path, (200, 60)))
    assert "can hardly be seen on the background of the theme" in problem.message
    assert without_logo(with_logo(dark(), path, (200, 60))) == ()
    assert without_logo(light()) == ()


def test_white_is_seen_on_black_and_not_on_white(tmp_path):
    path = tmp_path / "white.png"
    path.write_bytes(png(20, 20, b"\xff\xff\xff"))
    assert can_be_seen(path, "000000")
    assert not can_be_seen(path, "FDFDFD")


def test_dark_letters_of_a_transparent_logo_are_not_seen_on_a_dark_background_though_its_mark_is(tmp_path):
    path = tmp_path / "logo.png"
    for own, seen in (((0, 0, 0, 0), False), ((255, 255, 255, 255), True)):
        image = Image.new("RGBA", (60, 20), own)
        image.paste((220, 60, 60, 255), (0, 0, 20, 20))
        image.paste((20, 30, 50, 255), (25, 0, 60, 20))
        image.save(path)
        assert can_be_seen(path, "0F1A17") is seen
        assert can_be_seen(path, "FFFFFF")
