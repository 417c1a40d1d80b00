"""Tests which pictures can be a logo; any other one is refused with one sentence before anything is made."""

import zlib

import pytest

from tests.png import chunk, head
from tests.templates.maker import png
from workshop.errors import WorkshopError
from workshop.themes.beds import light
from workshop.themes.logo import read_logo, with_logo


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
