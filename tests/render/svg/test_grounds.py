import io
import zipfile

import pytest
from lxml import etree
from pptx.util import Inches

from tests.render.svg.drawing import SVG, WHOLE, number, pen, texts
from tests.templates import maker
from workshop.files.presentation_colors import USUAL
from workshop.render.svg.grounds import Grounds

LAYOUT = "ppt/slideLayouts/slideLayout{}.xml"


def behind(template, layout):
    drawn = Grounds(maker.MADE[template]()).of(pen(), LAYOUT.format(layout), WHOLE)
    return etree.fromstring(f"<svg xmlns='http://www.w3.org/2000/svg'>{drawn}</svg>")


def rects(root):
    """Return the x, width and colour of each filled rectangle, widths in inches."""
    return [(number(r, "x") / 72, number(r, "width") / 72, r.get("fill")) for r in root.iter(f"{SVG}rect")]


def test_a_slide_has_the_shapes_and_pictures_of_the_master_below_those_of_its_layout():
    root = behind("corporate", 2)
    assert [node.tag for node in root][-1] == f"{SVG}image"
    (bar,) = [r for r in rects(root) if r[0] == 0 and r[1] < 1]
    assert bar[1] == pytest.approx(0.22, abs=0.01)
    (logo,) = root.iter(f"{SVG}image")
    assert number(logo, "x") / 72 == pytest.approx(11.3, abs=0.01)
    assert logo.get("href") == f"{len(maker.png())}-bytes"


def test_a_layout_may_hide_its_master():
    root = behind("corporate", 1)
    assert not list(root.iter(f"{SVG}image"))
    wide = [r for r in rects(root) if r[1] == pytest.approx(13.333, abs=0.01)]
    assert wide[-1][2] == "#" + maker.BLUES[2]
    line = rects(root)[-1]
    assert line[1:] == (pytest.approx(3, abs=0.01), "#" + maker.BLUES[5])


def test_a_background_of_the_layout_replaces_that_of_the_master():
    grounds = [rects(behind("two-masters", layout))[0][2] for layout in (1, 2, 3)]
    assert grounds == ["#6A2C91", "#3B1F4E", "#FFFFFF"]


def test_text_has_the_colour_that_its_placeholder_inherits():
    grounds = Grounds(maker.MADE["corporate"]())
    assert grounds.color(LAYOUT.format(1), "ctrTitle", 0) == "#FFFFFF"
    assert grounds.color(LAYOUT.format(2), "title", 0) == "#" + maker.BLUES[2]
    assert grounds.color(LAYOUT.format(3), "title", 0) == "#" + maker.BLUES[4]


def test_the_footer_is_where_the_layout_has_it_and_a_number_ends_at_the_right():
    grounds = Grounds(maker.MADE["corporate"]())
    drawn = "".join(
        grounds.foot(pen(), LAYOUT.format(2), kind, idx, words)
        for kind, idx, words in (("ftr", 11, "Acme & Co"), ("sldNum", 12, "7"), ("dt", 10, "no such place"))
    )
    root = etree.fromstring(f"<svg xmlns='http://www.w3.org/2000/svg'>{drawn}</svg>")
    assert texts(root) == ["Acme & Co", "7"]
    foot, number_ = root.iter(f"{SVG}text")
    assert (foot.get("text-anchor"), number_.get("text-anchor")) == ("start", "end")
    assert number(foot, "x") == pytest.approx((Inches(0.6) + 91_440) / 12_700, abs=0.01)
    assert number(foot, "font-size") == 12


SHAPES = """<p:sldLayout xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:cSld><p:spTree>{}</p:spTree></p:cSld></p:sldLayout>"""
SHAPE = """<p:sp><p:nvSpPr><p:cNvPr id="9" name=""/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm {turn}>
<a:off x="127000" y="127000"/><a:ext cx="254000" cy="127000"/></a:xfrm>{form}{fill}</p:spPr>{words}</p:sp>"""
RED = '<a:solidFill><a:srgbClr val="FF0000"><a:alpha val="50000"/></a:srgbClr></a:solidFill>'
FADE = """<a:gradFill><a:gsLst><a:gs pos="100000"><a:srgbClr val="0000FF"/></a:gs><a:gs pos="0"><a:schemeClr val="accent1"/></a:gs>
</a:gsLst><a:lin ang="5400000"/></a:gradFill>"""
PATH = """<a:custGeom><a:pathLst><a:path w="2" h="1"><a:moveTo><a:pt x="0" y="0"/></a:moveTo><a:lnTo><a:pt x="2" y="1"/></a:lnTo>
<a:close/></a:path></a:pathLst></a:custGeom>"""


def drawn_shape(form='<a:prstGeom prst="{}"/>', fill=RED, turn="", words="", preset="rect"):
    """Return the elements of one shape of a layout, 10 points from the corner, 20 wide and 10 high."""
    part, source, target = LAYOUT.format(1), zipfile.ZipFile(io.BytesIO(maker.MADE["bare"]())), io.BytesIO()
    shape = SHAPE.format(form=form.format(preset), fill=fill, turn=turn, words=words)
    with zipfile.ZipFile(target, "w") as changed:
        for name in source.namelist():
            changed.writestr(name, SHAPES.format(shape) if name == part else source.read(name))
    grounds = Grounds(target.getvalue())
    found = grounds.of(pen(), part, WHOLE)
    return list(etree.fromstring(f"<svg xmlns='http://www.w3.org/2000/svg'>{found}</svg>"))


@pytest.mark.parametrize(
    ("preset", "tag", "attributes"),
    [
        ("rect", "rect", {"x": "10", "width": "20", "fill": "#FF0000", "fill-opacity": "0.5"}),
        ("ellipse", "ellipse", {"cx": "20", "cy": "15", "rx": "10", "ry": "5"}),
        ("roundRect", "rect", {"rx": "1.67"}),
        ("triangle", "polygon", {"points": "10,20 20,10 30,20"}),
        ("no such preset", "rect", {"height": "10"}),
    ],
)
def test_preset_outlines_are_drawn(preset, tag, attributes):
    *_, shape = drawn_shape(preset=preset)
    assert shape.tag == SVG + tag
    assert attributes.items() <= dict(shape.attrib).items()


def test_a_free_outline_is_scaled_to_its_box():
    *_, shape = drawn_shape(form=PATH)
    assert shape.get("d") == "M10 10 L30 20 Z"


def test_a_gradient_runs_in_its_direction_from_the_first_stop():
    *_, gradient, shape = drawn_shape(fill=FADE)
    assert shape.get("fill") == f"url(#{gradient.get('id')})"
    assert [stop.get("stop-color") for stop in gradient] == ["#8A4B08", "#0000FF"]
    assert [float(gradient.get(key)) for key in ("x1", "y1", "x2", "y2")] == [0.5, 0, 0.5, 1]
    assert USUAL["accent1"] != "8A4B08"


def test_a_turned_and_mirrored_shape_stays_around_its_middle():
    *_, group = drawn_shape(turn='rot="2700000" flipH="1"')
    assert group.get("transform") == "translate(20 15) rotate(45) scale(-1 1) translate(-20 -15)"


def test_words_on_a_shape_are_shown_as_words():
    body = "<p:txBody><a:bodyPr anchor='ctr'/><a:p><a:pPr algn='ctr'/><a:r><a:rPr sz='800'/><a:t>A &lt;b&gt;</a:t></a:r></a:p></p:txBody>"
    *_, text = drawn_shape(words=body)
    assert ("".join(texts(text.getparent())), text.get("text-anchor"), text.get("font-size")) == ("A<b>", "middle", "8")
