"""The part of a photo that is shown."""

from __future__ import annotations

from pathlib import Path

from workshop.layout.crop import focus_of, lightest, shown_of
from workshop.layout.laid import LaidPicture
from workshop.model.blocks import GREY_SIDE, ShownPicture
from workshop.model.theme import Box, Placeholder


def photo(grey: bytes = b"", focus: tuple[float, float] | None = None) -> ShownPicture:
    return ShownPicture(path=Path("a.jpg"), alt="", width_px=2000, height_px=1000, grey=grey, focus=focus)


def stripes(left: int, right: int) -> bytes:
    """Return a grey copy with black and white stripes between two columns, and plain grey elsewhere."""
    row = bytes(255 * (x % 2) if left <= x < right else 128 for x in range(GREY_SIDE))
    return row * GREY_SIDE


def test_the_window_with_most_edges_is_kept() -> None:
    assert focus_of(photo(stripes(0, 20)), 1.0)[0] == 0
    assert focus_of(photo(stripes(44, 64)), 1.0)[0] > 0.9
    assert 0.3 < focus_of(photo(stripes(22, 42)), 1.0)[0] < 0.7


def test_a_plain_photo_keeps_its_middle() -> None:
    assert focus_of(photo(bytes([9] * GREY_SIDE**2)), 1.0) == (0.5, 0.5)
    assert focus_of(photo(), 1.0) == (0.5, 0.5)


def test_the_focus_of_the_author_overrules_the_edges() -> None:
    busy = stripes(44, 64)
    assert focus_of(photo(busy, (0.1, 0.3)), 1.0)[0] == 0
    assert focus_of(photo(busy, (0.5, 0.3)), 1.0)[0] == 0.5


def test_what_is_cut_off_follows_the_focus() -> None:
    place = Placeholder(idx=-1, type="pic", name="Picture", role="main", box=Box(0, 0, 100, 100), sizes=(18.0,))
    cut = LaidPicture(place, photo(), place.box, crop=True, focus=(1.0, 0.5)).cut
    assert cut == (0.5, 0.0, 0.0, 0.0)
    assert shown_of(2.0, 1.0) == (0.5, 1.0)


def test_the_lightest_part_behind_words_is_found_in_what_is_shown() -> None:
    grey = bytes(250 if x >= 48 else 10 for x in range(GREY_SIDE)) * GREY_SIDE
    place = Placeholder(idx=-1, type="pic", name="Picture", role="main", box=Box(0, 0, 100, 100), sizes=(18.0,))
    words = Box(0, 50, 100, 50)
    assert lightest(LaidPicture(place, photo(grey), place.box, crop=True, focus=(0.0, 0.5)), words) == "0A0A0A"
    assert lightest(LaidPicture(place, photo(grey), place.box, crop=True, focus=(1.0, 0.5)), words) == "FAFAFA"
