"""The first pages of the guide to edit: page one, the run sheet, the print list."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from workshop.addons.docx.block_types import GAP, Cell, Paper, content, options_to_tick, table, words
from workshop.addons.docx.measures import Element, Measures, el, guide_measures, key_measures
from workshop.addons.docx.sheet_twins import key_band, strip, task_number
from workshop.addons.docx.story import Place, Story, checkbox, keep_together, run, tab
from workshop.layout.laid import LaidOut
from workshop.render.print.forms import quiz_data
from workshop.render.print.guide import facilitator_data
from workshop.render.print.on_paper import galley_for

# ---------------------------------------------------------------- guide start
Data = dict[str, Any]
HERE = {"place": 0, "label": ""}
PRINTED = (0.18, 0.09, 0.45, 0.09, 0.09, 0.10)  # of the width


def filled(text: str, **values: object) -> str:
    """Return a fixed text with its {places} filled in.

    >>> filled("{minutes} min", minutes=5)
    '5 min'
    """
    for place, value in values.items():
        text = text.replace(f"{{{place}}}", str(value))
    return text


def guide_head(story: Story, above: str, title: str, stage: Mapping[str, Any] = HERE, aside: str = "") -> None:
    """Add the head of a part: what it belongs to, the row of stages, its title, and perhaps a time on the right."""
    story.para("Kicker", run(above), *strip(story, dict(stage), key=True))
    right = (tab(), run(aside, size=14)) if aside else ()
    story.para("Heading1", run(title), *right, tabs=((story.measures.text, "right", ""),) if aside else ())


def start_page(story: Story, data: Data) -> None:
    """Add the head of page one."""
    fixed = data["words"]
    guide_head(story, f"{data['kit']['title']} · {fixed['guide-kicker']}", fixed["guide-first"])
    story.para("Aim", run(fixed["guide-first-lead"]))


def check_list(story: Story, entry: Data, *, turned: bool) -> None:
    """Add a list to tick off, at the head of the next column if it isn't the first."""
    title = story.para("Heading2", run(entry["title"]), before=0.0)
    if turned:
        new_column(title)
    for item in entry["items"]:
        story.para("CheckList", *checkbox(""), tab(), run(item))


def new_column(paragraph: Element) -> None:
    """Put a paragraph at the head of the next column."""
    paragraph.insert(1, el("w:r", el("w:br", w_type="column")))


# ---------------------------------------------------------------- the run sheet
def run_page(story: Story, data: Data) -> None:
    """Add the run sheet, and what to leave out if time runs short."""
    fixed, sheet = data["words"], data["run"]
    aside = f"{sheet['start']} – {sheet['end']}" if sheet["start"] else ""
    guide_head(story, f"{data['kit']['title']} · {data['kit']['audience']}", fixed["run-sheet"], aside=aside)
    facts = [filled(fixed["people"], people=sheet["people"]), filled(fixed["run-minutes"], minutes=sheet["minutes"])]
    facts += [filled(fixed["run-cuts"], minutes=sheet["cuts"])] if sheet["cuts"] != "0" else []
    story.para("Facts", run("\u2003".join(facts)))
    several = len({row["who"] for row in sheet["rows"] if row["kind"] != "break"}) > 1
    shares = (0.09, 0.1, 0.47, 0.22, 0.12) if several else (0.09, 0.1, 0.53, 0.28)
    rows = [_run_row(story, row, several=several) for row in sheet["rows"]]
    end = Cell(fill=words(fixed["run-end"], bold=True).fill, span=len(shares) - 1)
    heads = [words(head, "TableHead") for head in fixed["run-head"][: len(shares)]]
    widths = [story.measures.text * share for share in shares]
    table(story, heads, [*rows, (words(sheet["end"], bold=True), end)], widths, alt=fixed["run-sheet"])
    if sheet["behind"]["rows"]:
        _behind(story, fixed, sheet)


def _run_row(story: Story, row: Data, *, several: bool) -> list[Cell]:
    tint = story.colors["tint2"] if row["kind"] == "break" else ""

    def what(inside: Story) -> None:
        inside.para("TableSmall", *stage_mark(row["stage"]), run(row["what"], bold=True), keep=bool(row["happens"]))
        if row["happens"]:
            inside.para("TableSmall", run(row["happens"]))
        if row["note"] and row["kind"] != "stage":
            inside.para("TableNote", run(row["note"]))

    cells = [words(row["clock"], bold=row["kind"] != "setup"), words(row["shown"]), Cell(fill=what)]
    cells += [words(row["material"]), *([words(row["who"])] if several else [])]
    return [Cell(fill=cell.fill, color=tint) for cell in cells]


def stage_mark(stage: Data) -> tuple[Element, ...]:
    """Return the number of a stage in its square, for the beginning of a line."""
    return (run(f"\u00a0{stage['label']}\u00a0", style="Number", size=9), run("\u2002")) if stage["place"] else ()


def _behind(story: Story, fixed: Data, sheet: Data) -> None:
    behind = sheet["behind"]
    story.para("Heading2", run(fixed["behind"]))
    story.para("TableSmall", run(f"{sheet['buffer']} {fixed['behind-how']}".strip()))
    late = [filled(fixed["behind-late"], minutes=minutes) for minutes in behind["late"]]
    rows = []
    for row in behind["rows"]:
        cell = content(*stage_mark(row["stage"]), run(row["what"]))
        rows.append((words(row["clock"], bold=True), cell, *(words(text or "–") for text in row["cells"])))
    head = [
        Cell(fill=words(fixed["behind-head"], "TableHead").fill, span=2),
        *(words(text, "TableHead") for text in late),
    ]
    wide = story.measures.text
    widths = [wide * 0.08, wide * 0.26, *([wide * 0.66 / len(late)] * len(late))]
    story.gap(1.4)
    table(story, head, rows, widths, alt=fixed["behind"])


# ---------------------------------------------------------------- the print list
def print_page(story: Story, data: Data) -> None:
    """Add the print list: what to print, how many copies, how many sheets of paper."""
    fixed, prints = data["words"], data["prints"]
    aside = filled(fixed["people"], people=prints["people"])
    guide_head(story, f"{data['kit']['title']} · {data['kit']['audience']}", fixed["print-list"], aside=aside)
    story.para("Facts", run(filled(fixed["print-list-tables"], tables=prints["tables"], seats=prints["seats"])))
    total = filled(fixed["print-list-person"], leaves=prints["person"])
    _printed(story, fixed, fixed["print-list-always"], prints["always"], (total, prints["total"]))
    if prints["asked"]:
        _printed(
            story, fixed, fixed["print-list-asked"], prints["asked"], (fixed["print-list-all"], prints["total_all"])
        )
    story.para("TableNote", run(fixed["print-list-note"]))


def handing_out(story: Story, data: Data) -> None:
    """Add what is handed out when, and beside it what to bring."""
    fixed, prints = data["words"], data["prints"]
    wide = (story.measures.text - GAP) / 2
    if prints["order"]:
        story.para("Heading2", run(fixed["order"]))
        rows = [
            (words(row["clock"]), words(row["stage"]["label"], bold=True), words(row["what"]))
            for row in prints["order"]
        ]
        heads = [words(head, "TableHead") for head in fixed["order-head"]]
        table(story, heads, rows, [wide * 0.18, wide * 0.15, wide * 0.67], alt=fixed["order"])
    if prints["bring"]:
        title = story.para("Heading2", run(fixed["bring"]))
        if prints["order"]:
            new_column(title)
        items = [(words(row["what"], bold=True), words(row["where"])) for row in prints["bring"]]
        heads = [words(head, "TableHead") for head in fixed["bring-head"]]
        table(story, heads, items, [wide * 0.6, wide * 0.4], alt=fixed["bring"])


def _printed(story: Story, fixed: Data, title: str, rows: list[Data], total: tuple[str, str]) -> None:
    story.para("Heading2", run(title))

    found = [
        [
            words(row["file"], bold=True),
            words(row["pages"]),
            content(run(f"{row['what']} "), run(row["how"], style="Muted")),
            *(words(row[part], align="right") for part in ("copies", "leaves")),
            words(row["shown"], align="right", bold=True),
        ]
        for row in rows
    ]
    found.append([Cell(fill=words(total[0], bold=True).fill, span=5), words(total[1], align="right", bold=True)])
    heads = [
        words(head, "TableHead", align="right" if k > 2 else "") for k, head in enumerate(fixed["print-list-head"])
    ]
    table(story, heads, found, [story.measures.text * share for share in PRINTED], alt=title)


# ---------------------------------------------------------------- guide stage
# A stage of the guide to edit: what it is for, the script with small slides, questions and answers.
SLIDE, THUMB = 34.0, 30.0  # mm: column of the small slides, and a small slide


def stage_head(story: Story, data: Data, stage: Data) -> None:
    """Add the title of a stage, its time, and its aim."""
    fixed, mark = data["words"], stage["stage"]
    above = filled(fixed["guide-stage"], number=mark["label"]) if mark["place"] else fixed["guide-kicker"]
    minutes = filled(fixed["minutes"], minutes=stage["minutes"])
    aside = f"{stage['clock']} – {stage['end']}\u2002{minutes}" if stage["clock"] else ""
    guide_head(story, above, stage["title"], mark, aside)
    if stage["aim"]:
        story.para("Aim", run(stage["aim"]))


def stage_lists(story: Story, data: Data, stage: Data) -> int:
    """Add material, objectives, and what to drop, side by side; return the number of columns."""
    fixed = data["words"]
    columns: list[Story] = []

    def column(*parts: tuple[str, list[str]]) -> Story | None:
        inside = story.inner()
        for name, items in parts:
            if items:
                inside.para("Heading3", run(fixed[name]))
                inside.bullets(items)
        return inside if inside.out else None

    short = story.inner()
    if stage["short"]:
        short.para("Heading3", run(fixed["short"]))
        for entry in stage["short"]:
            short.blocks(entry["blocks"], _small(story))
    found = (
        column(("material", stage["material"]), ("room", [stage["room"]] if stage["room"] else [])),
        column(("after", stage["objectives"])),
        short if short.out else None,
    )
    columns = [inside for inside in found if inside is not None]
    for number, inside in enumerate(columns):
        if number:
            new_column(inside.out[0])
        story.out.extend(inside.out)
    return len(columns)


def stage_script(story: Story, data: Data, stage: Data) -> None:
    """Add the script of a stage, the votes, and where its toy stops."""
    fixed = data["words"]
    if stage["script"]:
        _script(story, fixed, stage["script"])
    if stage["vote"]:
        _votes(story, fixed, stage["vote"])
    if stage["toy"]["texts"]:
        toys = [{"type": "para", "runs": [{"t": text, "is": []}]} for text in stage["toy"]["texts"]]
        story.panel("WhereItStops", "fence", fixed["toy"], toys)
    for blocks in stage["toy"]["tables"]:
        story.blocks(blocks, _small(story))


def _small(story: Story) -> Place:
    return Place(style="TableSmall", left=0.0, width=story.measures.text)


def _script(story: Story, fixed: Data, rows: list[Data]) -> None:
    story.para("Heading2", run(fixed["script"]))
    width = story.measures.text - SLIDE
    place = Place(style="TableSmall", left=0.0, width=width - 4)
    found = []
    for row in rows:
        tint = story.colors["tint2"] if row["rest"] else ""
        found.append((Cell(fill=_slide(row, fixed), color=tint), Cell(fill=_said(row, fixed, place), color=tint)))
    heads = [words(head, "TableHead") for head in fixed["script-head"]]
    table(story, heads, found, [SLIDE, width], alt=fixed["script"], whole_rows=False)


def _slide(row: Data, fixed: Data) -> Any:
    """Return what writes the first cell: when, how long, a small picture of the slide."""

    def fill(story: Story) -> None:
        minutes = filled(fixed["minutes"], minutes=row["minutes"]) if row["minutes"] else ""
        story.para(
            "TableSmall", run(row["clock"], bold=True), run(f"\u2002{minutes}", style="Muted") if minutes else None
        )
        if row["thumb"]:
            order = {"kind": "thumb", "file": row["thumb"], "width": THUMB}
            story.para("TableSmall", story.picture(order, f"{row['number']} {row['title']}"))
        if row["optional"]:
            story.para("TableNote", run(fixed["optional"]))

    return fill


def _said(row: Data, fixed: Data, place: Place) -> Any:
    """Return what writes the second cell: the title, then what is said, done and asked."""

    def fill(story: Story) -> None:
        number = run(f"{row['number']} ", style="SlideNumber") if row["number"] else None
        story.para("TableSmall", number, run(row["title"], bold=True), keep=True)
        for note in row["say"]:
            if note["kind"] != "next":
                story.blocks(note["blocks"], place)
        if row["task"]:
            story.para("TableSmall", run(row["task"], bold=True))
        asked = Place(style="TableAsk", left=2.0, width=place.width - 2)
        for question in row["asks"]:
            for kind in ("ask", "expect", "wrong", "reply"):
                story.blocks(question[kind], asked)
        for note in row["say"]:
            if note["kind"] == "next":
                story.blocks(note["blocks"], Place(style="TableNote", left=0.0, width=place.width))
        if row["shows"]:
            story.para("TableNote", run(f"{fixed['on-slide']} ", bold=True), run(row["shows"]))

    return fill


def _votes(story: Story, fixed: Data, vote: Data) -> None:
    """Add how the room's own votes get onto the slides."""
    story.para("Heading2", run(fixed["vote"]))
    for told in vote["before"]:
        story.para("TableSmall", run(f"{told['head']} ", bold=True), run(told["text"]))
    story.para("TableSmall", run(vote["command"], style="Code"))
    for told in vote["after"]:
        story.para("TableSmall", run(f"{told['head']} ", bold=True), run(told["text"]))


def misconceptions(story: Story, data: Data) -> None:
    """Add the misconceptions of every stage with their replies."""
    place = Place(style="TableSmall", left=0.0, width=story.measures.text / 2)
    claimed = Place(style="Quoted", left=4.0, width=story.measures.text / 2)
    for stage in data["misconceptions"]:
        story.para("Heading3", *stage_mark(stage["stage"]), run(stage["title"]))
        for entry in stage["entries"]:
            story.blocks(entry["claim"], claimed)
            story.blocks(entry["reply"], place)
            if entry["hidden"]:
                story.para("TableNote", run(filled(data["words"]["hidden-slide"], number=entry["number"])))


# ---------------------------------------------------------------- guide
# The facilitator's guide to edit, in the order of use, as on paper.
NOWHERE: Data = {"place": 0, "label": ""}
MAPPED = 0.46  # of the width: the points
SOURCES = (0.33, 0.19, 0.22, 0.26)  # of the width


def render_guide(laid: LaidOut) -> bytes:
    """Return the guide as one document.

    Raises:
        Problems: for text that can't be printed.
    """
    galley = galley_for(laid, key=True)
    data = facilitator_data(laid, galley)
    galley.report.raise_if_errors()
    paper = Paper(laid, galley, data, guide_measures(data["paper"]), facing=True)
    _begin(paper, data)
    if data["run"]["rows"]:
        run_page(paper.story, data)
        end_part(paper, NOWHERE)
    if data["prints"]:
        print_page(paper.story, data)
        end_part(paper, NOWHERE)
        handing_out(paper.story, data)
        paper.end_section(begins="continuous", columns=2)
    for stage in data["stages"]:
        stage_head(paper.story, data, stage)
        end_part(paper, stage["stage"])
        if columns := stage_lists(paper.story, data, stage):
            paper.end_section(begins="continuous", columns=columns)
        stage_script(paper.story, data, stage)
        paper.end_section(begins="continuous")
    _back(paper, data)
    return paper.finished()


def end_part(paper: Paper, stage: Data, *, columns: int = 1, begins: str = "nextPage") -> None:
    """End a part of the guide; its tab is on the outer edge of each page."""
    licence = paper.data["kit"]["licence"]
    tabs = [paper.header(kind, stage, "open", side) for kind, side in (("default", "right"), ("even", "left"))]
    footers = paper.footers(licence, "NUMPAGES", 1)
    paper.end_section(begins=begins, columns=columns, references=(*tabs, *footers))


def _begin(paper: Paper, data: Data) -> None:
    """Add page one: what to do a week, a day and ten minutes before, and what to remember."""
    fixed = data["words"]
    start_page(paper.story, data)
    end_part(paper, NOWHERE)
    for number, entry in enumerate(data["start"]["lists"]):
        check_list(paper.story, entry, turned=number > 0)
    paper.end_section(begins="continuous", columns=3)
    if data["start"]["remember"]:
        paper.story.para("Heading2", run(fixed["remember"]))
        paper.end_section(begins="continuous")
        half = (len(data["start"]["remember"]) + 1) // 2
        for number, entry in enumerate(data["start"]["remember"]):
            title = paper.story.para("Heading3", *stage_mark(entry["stage"]), run(entry["title"]))
            if number == half:
                new_column(title)
            paper.story.para("TableSmall", run(" ".join(entry["sentences"])))
        paper.end_section(begins="continuous", columns=2)
    paper.story.para("Heading2", run(fixed["fails-title"]))
    paper.end_section(begins="continuous")
    for number, entry in enumerate(data["start"]["fails"]):
        title = paper.story.para("Heading3", run(entry["title"]), before=1.0)
        if number:
            new_column(title)
        paper.story.para("TableSmall", run(entry["text"]))
    paper.end_section(begins="continuous", columns=len(data["start"]["fails"]))


def _back(paper: Paper, data: Data) -> None:
    """Add what is looked up: misconceptions, words, sources, access and licence."""
    fixed, story = data["words"], paper.story
    if data["misconceptions"]:
        guide_head(story, data["kit"]["title"], fixed["misconceptions"])
        end_part(paper, NOWHERE)
        misconceptions(story, data)
        paper.end_section(begins="continuous", columns=2)
    if data["map"]:
        _map(story, data)
        end_part(paper, NOWHERE)
    if data["glossary"]:
        guide_head(story, data["kit"]["title"], fixed["words"])
        end_part(paper, NOWHERE)
        for entry in data["glossary"]:
            story.para("TableSmall", run(entry["term"], bold=True), run(f"\u2002{entry['definition']}"))
        paper.end_section(begins="continuous", columns=2)
    if data["references"]:
        guide_head(story, data["kit"]["title"], fixed["sources"])
        _sources(story, fixed, data["references"])
        end_part(paper, NOWHERE)
    if data["about"]:
        guide_head(story, data["kit"]["title"], fixed["about"])
        for part in ("access", "licence", "marks", "made"):
            story.para("Heading2", run(fixed[f"about-{part}"]))
            story.bullets(data["about"][part])
        end_part(paper, NOWHERE)


def _map(story: Story, data: Data) -> None:
    """Add the competences that each point addresses, and each framework with its gaps."""
    fixed, found = data["words"], data["map"]
    guide_head(story, data["kit"]["title"], fixed["map"])
    story.para("Lead", run(fixed["map-lead"]))
    rows = []
    for row in found["rows"]:
        absent = run(f" ({fixed['map-not-shown']})", style="Muted") if not row["shown"] else None
        text = content(run(f"{row['id']} ", bold=True), run(row["text"]), absent)
        rows.append([text, *(words(codes or "–") for codes in row["codes"])])
    each = story.measures.text * (1 - MAPPED) / len(found["heads"])
    heads = [words(head, "TableHead") for head in (fixed["map-point"], *found["heads"])]
    table(story, heads, rows, [story.measures.text * MAPPED, *([each] * len(found["heads"]))], alt=fixed["map"])
    story.para("Heading2", run(fixed["map-frameworks"]))
    for one in found["frameworks"]:
        story.para("TableSmall", run(f"{one['name']} ", bold=True), run(one["origin"], style="Muted"), before=2.0)
        for name in ("now", "later", "never"):
            if one[name]:
                story.para("TableSmall", run(f"{fixed[f'map-{name}']} ", bold=True), run(one[name]))


def _sources(story: Story, fixed: Data, references: list[Data]) -> None:
    rows = [
        [
            content(run(f"{one['who']} ", bold=True), run(one["work"])),
            *(words(one[part]) for part in ("version", "scope", "caveat")),
        ]
        for one in references
    ]
    widths = [story.measures.text * share for share in SOURCES]
    table(story, [words(head, "TableHead") for head in fixed["sources-head"]], rows, widths, alt=fixed["sources"])


# ---------------------------------------------------------------- quiz
# The quiz before and after, and its key, to edit.
QUIZ_NOWHERE = {"place": 0, "label": ""}
NUMBER_ENDS = 0.72  # of the width


def render_quiz(laid: LaidOut) -> bytes:
    """Return the sheet before and the sheet after as one document: the two sides of one leaf.

    Raises:
        Problems: for text that can't be printed.
    """
    galley = galley_for(laid)
    data = quiz_data(laid, galley)
    galley.report.raise_if_errors()
    paper = Paper(
        laid, galley, data, Measures(paper=data["paper"], asked=6.0, h2=10.5, body=10.0, lead=13.0), facing=True
    )
    for sheet in data["sheets"]:
        _sheet(paper, data, sheet)
    return paper.finished()


def _sheet(paper: Paper, data: Data, sheet: Data) -> None:
    """Add one side of the leaf: before on its front, after on its back, with the questions in two columns."""
    story, fixed = paper.story, data["words"]
    before = sheet["when"] == "before"
    mark = run(f"\u00a0{fixed['quiz-before-mark' if before else 'quiz-after-mark']}\u00a0", style="Number")
    story.para("Kicker", run(data["kit"]["title"]), tab(), mark)
    story.para("Heading1", run(sheet["title"]))
    story.para("Lead", run(f"{fixed['quiz-how']} {fixed['quiz-turn']}" if before else fixed["quiz-how"]))
    wide = story.measures.text
    stops = ((wide * NUMBER_ENDS, "left", "underscore"), (wide, "right", "underscore"))
    number, date = (run(f"{fixed[name]} ", style="Muted") for name in ("quiz-number", "date"))
    story.para("Fields", number, tab(), run("\u2002"), date, tab(), tabs=stops)
    feet = paper.footers(data["kit"]["licence"], "NUMPAGES", 2)
    paper.end_section(begins="oddPage" if before else "evenPage", references=feet)
    half = math.ceil(len(sheet["questions"]) / 2)
    rail = story.measures.rail
    column = Place(style="BodyText", left=rail, width=(wide - GAP) / 2 - rail, lists=True)
    for place, question in enumerate(sheet["questions"]):
        begin = len(story.out)
        heading = story.para("Heading2", *task_number(story, question["number"]), *story.runs(question["text"]))
        if place == half:
            new_column(heading)
        options_to_tick(story, [(o["letter"], o["runs"], False) for o in question["options"]], column, most=1)
        keep_together(story.out[begin:])
    paper.end_section(begins="continuous", columns=2)


def render_quiz_key(laid: LaidOut) -> bytes:
    """Return the key as a separate document, so that nobody prints it with the sheets.

    Raises:
        Problems: for text that can't be printed.
    """
    galley = galley_for(laid)
    data = quiz_data(laid, galley, key=True)
    galley.report.raise_if_errors()
    paper = Paper(laid, galley, data, replace(key_measures(data["paper"], asked=1.1), body=9.5, h2=9.5, lead=11.4))
    story, fixed = paper.story, data["words"]
    story.para("Heading1", run(fixed["quiz-key"]))
    story.para("Lead", run(fixed["quiz-key-how"]))
    for question in (*data["questions"], *data["later"]):
        _answered(story, fixed, question)
    story.gap()
    story.para("Given", run(fixed["quiz-type"]))
    for line in (data["columns"], data["example"]):
        story.para("Given", run(line, style="Code"))
    band = paper.header("default", QUIZ_NOWHERE, "hatch", "right", key_band(fixed, fixed["quiz-title"]))
    paper.end_section(references=(band, *paper.footers(data["kit"]["licence"], "NUMPAGES", 1)))
    return paper.finished()


def _answered(story: Story, fixed: Data, question: Data) -> None:
    begin = len(story.out)
    stage = question["stage"]
    where = run(f"\u2003{fixed['stage']}\u00a0{stage['label']}", style="Muted") if stage["place"] else None
    story.para("Heading2", *task_number(story, question["number"]), *story.runs(question["text"]), where)
    left = story.measures.rail
    for option in question["options"]:
        look = {"style": "Answer"} if option["right"] else {"bold": True}
        means = run(f"\u2003✓ {fixed['quiz-right']}", bold=True) if option["right"] else None
        stands = run(f"\u2003{option['stands']}", style="Muted") if option["stands"] and not option["right"] else means
        story.para(
            "Choices",
            run(f"\u00a0{option['letter']}\u00a0", **look), tab(), run("" if question["asked-later"] else f"\u00a0{option['later']}\u00a0", **look), tab(),
            *story.runs(option["runs"], bold=True if option["right"] else None), stands,
            tabs=((left + 7, "left", ""), (left + 14, "left", "")), indent=(left + 14, 14.0),
        )  # fmt: skip
    keep_together(story.out[begin:])
