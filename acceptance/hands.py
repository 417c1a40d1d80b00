"""What people do to a deck in PowerPoint, one kind of edit each, done by python-pptx and to the XML itself."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

Kind = Callable[[Any, random.Random], str | None]  # returns what was done; None if the slide has nothing for it
COLOURS = ("AA11BB", "11AA55", "CC5500", "0044DD", "7A1FA2")


def _bodies(slide: Any) -> list[Any]:
    return [s for s in slide.shapes if s.has_text_frame and any(len(r.text.split()) > 1 for r in _runs(s.text_frame))]


def _runs(frame: Any) -> list[Any]:
    return [run for paragraph in frame.paragraphs for run in paragraph.runs]


def _some(chance: random.Random, found: list[Any]) -> Any:
    return chance.choice(found) if found else None


def _run(slide: Any, chance: random.Random) -> Any:
    shape = _some(chance, _bodies(slide))
    return _some(chance, [r for r in _runs(shape.text_frame) if len(r.text.split()) > 1]) if shape else None


def _split(run: Any, chance: random.Random) -> Any:
    """Return a run of one word of a run, which is cut into three."""
    words = run.text.split(" ")
    at = chance.randrange(len(words))
    parts = (
        " ".join(words[:at]) + (" " if at else ""),
        words[at],
        (" " if words[at + 1 :] else "") + " ".join(words[at + 1 :]),
    )
    before, after = deepcopy(run._r), deepcopy(run._r)
    run.text = parts[1]
    for node, text, add in ((before, parts[0], run._r.addprevious), (after, parts[2], run._r.addnext)):
        node.find(qn("a:t")).text = text
        if text:
            add(node)
    return run


def _on_word(change: Callable[[Any, random.Random], None]) -> Kind:
    def kind(slide: Any, chance: random.Random) -> str | None:
        run = _run(slide, chance)
        if run is None:
            return None
        run = _split(run, chance)
        change(run, chance)
        return str(run.text)

    return kind


def _reworded(run: Any, chance: random.Random, word: str) -> str:
    words = run.text.split(" ")
    words[chance.randrange(len(words))] = word
    run.text = " ".join(words)
    return word


def _word(chance: random.Random) -> str:
    return "z" + "".join(chance.choice(("ba", "do", "ki", "lu", "me", "no", "ra", "so")) for _ in range(4))


def title(slide: Any, chance: random.Random) -> str | None:
    shape = slide.shapes.title
    found = [r for r in _runs(shape.text_frame) if r.text.strip()] if shape is not None else []
    return _reworded(found[0], chance, _word(chance)) if found else None


def words(slide: Any, chance: random.Random) -> str | None:
    run = _run(slide, chance)
    return _reworded(run, chance, _word(chance)) if run is not None else None


def _tables(slide: Any) -> list[Any]:
    return [s.table for s in slide.shapes if s.has_table]


def cell(slide: Any, chance: random.Random) -> str | None:
    cells = [
        r for t in _tables(slide) for row in t.rows for c in row.cells for r in _runs(c.text_frame) if r.text.strip()
    ]
    run = _some(chance, cells)
    return _reworded(run, chance, _word(chance)) if run else None


def notes(slide: Any, chance: random.Random) -> str | None:
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    run = _some(chance, [r for p in (frame.paragraphs[1:] if frame else ()) for r in p.runs if len(r.text.split()) > 2])
    return _reworded(run, chance, _word(chance)) if run else None


def notes_bold(slide: Any, chance: random.Random) -> str | None:
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    run = _some(chance, [r for p in (frame.paragraphs[1:] if frame else ()) for r in p.runs if len(r.text.split()) > 2])
    if run is None:
        return None
    run = _split(run, chance)
    run.font.bold = not run.font.bold
    return str(run.text)


def _bold(run: Any, _: random.Random) -> None:
    run.font.bold = not run.font.bold


def _colour(run: Any, chance: random.Random) -> None:
    run.font.color.rgb = RGBColor.from_string(chance.choice(COLOURS))


def _size(run: Any, chance: random.Random) -> None:
    run.font.size = Pt(chance.choice((13, 21, 29, 33)))


def _language(run: Any, _: random.Random) -> None:
    run._r.get_or_add_rPr().set("lang", "fr-FR")


def _link(run: Any, chance: random.Random) -> None:
    run.hyperlink.address = f"https://example.org/{_word(chance)}"


def level(slide: Any, chance: random.Random) -> str | None:
    shape = _some(chance, _bodies(slide))
    if shape is None:
        return None
    p = _some(chance, [p for p in shape.text_frame.paragraphs if p.runs])
    p.level = p.level + 1
    return str(p.text)


def spacing(slide: Any, chance: random.Random) -> str | None:
    shape = _some(chance, _bodies(slide))
    if shape is None:
        return None
    shape.text_frame.paragraphs[0].line_spacing = 1.37
    return str(shape.name)


def inset(slide: Any, chance: random.Random) -> str | None:
    shape = _some(chance, _bodies(slide))
    if shape is None:
        return None
    shape.text_frame.margin_left = Emu(chance.choice((123456, 234567)))
    return str(shape.name)


def columns(slide: Any, chance: random.Random) -> str | None:
    shape = _some(chance, _bodies(slide))
    if shape is None:
        return None
    shape.text_frame._txBody.find(qn("a:bodyPr")).set("numCol", "2")
    return str(shape.name)


def _placed(slide: Any) -> list[Any]:
    return [s for s in slide.shapes if s.width]


def moved(slide: Any, chance: random.Random) -> str | None:
    shape = _some(chance, _placed(slide))
    if shape is None:
        return None
    shape.left, shape.top, shape.width, shape.height = (
        shape.left + Inches(0.21),
        shape.top + Inches(0.13),
        shape.width,
        shape.height,
    )
    return str(shape.name)


def resized(slide: Any, chance: random.Random) -> str | None:
    shape = _some(chance, _placed(slide))
    if shape is None:
        return None
    shape.left, shape.top, shape.width, shape.height = (
        shape.left,
        shape.top,
        round(shape.width * 0.83),
        round(shape.height * 0.9),
    )
    return str(shape.name)


def rotated(slide: Any, chance: random.Random) -> str | None:
    shape = _some(chance, [s for s in _placed(slide) if hasattr(s, "rotation")])
    if shape is None:
        return None
    shape.rotation = 11.0
    return str(shape.name)


def reordered(slide: Any, chance: random.Random) -> str | None:
    if len(slide.shapes) < 3:
        return None
    shape = _some(chance, list(slide.shapes)[:-1])
    slide.shapes._spTree.append(shape._element)
    return str(shape.name)


def grouped(slide: Any, chance: random.Random) -> str | None:
    found = [s for s in _placed(slide) if not s.is_placeholder and s._element.tag == qn("p:sp")]
    if len(found) < 2:
        return None
    group = slide.shapes.add_group_shape(found[-2:])
    group.name = f"Group {_word(chance)}"
    return str(group.name)


def deleted(slide: Any, chance: random.Random) -> str | None:
    timed = {node.get("spid") for node in slide._element.iter() if node.get("spid")}
    shape = _some(chance, [s for s in slide.shapes if str(s.shape_id) not in timed and s != slide.shapes.title])
    if shape is None:
        return None
    shape._element.getparent().remove(shape._element)
    return str(shape.name)


def added(slide: Any, chance: random.Random) -> str | None:
    box = slide.shapes.add_textbox(Inches(1), Inches(5), Inches(3), Inches(0.6))
    box.text_frame.text = _word(chance)
    return str(box.text_frame.text)


def copied(slide: Any, chance: random.Random) -> str | None:
    shape = _some(chance, [s for s in _placed(slide) if s._element.tag == qn("p:sp")])
    if shape is None:
        return None
    copy = deepcopy(shape._element)
    slide.shapes._spTree.append(copy)
    own = next(copy.iter(qn("p:cNvPr")))
    own.set("id", str(max(s.shape_id for s in slide.shapes) + 1))
    own.set("name", f"Copy {_word(chance)}")
    return str(own.get("name"))


def _pictures(slide: Any) -> list[Any]:
    return [s for s in slide.shapes if s._element.tag == qn("p:pic")]


def png(chance: random.Random) -> io.BytesIO:
    """Return a small picture in one colour."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (8, 6), tuple(chance.randrange(256) for _ in range(3))).save(buffer, "PNG")
    buffer.seek(0)
    return buffer


def picture(slide: Any, chance: random.Random) -> str | None:
    shape = _some(chance, _pictures(slide))
    if shape is None:
        return None
    _, relation = slide.part.get_or_add_image_part(png(chance))
    blip = shape._element.find(".//" + qn("a:blip"))
    blip.set(qn("r:embed"), relation)
    for child in list(blip):
        blip.remove(child)
    return str(shape.name)


def cropped(slide: Any, chance: random.Random) -> str | None:
    shape = _some(chance, _pictures(slide))
    if shape is None:
        return None
    shape.crop_left = 0.07
    return str(shape.name)


def alt(slide: Any, chance: random.Random) -> str | None:
    shape = _some(chance, [s for s in slide.shapes if s._element.tag in (qn("p:pic"), qn("p:graphicFrame"))])
    if shape is None:
        return None
    word = _word(chance)
    next(shape._element.iter(qn("p:cNvPr"))).set("descr", f"A drawing of {word}")
    return word


def fill(slide: Any, chance: random.Random) -> str | None:
    shape = _some(chance, [s for s in slide.shapes if s._element.tag == qn("p:sp")])
    if shape is None:
        return None
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(chance.choice(COLOURS))
    return str(shape.name)


def outline(slide: Any, chance: random.Random) -> str | None:
    shape = _some(chance, [s for s in slide.shapes if s._element.tag == qn("p:sp")])
    if shape is None:
        return None
    shape.line.color.rgb = RGBColor.from_string(chance.choice(COLOURS))
    shape.line.width = Pt(2.5)
    return str(shape.name)


def _charts(slide: Any) -> list[Any]:
    return [s.chart for s in slide.shapes if s.has_chart]


def _on_chart(change: Callable[[Any, random.Random], str | None]) -> Kind:
    def kind(slide: Any, chance: random.Random) -> str | None:
        chart = _some(chance, _charts(slide))
        try:
            return change(chart, chance) if chart is not None else None
        except (AttributeError, TypeError):  # python-pptx can't do it to this kind of chart
            return None

    return kind


def _value(chart: Any, chance: random.Random) -> str | None:
    found = chart._chartSpace.findall(".//" + qn("c:val") + "//" + qn("c:v"))
    node = _some(chance, found)
    if node is None:
        return None
    node.text = f"{chance.randrange(10_000, 90_000) / 1000:g}"
    return str(node.text)


def _type(chart: Any, _: random.Random) -> str | None:
    plot = chart._chartSpace.find(".//" + qn("c:barChart"))
    if plot is None:
        return None
    data = CategoryChartData()
    data.categories = list(chart.plots[0].categories)
    for series in chart.plots[0].series:
        data.add_series(series.name, list(series.values))
    from pptx.chart.xmlwriter import ChartXmlWriter

    new = etree.fromstring(ChartXmlWriter(XL_CHART_TYPE.LINE, data).xml.encode()).find(".//" + qn("c:lineChart"))
    axes = [node.get("val") for node in plot.findall(qn("c:axId"))]
    for node, own in zip(new.findall(qn("c:axId")), axes, strict=True):
        node.set("val", own)
    plot.getparent().replace(plot, new)
    return "line"


def _axis(chart: Any, _: random.Random) -> str | None:
    try:
        chart.value_axis.maximum_scale = 500
    except ValueError:
        return None
    return "500"


def _labels(chart: Any, _: random.Random) -> str | None:
    plot = chart.plots[0]
    plot.has_data_labels = True
    plot.data_labels.show_percentage = not plot.data_labels.show_percentage
    return "labels"


def _legend(chart: Any, _: random.Random) -> str | None:
    chart.has_legend = not chart.has_legend
    return "legend"


def _gap(chart: Any, _: random.Random) -> str | None:
    node = chart._chartSpace.find(".//" + qn("c:gapWidth"))
    if node is None:
        return None
    node.set("val", "37")
    return "37"


def _number_format(chart: Any, _: random.Random) -> str | None:
    try:
        chart.value_axis.tick_labels.number_format = "0.0000"
    except ValueError:
        return None
    return "0.0000"


def _font(chart: Any, _: random.Random) -> str | None:
    chart.font.size = Pt(17)
    return "17"


def _series_colour(chart: Any, chance: random.Random) -> str | None:
    series = chart.plots[0].series[0]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = RGBColor.from_string(chance.choice(COLOURS))
    return str(series.name)


def _point_colour(chart: Any, chance: random.Random) -> str | None:
    series = chart.plots[0].series[0]
    if not hasattr(series, "points"):
        return None
    fill_ = series.points[0].format.fill
    fill_.solid()
    fill_.fore_color.rgb = RGBColor.from_string(chance.choice(COLOURS))
    return str(series.name)


def row(slide: Any, chance: random.Random) -> str | None:
    table = _some(chance, _tables(slide))
    if table is None:
        return None
    last = table._tbl.tr_lst[-1]
    copy = deepcopy(last)
    last.addnext(copy)
    word = _word(chance)
    runs = list(copy.iter(qn("a:t")))
    for k, node in enumerate(runs):
        node.text = word if not k else node.text
    return word


def column(slide: Any, _: random.Random) -> str | None:
    table = _tables(slide)
    if not table:
        return None
    grid = table[0]._tbl.tblGrid
    grid.append(deepcopy(grid[-1]))
    for line in table[0]._tbl.tr_lst:
        line.tc_lst[-1].addnext(deepcopy(line.tc_lst[-1]))
    return "column"


def transition(slide: Any, _: random.Random) -> str | None:
    if slide._element.find(".//" + qn("p:transition")) is not None:
        return None
    node = etree.fromstring(
        '<p:transition xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:push/></p:transition>'
    )
    after = slide._element.find(qn("p:clrMapOvr"))
    (after if after is not None else slide._element.cSld).addnext(node)
    return "push"


def advance(slide: Any, chance: random.Random) -> str | None:
    if transition(slide, chance) is None:
        return None
    slide._element.find(qn("p:transition")).set("advTm", "7000")
    return "7000"


def delay(slide: Any, _: random.Random) -> str | None:
    nodes = [n for n in slide._element.iter(qn("p:cond")) if n.get("delay") == "0"]
    if not nodes:
        return None
    nodes[0].set("delay", "750")
    return "750"


def background(slide: Any, chance: random.Random) -> str | None:
    if slide._element.cSld.find(qn("p:bg")) is not None:
        return None
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = RGBColor.from_string(chance.choice(COLOURS))
    return "background"


def number(slide: Any, _: random.Random) -> str | None:
    for node in slide._element.iter(qn("p:ph")):
        if node.get("type") == "sldNum":
            shape = node.getparent().getparent().getparent()
            shape.getparent().remove(shape)
            return "number"
    return None


KINDS: dict[str, Kind] = {
    "title": title, "words": words, "cell": cell, "notes": notes, "notes bold": notes_bold,
    "bold": _on_word(_bold), "colour": _on_word(_colour), "size": _on_word(_size), "language": _on_word(_language), "link": _on_word(_link),
    "level": level, "spacing": spacing, "inset": inset, "columns": columns,
    "moved": moved, "resized": resized, "rotated": rotated, "reordered": reordered, "grouped": grouped,
    "deleted": deleted, "added": added, "copied": copied, "picture": picture, "cropped": cropped, "alt": alt,
    "fill": fill, "outline": outline,
    "value": _on_chart(_value), "type": _on_chart(_type), "axis": _on_chart(_axis), "labels": _on_chart(_labels),
    "legend": _on_chart(_legend), "gap": _on_chart(_gap), "format": _on_chart(_number_format), "font": _on_chart(_font),
    "series": _on_chart(_series_colour), "point": _on_chart(_point_colour),
    "row": row, "column": column, "transition": transition, "advance": advance, "delay": delay,
    "background": background, "number": number,
}  # fmt: skip
