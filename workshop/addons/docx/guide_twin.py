"""The facilitator's guide to edit."""

from __future__ import annotations

from workshop.addons.docx.docx_document import Paper
from workshop.addons.docx.docx_runs import run
from workshop.addons.docx.docx_tables import content, table, words
from workshop.addons.docx.guide_front import (
    Data,
    check_list,
    guide_head,
    handing_out,
    new_column,
    print_page,
    run_page,
    stage_mark,
    start_page,
)
from workshop.addons.docx.guide_stages import misconceptions, stage_head, stage_lists, stage_script
from workshop.addons.docx.measures import guide_measures
from workshop.addons.docx.story import Story
from workshop.layout.laid import LaidOut
from workshop.render.print.figures import galley_for
from workshop.render.print.guide import facilitator_data

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
