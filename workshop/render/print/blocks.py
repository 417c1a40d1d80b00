"""Blocks of a kit as plain data for the Typst templates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from workshop.charts.kind import BUILT_IN, Kinds
from workshop.errors import At, Report, WorkshopError
from workshop.model.exhibits import Chart
from workshop.model.kit import (
    NOWHERE,
    AnswerLines,
    Block,
    Choices,
    Diagram,
    Line,
    Map,
    Panel,
    Prose,
    Run,
    Runs,
    ShownChart,
    ShownCode,
    ShownPicture,
    ShownTable,
    Step,
)
from workshop.render.print import scales
from workshop.render.print.texts import Texts
from workshop.wording.messages import say

NO_BREAK = "\u00a0"
_LEAD = re.compile(r"(?: [^\w\s]{1,2})? $")  # the space before a blank, and the one before a sign such as "="
_UNIT = re.compile(r"^ (?=\S+\s*$)")  # the space before the only word after it

Data = dict[str, Any]
Draw = Callable[[Chart, float, float], bytes]

LOOKS = ("strong", "emphasis", "code", "mark", "strike", "accent", "blank")
FULL_WIDTH, CHART_HEIGHT = 160.0, 62.0  # mm on paper
TITLED = {"hint": "hint", "materials": "materials", "exit-ticket": "exit-ticket", "toy": "print-toy"}


@dataclass(slots=True)
class Galley:
    """What one document collects while its data is made.

    Attributes:
        language: tag for the fixed words.
        draw: makes the SVG of a chart of a width and height in mm.
        key: whether answers are shown.
        texts: cleans and checks every text.
        files: name -> bytes of charts and pictures that lie beside the data.
        drawn: chart -> its file.
        area: width and height of a chart in mm.
        kinds: the kinds of chart there are.
    """

    language: str
    draw: Draw
    key: bool = False
    report: Report = field(default_factory=Report)
    files: dict[str, bytes] = field(default_factory=dict)
    drawn: dict[Chart, str] = field(default_factory=dict)
    seed: int = 0
    area: tuple[float, float] = (FULL_WIDTH, CHART_HEIGHT)
    kinds: Kinds = BUILT_IN
    texts: Texts = field(init=False)

    def __post_init__(self) -> None:
        """Let the texts report to the same place."""
        self.texts = Texts(self.report)

    # ------------------------------------------------------------ text
    def word(self, key: str, **values: object) -> str:
        """Return a fixed text of the engine."""
        return say(self.language, key, **values)

    def text(self, text: str, at: At = NOWHERE) -> str:
        """Return a plain text, cleaned."""
        return self.texts.clean(text, at)

    def texts_of(self, texts: Iterable[str], at: At = NOWHERE) -> list[str]:
        """Return several plain texts, cleaned, empty ones left out."""
        return [cleaned for text in texts if (cleaned := self.text(text, at))]

    def runs(self, runs: Runs, at: At = NOWHERE) -> list[Data]:
        """Return runs as text and the names of their looks; a blank is bound to the words that it belongs to."""
        return bound([self._run(run, at) for run in runs])

    def _run(self, run: Run, at: At) -> Data:
        data: Data = {"t": self.text(run.text, at), "is": [look for look in LOOKS if getattr(run, look)]}
        if run.link and not run.link.startswith("#"):
            data["link"] = run.link
        return data

    # ------------------------------------------------------------ blocks
    def blocks(self, blocks: Iterable[Block], at: At = NOWHERE) -> list[Data]:
        """Return blocks in order; paragraphs and list items are told apart.

        ``at`` is the place to report for blocks that know none of their own.
        """
        found: list[Data] = []
        for block in blocks:
            found.extend(self._block(block, at))
        return found

    def _block(self, block: Block, at: At) -> list[Data]:
        match block:
            case Prose(lines):
                return self.prose(lines, at)
            case ShownChart():
                return [self.chart(block)]
            case ShownTable():
                return [self._table(block)]
            case ShownCode(text, _, alt, code_at):
                return [{"type": "code", "text": self.text(text, code_at), "alt": self.text(alt, code_at)}]
            case ShownPicture():
                return [self._picture(block)]
            case Choices(options, right, choices_at):
                shown = list(right) if self.key else []
                return [{"type": "choices", "options": [self.runs(o, choices_at) for o in options], "right": shown}]
            case AnswerLines(count):
                return [{"type": "lines", "count": count}]
            case Panel():
                return self._panel(block, at)
            case Diagram(steps, alt, back, _, diagram_at):
                return [self._steps(steps, alt, back, diagram_at)]
            case Map(phases, alt):
                return [self._steps(tuple(t for p in phases for t in p.tiles), alt, "", at)]

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
        """Return a chart drawn into a file, each chart once."""
        chart = shown.chart
        for text in _chart_texts(chart):
            self.text(text, shown.at)
        if chart not in self.drawn:
            name = f"chart-{len(self.files) + 1}.svg"
            self.files[name] = self._drawn(shown, *self.area)
            self.drawn[chart] = name
        caption = ". ".join(part for part in (chart.measure, self.honesty(chart)) if part)
        alt = shown.alt or chart.finding or chart.title
        return {
            "type": "chart",
            "file": self.drawn[chart],
            "alt": self.text(alt, shown.at),
            "caption": self.text(caption, shown.at),
        }

    def _drawn(self, shown: ShownChart, width: float, height: float) -> bytes:
        try:
            return self.draw(shown.chart, width, height)
        except WorkshopError as error:
            self.report.extend(replace(problem, at=problem.at or shown.at) for problem in error.problems)
            return b""

    def honesty(self, chart: Chart) -> str:
        """Return what stands behind a chart, as on its slide."""
        words = {"real": "real-run", "simulated": "simulated", "illustrative": "illustrative", "supplied": "supplied"}
        mark = self.word(words[chart.honesty.value], seed=self.seed)
        return f"{mark}, {chart.basis}" if chart.basis else mark

    def _table(self, table: ShownTable) -> Data:
        at = table.at
        rows = [[{"runs": self.runs(cell, at), "blank": _is_blank(cell)} for cell in row] for row in table.rows]
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

    def _picture(self, picture: ShownPicture) -> Data:
        name = f"picture-{len(self.files) + 1}{picture.path.suffix.lower()}"
        try:
            self.files[name] = picture.path.read_bytes()
        except OSError as error:
            self.report.error(f"the picture cannot be read: {error.strerror}", picture.at, code="picture")
        return {
            "type": "picture",
            "file": name,
            "alt": self.text(picture.alt, picture.at),
            "caption": self.text(picture.caption, picture.at),
            "wide": picture.width_px >= 1.2 * picture.height_px,
        }

    def _panel(self, panel: Panel, at: At) -> list[Data]:
        place = panel.at if panel.at != NOWHERE else at
        match panel.kind:
            case "ruler":
                return [{"type": "ruler"} | scales.ruler(self.language)]
            case "lookup":
                return [{"type": "lookup"} | scales.lookup(self.language)]
            case "columns" | "column":
                head = (Prose((Line((Run(panel.title, strong=True),), at=place),)),) if panel.title else ()
                return self.blocks((*head, *panel.blocks), place)
            case "wrong":
                return [self.wrong(panel)]
        title = panel.title or (self.word(TITLED[panel.kind]) if panel.kind in TITLED else "")
        return [
            {
                "type": "panel",
                "kind": panel.kind,
                "title": self.text(title, place),
                "blocks": self.blocks(panel.blocks, place),
            }
        ]

    def wrong(self, panel: Panel) -> Data:
        """Return a wrong answer: what is seen, its cause (the first block), and what to say (the others)."""
        cause, *reply = panel.blocks or (Prose(()),)
        return {
            "type": "wrong",
            "see": self.text(panel.title, panel.at),
            "because": self.blocks((cause,), panel.at),
            "say": self.blocks(reply, panel.at),
        }

    def _steps(self, steps: tuple[Step, ...], alt: str, back: str, at: At) -> Data:
        boxes = [{"name": self.text(s.name, at), "gloss": self.text(s.gloss, at)} for s in steps]
        return {"type": "steps", "steps": boxes, "alt": self.text(alt, at), "back": self.text(back, at)}


def has(blocks: Iterable[Block], kind: str) -> bool:
    """Whether a panel of ``kind`` is among the blocks, at any depth."""
    return any(isinstance(b, Panel) and (b.kind == kind or has(b.blocks, kind)) for b in blocks)


def bound(runs: list[Data]) -> list[Data]:
    r"""Bind every blank to the last word before it, with its sign, and to a single word after it.

    >>> bound([{"t": "Then P = ", "is": []}, {"t": "", "is": ["blank"]}, {"t": " bits", "is": []}])[0]["t"]
    'Then P\xa0=\xa0'
    """
    for before, blank, after in zip([None, *runs], runs, [*runs[1:], None], strict=False):
        if "blank" not in blank["is"]:
            continue
        if before is not None and before["t"].strip():
            before["t"] = _LEAD.sub(lambda found: found[0].replace(" ", NO_BREAK), before["t"])
        if after is not None:
            after["t"] = _UNIT.sub(NO_BREAK, after["t"])
    return runs


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
