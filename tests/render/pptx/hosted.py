"""Charts on otherwise empty slides of python-pptx's default template, which is independent of our own decks."""

from pathlib import Path

from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import PartFactory
from pptx.parts.slide import SlidePart
from pptx.util import Inches

from workshop.layout.laid import LaidChart
from workshop.render.office_xml import Parsed, parsed, to_bytes
from workshop.render.pptx.carrier import OpenDeck, relate
from workshop.render.pptx.chart import chart_frame
from workshop.render.pptx.page import empty_slide

TITLE_AND_CONTENT = 1


def blank_deck() -> OpenDeck:
    """Return a wide presentation without slides."""
    made = Presentation()
    made.slide_width = Inches(13.333)
    return OpenDeck(made.part.package)


def new_slide(deck: OpenDeck) -> SlidePart:
    """Return an empty slide that isn't listed yet."""
    name = deck.add("/ppt/slides/slide%d.xml", CT.PML_SLIDE, b"").partname
    slide = PartFactory(name, CT.PML_SLIDE, deck.package, to_bytes(empty_slide()))
    relate(slide, RT.SLIDE_LAYOUT, deck.main.presentation.slide_layouts[TITLE_AND_CONTENT].part)
    return slide


def frame_of(chart: LaidChart, shape_id: int = 2) -> Parsed:
    """Return the frame of one chart on a slide."""
    deck = blank_deck()
    return parsed(chart_frame(chart, shape_id, new_slide(deck), deck, "en-GB"))


def hosted(charts: list[LaidChart], path: Path) -> Path:
    """Write a deck with one slide for each chart, and return its path."""
    deck = blank_deck()
    for chart in charts:
        slide = new_slide(deck)
        slide.slide.shapes._spTree.append(parsed(chart_frame(chart, 2, slide, deck, "en-GB")))
        deck.main.presentation.slides._sldIdLst.add_sldId(relate(deck.main, RT.SLIDE, slide))
    path.write_bytes(deck.freeze())
    return path
