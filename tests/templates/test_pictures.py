"""Tests pictures of a workshop's slides in a client's look: nothing is on the client's logo, wherever it is, and all text can be read."""

import io
import re
from base64 import b64encode

import pytest
from PIL import Image

from tests.browser import opened, sized
from tests.contract import kits
from tests.laying import lay_out
from tests.templates.conftest import template_file
from tests.templates.maker import Block, Layout, Master, Ph, foot, pptx, unzipped, zipped
from tests.tiers import few_rows
from workshop.files.color_arithmetic import contrast
from workshop.render.svg.slide import draw_slide, screen_pen
from workshop.themes.template import template_theme

WIDTH = 960  # pixels of a picture
MAUVE = (152, 128, 142)  # too grey for a colour of the brand
WIDE, NARROW = (12_192_000, 6_858_000), (9_144_000, 6_858_000)
# Where a client may have a logo, in inches on a page 13.333 wide; the last one is on a page 10 wide
PLACES = {
    "at the foot, right": (WIDE, (11.9, 6.85, 1.1, 0.44)),
    "at the foot, left": (WIDE, (0.3, 6.8, 1.4, 0.56)),
    "at the foot, in the middle": (WIDE, (6.0, 6.8, 1.3, 0.52)),
    "over the last lines": (WIDE, (10.6, 6.0, 2.4, 0.96)),
    "above the title": (WIDE, (11.8, 0.1, 0.8, 0.32)),
    "beside the title, large": (WIDE, (10.9, 0.3, 2.1, 0.84)),
    "in the left margin": (WIDE, (0.05, 3.0, 0.5, 0.2)),
    "at the foot of a narrow page": (NARROW, (8.4, 6.9, 1.2, 0.48)),
}
AT_OUR_EDGES = ("above the title", "in the left margin")  # where our panels begin
SHOWN = (("executives", 45), ("general", 180))
ROWS = [(place, *shown) for shown in SHOWN for place in PLACES]


def template(place, folder):
    """Return a file of a template with a mauve logo in a place of its master."""
    (width, _), box = PLACES[place]
    wide = width / 914_400
    end = foot(wide, 6.95)
    holders = (
        Ph("title", 0, "Title", (0.6, 0.4, wide - 3, 1.0)),
        Ph("body", 1, "Text", (0.6, 1.7, wide - 1.2, 4.2)),
        *end,
    )
    layouts = (
        Layout("Cover", (Ph("ctrTitle", 0, "Title", (0.6, 2.2, wide - 1.2, 1.6), 44), Ph("subTitle", 1, "Subtitle", (0.6, 4, wide - 1.2, 1), 24, bullet=False)), "title"),
        Layout("Content", (Ph("title", 0, "Title"), Ph("obj", 1, "Text"), *end), "obj"),
    )  # fmt: skip
    parts = unzipped(pptx(Master(holders, layouts, blocks=(Block(box, picture=True),)), size=PLACES[place][0]))
    logo = io.BytesIO()
    Image.new("RGB", (50, 20), MAUVE).save(logo, "PNG")
    path = folder / "client.pptx"
    path.write_bytes(zipped(parts | {"ppt/media/logo.png": logo.getvalue()}))
    return path


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("profile")) as chrome:
        yield chrome


def pictures(browser, laid, folder):
    """Yield a picture of each slide with a rail, as a browser draws it."""
    pen = screen_pen(laid, lambda blob, kind: f"data:{kind};base64,{b64encode(blob).decode()}")
    high = round(WIDTH * laid.theme.height / laid.theme.width)
    sized(browser, WIDTH, high)
    page = folder / "slide.html"
    for slide in laid.slides:
        if not slide.layout.rail or slide.slide.hidden:
            continue
        page.write_text(
            f'<!doctype html><meta charset="utf-8"><style>body{{margin:0}}svg{{display:block;width:{WIDTH}px}}</style>{draw_slide(pen, laid, slide)}', "utf-8"
        )  # fmt: skip
        browser.get(page.as_uri())
        with Image.open(io.BytesIO(browser.get_screenshot_as_png())) as shot:
            yield slide, shot.convert("RGB")


def mauve(picture):
    """Return how many pixels have the logo's colour, and the box around them; 0 and ``None`` without any."""
    bands = [band.point(lambda value, want=want: 255 if abs(value - want) <= 2 else 0) for band, want in zip(picture.split(), MAUVE, strict=True)]  # fmt: skip
    mask = Image.composite(
        Image.composite(bands[0], Image.new("L", picture.size), bands[1]), Image.new("L", picture.size), bands[2]
    )
    return sum(mask.histogram()[255:]), mask.getbbox()


@pytest.mark.parametrize(("place", "audience", "minutes"), few_rows(ROWS, ci=ROWS[: len(PLACES)]))
def test_no_number_no_rail_and_no_word_is_on_a_clients_logo(browser, cache, tmp_path, place, audience, minutes):
    theme = template_theme(template(place, tmp_path)).theme
    laid, _ = lay_out(kits.laid_out(audience, minutes, cache)[0].kit, theme)
    assert laid.theme.dress is not None
    seen = [(slide.id, mauve(picture)) for slide, picture in pictures(browser, laid, tmp_path)]
    assert len(seen) > 10
    most, box = max((found for _, found in seen), key=lambda found: found[0])
    assert most > 60
    assert most >= 0.9 * (box[2] - box[0]) * (box[3] - box[1])  # it is whole
    whole = [one for one in seen if one[1][0] >= 0.97 * most and one[1][1] == box]
    hidden = [one for one in seen if not one[1][0]]  # an area of ours is over all of it
    assert [one for one in seen if one not in whole and one not in hidden] == []
    assert hidden == [] or place in AT_OUR_EDGES
    assert len(whole) > len(hidden)


# ---------------------------------------------------------------- text
READS = 4.5  # WCAG 2.2
WRITTEN = 60  # least difference of a pixel with and without text, summed over red, green and blue
UNDER = ("game", "fence")  # a word that stands under a pot until it is lifted
TEXTS = """
return [...document.querySelectorAll("text")].flatMap((one) => {
  const parts = [...one.querySelectorAll("tspan")];
  return (parts.length ? parts : [one]).filter((part) => part.textContent.trim()).map((part) => {
    const { left, top, right, bottom } = part.getBoundingClientRect(), { fill, fillOpacity } = getComputedStyle(part);
    return [part.textContent, [left, top, right, bottom], fill, Number(fillOpacity)];
  });
});
"""
LOOKS = ("corporate", "dark", "narrow", "python-pptx", "libreoffice")
READ = [(name, *shown) for name in LOOKS for shown in SHOWN]


def screen(browser):
    with Image.open(io.BytesIO(browser.get_screenshot_as_png())) as shot:
        return shot.convert("RGB")


def hexed(color):
    return "".join(f"{round(part):02X}" for part in color)


def least_contrast(ink, opacity, full, bare):
    """Return the contrast that text has on nearly all of what is behind its letters; ``None`` if no letter is seen.

    Args:
        ink: red, green and blue of the text; ``full`` and ``bare`` are the pixels with and without it.
    """
    behind = [
        under
        for over, under in zip(full, bare, strict=True)
        if sum(abs(a - b) for a, b in zip(over, under, strict=True)) > WRITTEN
    ]
    mixed = ((under, [opacity * a + (1 - opacity) * b for a, b in zip(ink, under, strict=True)]) for under in behind)
    ratios = sorted(contrast(hexed(color), hexed(under)) for under, color in mixed)
    return ratios[len(ratios) // 5] if ratios else None  # a line through the words, and edges of letters, don't count


def pixels(picture, box):
    found = picture.crop(box).tobytes()
    return [tuple(found[k : k + 3]) for k in range(0, len(found), 3)]


def hard_to_read(browser, slide):
    """Yield the texts of the slide that the browser shows whose contrast is too low, with it."""
    full, texts = screen(browser), browser.execute_script(TEXTS)
    browser.execute_script("document.querySelectorAll('text').forEach((one) => { one.style.visibility = 'hidden'; })")
    bare = screen(browser)
    for words, (left, top, right, bottom), fill, opacity in texts:
        box = (max(0, int(left)), max(0, int(top)), min(full.width, int(right) + 1), min(full.height, int(bottom) + 1))
        ink = [float(part) for part in re.findall(r"[\d.]+", fill)[:3]]
        least = (
            least_contrast(ink, opacity, pixels(full, box), pixels(bare, box))
            if box[0] < box[2] and box[1] < box[3]
            else None
        )
        if least is not None and least < READS - 0.01 and (slide.id, words) != UNDER:
            yield slide.id, words, round(least, 2)


@pytest.mark.parametrize(("name", "audience", "minutes"), few_rows(READ, ci=(READ[2], READ[4])))
def test_all_text_can_be_read_on_what_is_behind_it(browser, cache, tmp_path, name, audience, minutes):
    theme = template_theme(template_file(name, tmp_path)).theme
    laid, _ = lay_out(kits.laid_out(audience, minutes, cache)[0].kit, theme)
    low = [found for slide, _ in pictures(browser, laid, tmp_path) for found in hard_to_read(browser, slide)]
    assert low == []


def test_pale_words_are_noticed():
    pale, dark = (200, 200, 200), (60, 60, 60)
    white = [(255, 255, 255)] * 9
    assert least_contrast(pale, 1.0, [pale] * 9, white) < 2
    assert least_contrast(dark, 1.0, [dark] * 9, white) > READS
    assert least_contrast(dark, 0.2, [(216, 216, 216)] * 9, white) < 2
    assert least_contrast(dark, 1.0, white, white) is None
