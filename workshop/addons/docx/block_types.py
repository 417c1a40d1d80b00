"""Blocks of an editable document: how each kind of block is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workshop.addons.docx.docx_pictures import Order
from workshop.addons.docx.docx_runs import checkbox, run, runs_of, tab
from workshop.addons.docx.docx_styles import INSET
from workshop.addons.docx.docx_tables import Data, lookup_table, sheet_table
from workshop.addons.docx.empty import BULLETS, LEVELS, new_list
from workshop.addons.docx.measures import width_of
from workshop.addons.docx.story import Place, Story, Write
from workshop.addons.docx.word_xml import Element

# One function per type of block in the data of printed documents.
PANELS = {"given": "Given", "tint": "Hint", "box": "Boxed", "dash": "WhereItStops", "bar": "Quoted"}


def _para(story: Story, block: Data, place: Place) -> None:
    story.para(place.style, *story.runs(block["runs"]))


def _list(story: Story, block: Data, place: Place, level: int = 0, number: int = 0) -> None:
    ordered = block["ordered"]
    number = number or (new_list(story.numbering, block["start"]) if ordered else BULLETS)
    style = ("ListNumber" if ordered else "ListBullet") if place.lists else place.style
    level = min(level, LEVELS - 1)
    for item in block["items"]:
        indent = None if place.lists else (place.left + 5.0 * (level + 1), 5.0)
        story.para(style, *story.runs(item["runs"]), listed=(number, level), indent=indent)
        for below in item["items"]:
            _list(story, below, place, level + 1, number if below["ordered"] is ordered else 0)


def _lines(story: Story, block: Data, _place: Place) -> None:
    if story.key:
        return
    for line in range(block["count"]):
        story.para("AnswerLine", tab(), keep=line + 1 < block["count"])
    story.gap()


def _choices(story: Story, block: Data, place: Place) -> None:
    options = [("", option, number in block["right"]) for number, option in enumerate(block["options"])]
    options_to_tick(story, options, place)


def options_to_tick(story: Story, options: Sequence[tuple[str, list[Data], bool]], place: Place, most: int = 4) -> None:
    """Add options with boxes to tick, as many in a row as the width allows.

    Args:
        story: where they go.
        options: letter, text, whether it is the right one of a key.
        place: what they are in.
        most: how many options a row may have.
    """
    m = story.measures
    texts = ["".join(part["t"] for part in option) for _, option, _ in options]
    widest = max((width_of(text, m.body, m, bold=True) for text in texts), default=0.0) + 14
    columns = max(1, min(len(options), most, int(place.width / widest)))
    if len(options) == 4 and columns == 3:
        columns = 2
    step = place.width / columns
    stops = tuple((place.left + step * k, "left", "") for k in range(1, columns))
    hang = 9.4 if options and options[0][0] else 7.0
    indent = (place.left + hang, hang) if columns == 1 else (place.left, 0.0)
    for first in range(0, len(options), columns):
        content: list[Element] = []
        for number in range(first, min(first + columns, len(options))):
            letter, option, right = options[number]
            content += [tab()] if number > first else []
            content += [*checkbox(texts[number], checked=right), run("\u2002")]
            content += [run(f"{letter}\u2002", bold=True)] if letter else []
            content += story.runs(option, bold=True if right else None)
        story.para("Choices", *content, tabs=stops, indent=indent)


def _panel(story: Story, block: Data, _place: Place) -> None:
    story.panel(PANELS[block["style"]], block["icon"], block["title"], block["blocks"])


def _wrong(story: Story, block: Data, _place: Place) -> None:
    story.panel("Boxed", "", block["see"], [*block["because"], *block["say"]])


def _shown(story: Story, order: Order, block: Data) -> None:
    story.gap(1.4)
    story.para("Picture", story.picture(order, block["alt"]), keep=bool(block["caption"]))
    if block["caption"]:
        story.para("Caption", run(block["caption"]))


def _chart(story: Story, block: Data, place: Place) -> None:
    _shown(story, {"kind": "file", "file": block["file"], "width": place.width}, block)


def _picture(story: Story, block: Data, place: Place) -> None:
    width = place.width if block["wide"] else place.width * 0.6
    _shown(story, {"kind": "file", "file": block["file"], "width": width}, block)


def _ruler(story: Story, block: Data, place: Place) -> None:
    _shown(story, {"kind": "ruler", "scale": block, "width": place.width}, block)


def _steps(story: Story, block: Data, _place: Place) -> None:
    number = new_list(story.numbering, 1)
    story.gap()
    left = story.measures.rail + INSET
    for step in block["steps"]:
        gloss = run(f"  {step['gloss']}") if step["gloss"] else None
        story.para("Given", run(step["name"], bold=True), gloss, listed=(number, 0), indent=(left + 5, 5.0), keep=True)
    story.gap(1.0)
    if block["back"]:
        story.para("Caption", run(f"↩ {block['back']}"))


def _code(story: Story, block: Data, _place: Place) -> None:
    story.gap()
    runs = [{"t": block["text"], "is": ["code"]}]
    if "lines" in block:
        feed = {"t": "\n", "is": ["code"]}
        runs = [part for line in block["lines"] for part in (*line, feed)][:-1]
    story.para("Given", *runs_of(runs, story.part, key=False))
    story.gap()


WRITERS: Mapping[str, Write] = {
    "para": _para,
    "list": _list,
    "lines": _lines,
    "choices": _choices,
    "panel": _panel,
    "wrong": _wrong,
    "chart": _chart,
    "picture": _picture,
    "ruler": _ruler,
    "steps": _steps,
    "code": _code,
    "table": sheet_table,
    "lookup": lookup_table,
}
