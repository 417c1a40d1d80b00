"""Code as it is written into a deck: runs with colours that can be read, and the text as it was typed."""

import colorsys
import io
from functools import cache

import pytest
from lxml import etree
from msgspec.structs import replace
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Pt

from tests.templates.maker import MADE
from workshop.build import prepare
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.render.pptx.deck import write_deck
from workshop.render.svg.slide import draw_slide, screen_pen
from workshop.themes.beds import light
from workshop.themes.choose import with_code

SHORT = '''class Tide:  # of a day
    """Heights,
\tin metres."""

    def height(self, hour):
        return 2.4 if hour is None else "none"'''
WIDE = (
    "table = {harbour: [round(hour, 2) for hour in range(24)] for harbour in ('Brest', 'Dover', 'Cuxhaven', 'Skagen')}"
)
LONG = "\n".join(f"def height_{k}(hour): return {k} + hour  # metres" for k in range(40))
BROKEN = "names = " + " + ".join(f'"harbour {k}"' for k in range(40))
TALK = "# Talk\n\n" + "".join(
    f"## {name}\n\n```{{.python}}\n{code}\n```\n\n"
    for name, code in {"Short": SHORT, "Wide": WIDE, "Long": LONG, "Broken": BROKEN}.items()
)
THEMES = ("light", "dark", "contrast", "contrast-dark", "plain")


@pytest.fixture(scope="module")
def deck(tmp_path_factory):
    """Return a function that gives the deck in a theme, or in a template."""
    folder = tmp_path_factory.mktemp("code")
    (folder / "talk.md").write_text(TALK)

    @cache
    def laid(theme, template=""):
        if template:
            (folder / f"{template}.pptx").write_bytes(MADE[template]())
        request = Request(theme=theme, template=folder / f"{template}.pptx" if template else None)
        return prepare(folder / "talk.md", request, standard_registry(), base=None)[0]

    return laid


def opened(laid):
    return Presentation(io.BytesIO(write_deck(laid)))


def code_of(presentation, title):
    """Return the frames of code on the slides with a title, which may be continued."""
    return [
        shape
        for slide in presentation.slides
        if slide.shapes.title is not None and slide.shapes.title.text_frame.text.startswith(title)
        for shape in slide.shapes
        if shape.has_text_frame and shape != slide.shapes.title and (len(shape.text_frame.text) > 30)
    ]


def texts(frames):
    return "\n".join(p.text for frame in frames for p in frame.text_frame.paragraphs)


def role_of(run):
    fill = run._r.rPr.find(qn("a:solidFill"))
    return "" if fill is None else fill[0].get("val")


def hexed(slide, fill):
    """Return the six digits of a fill, as PowerPoint finds them: by the master's map in the theme part."""
    own = fill.find(qn("a:srgbClr"))
    if own is not None:
        return own.get("val")
    master = slide.slide_layout.slide_master
    node = fill.find(qn("a:schemeClr"))
    slot = master.element.find(qn("p:clrMap")).get(node.get("val"), node.get("val"))
    part = next(r.target_part for r in master.part.rels.values() if r.reltype.endswith("/theme"))
    color = etree.fromstring(part.blob).find(f".//{qn('a:clrScheme')}/{qn('a:' + slot)}")[0]
    digits = color.get("lastClr") or color.get("val")
    hue, light, full = colorsys.rgb_to_hls(*(int(digits[k : k + 2], 16) / 255 for k in (0, 2, 4)))
    for step in node:
        share = int(step.get("val")) / 100_000
        change = {"lumMod": lambda x, s=share: x * s, "lumOff": lambda x, s=share: x + s, "alpha": lambda x: x}
        light = change[etree.QName(step).localname](light)
    return "".join(f"{round(255 * c):02X}" for c in colorsys.hls_to_rgb(hue, min(1, light), full))


def contrast(a, b):
    def light(color):
        channels = [int(color[k : k + 2], 16) / 255 for k in (0, 2, 4)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True)) + 0.05

    return max(light(a), light(b)) / min(light(a), light(b))


def scheme(name):
    return etree.fromstring(f'<a:f xmlns:a="{qn("a:t")[1:].split("}")[0]}"><a:schemeClr val="{name}"/></a:f>')


@pytest.mark.parametrize("theme", THEMES)
def test_the_written_colours_can_be_read_on_the_ground_of_the_code(deck, theme):
    presentation = opened(deck(theme))
    (frame,) = code_of(presentation, "Short")
    slide = frame.part.slide
    runs = [r for p in frame.text_frame.paragraphs for r in p.runs]
    fills = {r.text.strip(): fill for r in runs if (fill := r._r.rPr.find(qn("a:solidFill"))) is not None}
    assert {"class", "Tide", "# of a day", "def", "height", "2.4", '"none"'} <= set(fills)
    least = 7 if theme.startswith("contrast") else 4.5
    for ground in ("bg1", "bg2"):
        own = hexed(slide, scheme(ground))
        assert min(contrast(hexed(slide, fill), own) for fill in fills.values()) >= least


@pytest.mark.parametrize("template", ["corporate", "german", "dark"])
def test_in_a_template_code_has_only_colours_that_can_be_read(deck, template):
    laid = deck("light", template)
    (frame,) = code_of(opened(laid), "Short")
    slide, runs = frame.part.slide, [r for p in frame.text_frame.paragraphs for r in p.runs]
    own = frame._element.spPr.find(qn("a:solidFill"))
    ground = hexed(slide, own if own is not None else scheme("bg1"))
    fills = [fill for r in runs if (fill := r._r.rPr.find(qn("a:solidFill"))) is not None]
    assert all(contrast(hexed(slide, fill), ground) >= 4.5 for fill in fills)
    assert {r.text.strip() for r in runs if r.font.bold} >= {"class", "def", "if"}


def test_in_a_palette_without_readable_colours_weight_and_slant_are_left():
    pale = dict.fromkeys(light().colors, "D0D0D0") | {"bg": "FFFFFF", "panel": "F5F5F5", "ink": "000000"}
    assert with_code(replace(light(), colors=pale)).code == {}


@pytest.mark.parametrize("theme", THEMES)
def test_weight_and_slant_say_in_grey_what_is_a_keyword_a_name_and_a_comment(deck, theme):
    (frame,) = code_of(opened(deck(theme)), "Short")
    runs = {r.text.strip(): r.font for p in frame.text_frame.paragraphs for r in p.runs}
    assert all(runs[word].bold for word in ("class", "Tide", "def", "height", "if", "is None else"))
    assert runs["# of a day"].italic
    assert not runs["2.4"].bold
    assert not runs['"none"'].bold


def test_a_string_over_several_lines_has_one_colour(deck):
    (frame,) = code_of(opened(deck("light")), "Short")
    second, third = (frame.text_frame.paragraphs[k].runs[-1] for k in (1, 2))
    assert third.text.strip() == 'in metres."""'
    assert role_of(second) == role_of(third) == "accent3"


def test_the_runs_of_all_lines_together_are_the_text_as_typed(deck):
    presentation = opened(deck("light"))
    assert texts(code_of(presentation, "Short")) == SHORT.expandtabs(4)
    assert texts(code_of(presentation, "Long")).replace("\n\n", "\n") == LONG


def test_broken_lines_keep_text_and_colours(deck):
    frames = code_of(opened(deck("light")), "Broken")
    runs = [(p, r) for frame in frames for p in frame.text_frame.paragraphs for r in p.runs]
    assert len({id(p) for p, _ in runs}) > 1
    assert "".join(r.text for _, r in runs).replace(" ", "") == BROKEN.replace(" ", "")
    in_color = "".join(r.text for _, r in runs if role_of(r) not in ("", "tx1"))
    assert in_color.replace(" ", "").count('"harbour') == 40
    assert "+" not in in_color


@pytest.mark.parametrize("title", ["Wide", "Long", "Broken"])
def test_code_that_is_long_or_wide_has_at_least_ten_points(deck, title):
    frames = code_of(opened(deck("light")), title)
    assert frames
    for frame in frames:
        sizes = [r.font.size for p in frame.text_frame.paragraphs for r in p.runs if r.font.size]
        assert sizes
        assert min(sizes) >= Pt(10)


def test_the_drawing_has_the_colours_and_the_text_of_the_deck(deck):
    laid = deck("light")
    pen = screen_pen(laid, lambda _bytes, _suffix: "")
    drawing = "".join(draw_slide(pen, laid, slide) for slide in laid.slides)
    for color, word in (("266DBB", "&quot;none&quot;"), ("0B5144", "def"), ("A62C18", "2.4")):
        assert f'fill="#{color}"' in drawing
        assert word in drawing or word.replace("&quot;", '"') in drawing
