"""Tests theme files: what they may contain, and every mistake with its line."""

import io
import re
import zipfile
from itertools import combinations
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import validate_pptx
from pptx import Presentation

from tests.laying import lay_out
from tests.layout.samples import all_slides, kit
from tests.templates.maker import png
from workshop.check.package import check_package
from workshop.errors import Severity, WorkshopError
from workshop.files.color_arithmetic import apart, contrast, luminance, stepped
from workshop.model.theme import FIELDS_ON_DARK, Paint
from workshop.render.pptx.deck import write_deck
from workshop.render.print.paper_colors import chart_colors
from workshop.themes.beds import light
from workshop.themes.theme_file import PAIRS, contrast_dark, contrast_theme, plain, read_theme

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@pytest.fixture
def write(tmp_path):
    def put(text):
        path = tmp_path / "acme.yaml"
        path.write_text(text, "utf-8")
        return path

    return put


def problems_of(path):
    with pytest.raises(WorkshopError) as caught:
        read_theme(path)
    return caught.value.problems


@pytest.mark.parametrize(
    "theme", [contrast_theme(), contrast_dark(), plain()], ids=["contrast", "contrast-dark", "plain"]
)
def test_built_in_files_pass_their_own_checks_and_tell_series_apart(theme):
    for over, under, least in PAIRS:
        assert contrast(theme.colors[over], theme.colors[under]) >= least, (over, under)
    series = [theme.colors[role] for role in ("accent", "c2", "c5", "c3", "stop")]
    assert min(apart(a, b) for a, b in combinations(series, 2)) >= 19


@pytest.mark.parametrize("theme", [contrast_theme(), contrast_dark()], ids=["bright", "dark"])
def test_the_contrast_themes_have_seven_to_one_for_all_text_and_half_of_that_and_more_for_marks(theme):
    colors = theme.colors
    dark_one, light_one = sorted((colors["ink"], colors["bg"]), key=luminance)
    field = stepped(colors["accent"], FIELDS_ON_DARK["field"].steps) if theme.dark else colors["accent"]
    assert contrast(light_one, field) >= 7
    assert contrast(dark_one, colors["open"]) >= 7
    assert all(contrast(colors[mark], colors["bg"]) >= 4.5 for mark in ("c2", "c3", "c5"))
    for role in ("ink", "muted", "accent", "stop"):
        assert contrast(colors[role], colors["bg"]) >= 7


def test_a_file_changes_what_it_names_and_nothing_else(write):
    theme, problems = read_theme(write('name: Acme\ncolors: {accent: "7A1F5C"}\nsizes: {lead: [26, 24]}\n'))
    assert problems == ()
    assert (theme.name, theme.colors["accent"], theme.colors["ink"]) == ("Acme", "7A1F5C", light().colors["ink"])
    assert theme.layouts["content"].find("main").sizes == (26, 24)
    assert theme.layouts["content"].find("title") == light().layouts["content"].find("title")


def test_every_mistake_is_named_with_its_line(write):
    path = write(
        'colours: {}\nbase: lihgt\ncolors:\n  accent: "FFCC00"\n  ink: pink\n  acent: "000000"\n'
        "sizes: {title: [20], body: [18, 24]}\nlogo: {file: nope.png, plce: x}\nfonts: {Acme: {regular: no.ttf}}\n"
    )
    found = problems_of(path)
    assert sorted({p.at.line for p in found}) == [1, 2, 4, 5, 6, 7, 8, 9]
    text = "\n".join(map(str, found))
    for hint in ("'colors'", "'light'", "1.5:1; 1.8:1 is needed — make it darker", "'accent'", "'place'", "28 pt"):
        assert hint in text


@pytest.mark.parametrize(("brand", "on"), [("FF7A00", "dk1"), ("3F8CFF", "dk1"), ("00A651", "dk1"), ("FFB000", "dk1")])
def test_a_bright_brand_colour_fills_areas_and_its_text_is_a_shade_that_can_be_read(write, brand, on):
    theme, problems = read_theme(write(f'colors: {{accent: "{brand}"}}\n'))
    assert problems == ()
    assert theme.paints["accent/area"] == theme.paints["block"] == Paint("accent1")
    for ground in ("bg", "panel"):
        assert contrast(theme.colors["link"], theme.colors[ground]) >= 4.5
    lighter = stepped(brand, (("lumMod", theme.paints["accent"].steps[0][1] + 5000),))
    assert contrast(lighter, theme.colors["panel"]) < 4.5, "no darker than it must be"
    assert theme.paints["on_field"] == Paint(on)
    assert contrast(theme.colors["ink"], brand) >= 4.5


def test_a_deck_in_a_bright_brand_colour_fills_fields_tiles_and_bars_with_it_and_never_writes_in_it(write, tmp_path):
    theme, _ = read_theme(write('colors: {accent: "FF7A00"}\n'))
    laid, _ = lay_out(kit(*(s for s in all_slides() if s.layout != "picture")), theme)
    path = tmp_path / "brand.pptx"
    path.write_bytes(write_deck(laid))
    assert [error.description for error in validate_pptx(path).errors] == []
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if re.match(r"ppt/(slides|slideLayouts|charts)/[^/]+\.xml", name)]
        parts = {name: etree.fromstring(archive.read(name)) for name in names}
    written = [c for part in parts.values() for tag in ("rPr", "defRPr") for c in part.iter(f"{A}{tag}")]
    accents = [color for look in written for color in look.iter(f"{A}schemeClr") if color.get("val") == "accent1"]
    assert accents
    # words in the colour of a field stand on a block in the colour of the words of a field
    on_blocks = [color for color in accents if color.find(f"{A}alpha") is not None]
    assert all(color.find(f"{A}lumMod") is not None for color in accents if color not in on_blocks)
    for folder in ("slides/", "slideLayouts/", "charts/"):
        fills = [
            f for name, part in parts.items() if folder in name for f in part.iterfind(f".//{{*}}spPr/{A}solidFill")
        ]
        pure = [c for fill in fills for c in fill if c.get("val") == "accent1" and c.find(f"{A}lumMod") is None]
        assert pure, folder


def test_an_accent_that_can_be_read_needs_no_paints(write):
    theme, _ = read_theme(write('colors: {accent: "7A1F5C"}\n'))
    assert theme.paints == {}
    assert "link" not in theme.colors


def test_an_accent_that_can_hardly_be_seen_is_refused(write):
    (problem,) = problems_of(write('colors: {accent: "FFEE99"}\n'))
    assert "accent on bg" in problem.message


def test_a_colour_that_cannot_be_read_is_named_where_it_was_given(write):
    (problem,) = problems_of(write('colors:\n  panel: "9AA5A0"\n  muted: "3A4541"\n')) or (None,)
    assert problem.at.line in (2, 3)
    assert "muted on panel" in problem.message


def test_a_file_that_is_not_yaml_says_where(write):
    (problem,) = problems_of(write("colors: [\n"))
    assert "not YAML" in problem.message


def test_a_face_without_its_file_is_measured_with_room_to_spare_and_said_so(write):
    theme, (advice,) = read_theme(write("font: Verdana\n"))
    assert advice.severity is Severity.ADVICE
    assert theme.font == "Verdana"
    assert theme.measure_scale["Verdana"] > 1.1


def test_a_dark_background_inverts_the_colour_map(write):
    theme, _ = read_theme(write("base: dark\n"))
    assert theme.dark
    assert chart_colors(theme)["bg"] == "FFFFFF"


def test_a_logo_is_on_the_master_and_the_cover_and_the_package_is_valid(write, tmp_path):
    (tmp_path / "logo.png").write_bytes(png(200, 60))
    theme, _ = read_theme(write("logo: {file: logo.png, alt: Acme}\n"))
    laid, problems = lay_out(kit(*(s for s in all_slides() if s.layout != "picture")), theme)
    assert problems == ()
    path = tmp_path / "deck.pptx"
    path.write_bytes(write_deck(laid))
    assert [str(p) for p in check_package(path)] == []
    assert validate_pptx(str(path)).errors == []
    deck = Presentation(io.BytesIO(path.read_bytes()))
    logos = [s for s in deck.slide_master.shapes if s.name == "Logo"]
    assert len(logos) == 1
    assert logos[0].left + logos[0].width <= deck.slide_width
    assert any(s.name == "Logo" for s in deck.slide_layouts[0].shapes)
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist().count("ppt/media/logo1.png") == 1


def test_the_example_in_the_docs_is_a_theme(write, tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "templates.md").read_text("utf-8")
    (tmp_path / "logo.png").write_bytes(png(200, 60))
    example = page.split("```yaml\n")[2].split("```")[0]
    theme, problems = read_theme(write(example))
    assert problems == ()
    assert theme.logo is not None


def test_a_theme_cannot_show_files_of_another_folder(write, tmp_path):
    theme = write("logo: ../logo.png\nfonts: {Body: {regular: ../body.ttf}}\n")
    (tmp_path.parent / "logo.png").write_bytes(png(200, 60))
    (tmp_path.parent / "body.ttf").write_bytes(b"\0\1\0\0")
    found = [str(problem) for problem in problems_of(theme)]
    assert len(found) == 2
    assert all("is outside of the theme's folder" in problem for problem in found)


def test_a_file_that_is_not_a_font_is_not_used_for_measuring(write, tmp_path):
    (tmp_path / "body.ttf").write_bytes(b"%!PS-AdobeFont")
    theme = write("font: Body\nfonts: {Body: {regular: body.ttf}}\n")
    (found,) = (p for p in problems_of(theme) if p.severity is Severity.ERROR)
    assert "'body.ttf' can't be measured with: it isn't a TrueType or OpenType font" in str(found)


def test_a_huge_theme_is_refused_unread(write):
    (found,) = problems_of(write("#" * 60_000_000))
    assert "it has 60 MB; the limit is 1 MB" in str(found)
