"""Blocks as plain data for Typst."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.charts.kind import BUILT_IN, Kinds
from workshop.constructs.table import BY_BLOCK
from workshop.errors import At, Report, WorkshopError
from workshop.inputs.pictures import PictureError, read_picture
from workshop.model.blocks import (
    COMMENT,
    DEFINED,
    KEYWORD,
    NOWHERE,
    NUMBER,
    STRING,
    Block,
    Choices,
    Line,
    Prose,
    Run,
    Runs,
    ShownChart,
    ShownCode,
    ShownPicture,
    ShownTable,
    pieces_of,
)
from workshop.model.exhibits import Chart
from workshop.render.print.print_texts import Texts
from workshop.render.vector_paths import on_white
from workshop.wording.messages import say

# Blocks of a kit as plain data for the Typst templates.
NO_BREAK = "\u00a0"
_LEAD = re.compile(r"(?: [^\w\s]{1,2})? $")  # the space before a blank, and the space before a sign such as "="
_BRACKETED = re.compile(r"^\(([^()]*)\)$")
_UNIT = re.compile(r"^ (?=\S+\s*$)")  # the space before a single word after it
Data = dict[str, Any]
Draw = Callable[[Chart, float, float], bytes]
KINDS = {KEYWORD: "keyword", DEFINED: "defined", COMMENT: "comment", STRING: "string", NUMBER: "number"}
HEAVY = {KEYWORD: ("strong",), DEFINED: ("strong",)}
LOOKS = ("strong", "emphasis", "code", "mark", "strike", "accent", "blank")
FULL_WIDTH, CHART_HEIGHT = 160.0, 62.0  # mm on paper


class Galley(Struct, kw_only=True):
    """The things that are collected while the data of a document is made.

    Attributes:
        language: language tag of the fixed words.
        draw: returns a chart as SVG, given its width and height in mm.
        key: whether answers are shown.
        hints: whether tasks have their hints.
        texts: object that cleans and checks every text.
        files: name -> bytes of charts and pictures beside the data.
        drawn: chart -> its file.
        area: width and height of a chart in mm.
        kinds: the kinds of chart that exist.
        here: the kind of room and its size.
    """

    language: str
    draw: Draw
    key: bool = False
    hints: bool = True
    files: dict[str, bytes] = field(default_factory=dict)
    drawn: dict[Chart, str] = field(default_factory=dict)
    seed: int = 0
    area: tuple[float, float] = (FULL_WIDTH, CHART_HEIGHT)
    kinds: Kinds = BUILT_IN
    here: tuple[str, ...] = ()
    texts: Texts = field(default_factory=Texts)

    @property
    def report(self) -> Report:
        """The report of the document."""
        return self.texts.report

    # ------------------------------------------------------------ text
    def word(self, key: str, **values: object) -> str:
        """Return one of the engine's fixed texts."""
        return say(self.language, key, self.here, **values)

    def text(self, text: str, at: At = NOWHERE) -> str:
        """Return a plain text, cleaned."""
        return self.texts.clean(text, at)

    def texts_of(self, texts: Iterable[str], at: At = NOWHERE) -> list[str]:
        """Return several plain texts, cleaned, without empty ones."""
        return [cleaned for text in texts if (cleaned := self.text(text, at))]

    def runs(self, runs: Runs, at: At = NOWHERE) -> list[Data]:
        """Return runs as text and the names of their looks; a blank can't be separated from its words."""
        return bound([self._run(run, at) for run in runs])

    def _run(self, run: Run, at: At) -> Data:
        data: Data = {"t": self.text(run.text, at), "is": [look for look in LOOKS if getattr(run, look)]}
        if run.blank:
            data["room"] = len(run.answer)  # letters to leave room for
            if self.key and run.answer:
                data["a"] = self.text(run.answer, at)
        if run.link and not run.link.startswith("#"):
            data["link"] = run.link
        if run.fraction and (parts := fraction_of(data["t"])):
            data["over"] = parts
        return data

    # ------------------------------------------------------------ blocks
    def blocks(self, blocks: Iterable[Block], at: At = NOWHERE) -> list[Data]:
        """Return blocks in order; paragraphs and list items are distinguished.

        ``at`` is the place to report for blocks without one.
        """
        found: list[Data] = []
        for block in blocks:
            found.extend(self._block(block, at))
        return found

    def _block(self, block: Block, at: At) -> list[Data]:
        if (construct := BY_BLOCK.get(type(block))) and construct.paper:
            place = getattr(block, "at", NOWHERE)
            return construct.paper(block, self, place if place != NOWHERE else at)
        return SETS[type(block)](self, block, at)

    def prose(self, lines: Iterable[Line], at: At = NOWHERE) -> list[Data]:
        """Return paragraphs, and lists with their lines nested by level."""
        found: list[Data] = []
        for line in lines:
            runs = self.runs(line.runs, line.at if line.at != NOWHERE else at)
            if line.marker == "none":
                if line.level and found and found[-1]["type"] == "list":
                    _deepest(found[-1])["runs"] += [{"t": "\n", "is": []}, *runs]
                else:
                    found.append({"type": "para", "runs": runs})
                continue
            target = found
            for _ in range(line.level):
                if target and target[-1]["type"] == "list":
                    target = target[-1]["items"][-1]["items"]
            ordered = line.marker == "number"
            if not target or target[-1].get("ordered") is not ordered:
                target.append({"type": "list", "ordered": ordered, "start": max(line.number, 1), "items": []})
            target[-1]["items"].append({"runs": runs, "items": []})
        return found

    def chart(self, shown: ShownChart) -> Data:
        """Return a chart, which is drawn into a file once; in a key, the one with the answers, if there is one."""
        chart = shown.chart.key if self.key and shown.chart.key else shown.chart
        for text in _chart_texts(chart):
            self.text(text, shown.at)
        if chart not in self.drawn:
            name = f"chart-{len(self.files) + 1}.svg"
            self.files[name] = self._drawn(chart, shown.at, *self.area)
            self.drawn[chart] = name
        caption = ". ".join(part for part in (chart.measure, self.honesty(chart)) if part)
        alt = shown.alt or chart.finding or chart.title
        return {
            "type": "chart",
            "file": self.drawn[chart],
            "alt": self.text(alt, shown.at),
            "caption": self.text(caption, shown.at),
        }

    def _drawn(self, chart: Chart, at: At, width: float, height: float) -> bytes:
        try:
            return self.draw(chart, width, height)
        except WorkshopError as error:
            self.report.extend(replace(problem, at=problem.at or at) for problem in error.problems)
            return b""

    def honesty(self, chart: Chart) -> str:
        """Return the mark of honesty and the basis of a chart, as on its slide."""
        words = {"real": "real-run", "simulated": "simulated", "illustrative": "illustrative", "supplied": "supplied"}
        mark = self.word(words[chart.honesty.value], seed=self.seed)
        return f"{mark}, {chart.basis}" if chart.basis else mark

    def table(self, table: ShownTable) -> Data:
        """Return a table, with the cells to fill in marked."""
        at = table.at
        rows = [[self._cell(cell, at) for cell in row] for row in table.rows]
        return {
            "type": "table",
            "head": [self.runs(cell, at) for cell in table.header],
            "rows": rows,
            "aligns": list(table.aligns),
            "alt": self.text(table.alt, at),
            "caption": self.text(table.caption, at),
            "highlight": table.highlight,
            "fill": any(run.blank for row in table.rows for cell in row for run in cell),
            "where": str(at) if at != NOWHERE else "",
        }

    def _cell(self, cell: Runs, at: At) -> Data:
        room = max((len(run.answer) for run in cell if run.blank), default=0)
        return {"runs": self.runs(cell, at), "blank": _is_blank(cell), "room": room}

    def picture(self, picture: ShownPicture) -> Data:
        """Return a picture, its file beside the data."""
        name = f"picture-{len(self.files) + 1}."
        if picture.drawing is not None:
            name += "svg"
            self.files[name] = on_white(picture.drawing).encode()
            return self._pictured(picture, name)
        try:
            found = read_picture(picture.path, again=True)
        except PictureError as error:
            self.report.error(f"the picture can't be shown: {error.reason}", picture.at, error.hint, "picture")
            return self._pictured(picture, "")
        name += "png" if found.bitmap else found.suffix
        self.files[name] = found.bitmap or found.blob
        return self._pictured(picture, name)

    def _pictured(self, picture: ShownPicture, name: str) -> Data:
        return {
            "type": "picture",
            "file": name,
            "alt": self.text(picture.alt, picture.at),
            "caption": self.text(picture.caption, picture.at),
            "wide": picture.width_px >= 1.2 * picture.height_px,
        }


def _code(galley: Galley, code: ShownCode, _at: At) -> list[Data]:
    made = {"type": "code", "text": galley.text(code.text, code.at), "alt": galley.text(code.alt, code.at)}
    if not code.classes.strip():
        return [made]
    return [{**made, "lines": [_code_line(galley, *line, code.at) for line in code.lines()]}]


def _code_line(galley: Galley, text: str, classes: bytes, at: At) -> list[Data]:
    """Return a line of code as runs, each with the name of its class."""
    return [
        {"t": galley.text(part.expandtabs(4), at), "is": ["code", *HEAVY.get(own, ())], "kind": KINDS.get(own, "")}
        for part, own in pieces_of(text, classes)
    ]


def _choices(galley: Galley, choices: Choices, _at: At) -> list[Data]:
    options = [galley.runs(option, choices.at) for option in choices.options]
    return [{"type": "choices", "options": options, "right": list(choices.right) if galley.key else []}]


# the blocks of plain Markdown; divs and quotes define their own look on paper
SETS: Mapping[type[Block], Callable[[Galley, Any, At], list[Data]]] = {
    Prose: lambda galley, prose, at: galley.prose(prose.lines, at),
    ShownChart: lambda galley, chart, _: [galley.chart(chart)],
    ShownTable: lambda galley, table, _: [galley.table(table)],
    ShownPicture: lambda galley, picture, _: [galley.picture(picture)],
    ShownCode: _code,
    Choices: _choices,
}


def bound(runs: list[Data]) -> list[Data]:
    r"""Join every blank and fraction to the last word before it, including a sign, and a blank to a single word after it.

    >>> bound([{"t": "Then P = ", "is": []}, {"t": "", "is": ["blank"]}, {"t": " bits", "is": []}])[0]["t"]
    'Then P\xa0=\xa0'
    """
    for before, blank, after in zip([None, *runs], runs, [*runs[1:], None], strict=False):
        if "blank" not in blank["is"] and "over" not in blank:
            continue
        if before is not None and before["t"].strip():
            before["t"] = _LEAD.sub(lambda found: found[0].replace(" ", NO_BREAK), before["t"])
        if after is not None and "over" not in blank:
            after["t"] = _UNIT.sub(NO_BREAK, after["t"])
    return runs


def fraction_of(text: str) -> list[str]:
    """Return the numerator and the denominator of a fraction; an empty list if a text isn't a single fraction.

    >>> fraction_of("(votes + 1/16) / (all votes + 1)"), fraction_of("c / (c + 1)"), fraction_of("three")
    (['votes + 1/16', 'all votes + 1'], ['c', 'c + 1'], [])
    """
    parts = text.split(" / ")
    return [_BRACKETED.sub(r"\1", part.strip()) for part in parts] if len(parts) == 2 else []


def _is_blank(cell: Runs) -> bool:
    return any(run.blank for run in cell) and not any(run.text.strip() for run in cell if not run.blank)


def _deepest(found: Data) -> Data:
    item: Data = found["items"][-1]
    while item["items"]:
        item = item["items"][-1]["items"][-1]
    return item


def _chart_texts(chart: Chart) -> Iterable[str]:
    yield from (chart.x_label, chart.y_label, *chart.categories)
    yield from (reference.name for reference in chart.references)
    for series in chart.series:
        yield series.name
        yield from series.labels
