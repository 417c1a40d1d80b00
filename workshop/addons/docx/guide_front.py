"""The first pages of the guide to edit: page one, the run sheet, the print list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshop.addons.docx.docx_document import GAP
from workshop.addons.docx.docx_runs import checkbox, run, tab
from workshop.addons.docx.docx_tables import Cell, content, table, words
from workshop.addons.docx.sheet_twins import strip
from workshop.addons.docx.story import Story
from workshop.addons.docx.word_xml import Element, el

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
    above = data["occasion"] or data["kit"]["title"]
    guide_head(story, f"{above} · {fixed['guide-kicker']}", fixed["guide-first"])
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
