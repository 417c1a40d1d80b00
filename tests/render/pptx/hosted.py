"""Charts on otherwise empty slides of python-pptx's default template, which is independent of our own decks."""

import io
from functools import cache
from pathlib import Path

from pptx import Presentation
from pptx.util import Inches

from workshop.layout.laid import LaidChart
from workshop.render.office_xml import NAMESPACES, Parsed, el, name, parsed
from workshop.render.pptx.chart import chart_frame
from workshop.render.pptx.package import LAYOUT, SLIDE, SLIDE_TYPE, Package, Part
from workshop.render.pptx.page import empty_slide
from workshop.render.pptx.template_base import complete, layout_parts, opened

TITLE_AND_CONTENT = "ppt/slideLayouts/slideLayout2.xml"
FIRST = 256


@cache
def blank() -> bytes:
    """Return a wide presentation without slides."""
    made, buffer = Presentation(), io.BytesIO()
    made.slide_width = Inches(13.333)
    made.save(buffer)
    return buffer.getvalue()


def new_slide(package: Package) -> Part:
    """Return an empty slide that isn't listed yet."""
    slide = Part(package.next_name("/ppt/slides/slide%d.xml"), SLIDE_TYPE, empty_slide())
    slide.add(LAYOUT, layout_parts(package)[TITLE_AND_CONTENT])
    return slide


def frame_of(chart: LaidChart, shape_id: int = 2) -> Parsed:
    """Return the frame of one chart on a slide."""
    package = opened(blank())
    return parsed(chart_frame(chart, shape_id, new_slide(package), package, "en-GB"))


def hosted(charts: list[LaidChart], path: Path) -> Path:
    """Write a deck with one slide for each chart, and return its path."""
    package = opened(blank())
    complete(package)
    ids = package.main.root.find(name("p:sldIdLst"))
    assert ids is not None
    for number, chart in enumerate(charts):
        slide = new_slide(package)
        tree = slide.root.find("p:cSld/p:spTree", NAMESPACES)
        assert tree is not None
        tree.append(parsed(chart_frame(chart, 2, slide, package, "en-GB")))
        ids.append(parsed(el("p:sldId", id=FIRST + number, r_id=package.main.add(SLIDE, slide))))
    path.write_bytes(package.freeze())
    return path
