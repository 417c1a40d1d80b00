"""Speaker notes: a notes page for each slide, with bold labels for its parts, and the notes master."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from workshop.model.blocks import Line, Run
from workshop.model.kit import NOTE_KINDS, Kit, Note
from workshop.model.theme import Box, Theme, inches
from workshop.render.office_xml import Element, el
from workshop.render.pptx.color import color, fill
from workshop.render.pptx.layouts import NUMBER_FIELD
from workshop.render.pptx.shapes import geometry, transform, tree
from workshop.render.pptx.text import Look, paragraph
from workshop.wording.messages import messages, say

IMAGE = Box(inches(0.75), inches(0.5), inches(6), inches(3.375))
TEXT = Box(inches(0.75), inches(4.1), inches(6), inches(5.1))
NUMBER = Box(inches(5.75), inches(9.4), inches(1), inches(0.3))
INDENT = inches(0.2)
TEXT_SIZE, NUMBER_SIZE, BETWEEN = 12, 10, 6  # points


def notes_master_xml(theme: Theme) -> Element:
    """Return the notes master: the slide's picture above, its notes below, always dark on white paper."""
    image = _holder(2, "Slide", el("p:ph", type="sldImg", idx=2), IMAGE, picture=True)
    text = _holder(3, "Notes", el("p:ph", type="body", sz="quarter", idx=3), TEXT, _prompt("Notes"))
    number = _holder(4, "Slide number", el("p:ph", type="sldNum", sz="quarter", idx=5), NUMBER, _number("en-GB", "‹#›"))
    return el(
        "p:notesMaster",
        el("p:cSld", el("p:bg", el("p:bgPr", fill("bg"), el("a:effectLst"))), tree(image, text, number)),
        el(
            "p:clrMap",
            **dict(zip(("bg1", "tx1", "bg2", "tx2"), _paper(dark=theme.dark), strict=True)),
            **{f"accent{k}": f"accent{k}" for k in range(1, 7)},
            hlink="hlink",
            folHlink="folHlink",
        ),
        el("p:notesStyle", *(_style(level) for level in range(9))),
    )


def _paper(*, dark: bool) -> tuple[str, str, str, str]:
    # In a dark theme, dk2 is a panel and lt2 a text colour; on paper only ink and white are safe
    return ("lt1", "dk1", "lt1", "dk1") if dark else ("lt1", "dk1", "lt2", "dk2")


def _style(level: int) -> Element:
    return el(
        f"a:lvl{level + 1}pPr",
        el("a:spcBef", el("a:spcPts", val=BETWEEN * 100)),
        el("a:defRPr", fill("ink"), el("a:latin", typeface="+mn-lt"), sz=TEXT_SIZE * 100),
        marL=INDENT * level,
        algn="l",
    )


def _holder(
    shape_id: int, name: str, mark: Element, box: Box | None, *content: Element, picture: bool = False
) -> Element:
    """Return a placeholder of a notes page, or of the master (with a box)."""
    outline = el("a:ln", el("a:solidFill", color("faint")), w=9525) if picture and box else None
    locks = el("a:spLocks", noGrp=True, noRot=True if picture else None, noChangeAspect=True if picture else None)
    body = el("p:txBody", el("a:bodyPr", lIns=0, tIns=0, rIns=0, bIns=0), el("a:lstStyle"), *content)
    return el(
        "p:sp",
        el("p:nvSpPr", el("p:cNvPr", id=shape_id, name=name), el("p:cNvSpPr", locks), el("p:nvPr", mark)),
        el("p:spPr", *([transform(box), geometry("rect"), outline] if box else [])),
        None if picture else body,
    )


def _prompt(text: str) -> Element:
    return el("a:p", el("a:r", el("a:rPr", lang="en-GB"), el("a:t", text=text)))


def _number(language: str, text: str) -> Element:
    look = el("a:rPr", el("a:latin", typeface="+mn-lt"), lang=language, sz=NUMBER_SIZE * 100)
    field = el("a:fld", look, el("a:t", text=text), id=NUMBER_FIELD, type="slidenum")
    return el("a:p", el("a:pPr", algn="r"), field)


def notes_xml(notes: Sequence[Note], number: int, look: Look, clock: str = "", then: str = "") -> Element:
    """Return a notes page.

    Args:
        notes: the notes in order; each part begins with its label.
        number: the slide's number.
        look: the look of text, including its language.
        clock: the line with time and minutes at the top; "" for none.
        then: the line at the bottom on a break or a block before the next slide; "" for none.
    """
    look = replace(look, size=TEXT_SIZE)  # on each run, since Impress doesn't read it from the notes master
    lines: list[Element] = []
    if clock:
        lines.append(paragraph((Run(clock, strong=True),), look))
    for note in notes:
        lines += _paragraphs(note, look)
    if then:
        lines.append(paragraph((Run(then, strong=True),), look))
    return el(
        "p:notes",
        el(
            "p:cSld",
            tree(
                _holder(2, "Slide", el("p:ph", type="sldImg"), None, picture=True),
                _holder(3, "Notes", el("p:ph", type="body", idx=1), None, *(lines or [paragraph((), look)])),
                _holder(
                    4,
                    "Slide number",
                    el("p:ph", type="sldNum", sz="quarter", idx=5),
                    None,
                    _number(look.language, str(number)),
                ),
            ),
        ),
        el("p:clrMapOvr", el("a:masterClrMapping")),
    )


def label(kind: str, language: str) -> str:
    """Return the label of a part of the notes; "" for a part without one."""
    return str(messages(language)["note-labels"][NOTE_KINDS.index(kind)]) if kind in NOTE_KINDS else ""


def clock_line(clock: str, minutes: float, language: str) -> str:
    """Return "09:45, 3 min", or just one of the two."""
    length = say(language, "minutes-short", minutes=f"{minutes:g}") if minutes else ""
    return ", ".join(filter(None, (clock, length)))


def interruptions(kit: Kit) -> dict[str, str]:
    """Return slide -> what the run sheet has between it and the next one: "Before the next slide: 10:38, 15 min, Break"."""
    found: dict[str, list[str]] = {}
    last = ""
    for row in kit.run_sheet:
        last = row.slides[-1] if row.slides else last
        if last and row.kind in ("break", "block"):
            what = f"{row.what} ({row.note})" if row.note and row.kind == "block" else row.what
            found.setdefault(last, []).append(f"{clock_line(row.clock, row.minutes, kit.language)}, {what}")
    return {slide: f"{say(kit.language, 'before-next')} {'; '.join(rows)}" for slide, rows in found.items()}


def _paragraphs(note: Note, look: Look) -> list[Element]:
    head = label(note.kind, look.language)
    made = []
    for k, line in enumerate(note.prose.lines):
        lead = (Run(f"{head}  ", strong=True),) if head and not k else ()
        made.append(paragraph((*lead, *line.runs), look, _properties(line)))
    return made


def _properties(line: Line) -> Element:
    before = el("a:spcBef", el("a:spcPts", val=BETWEEN * 100))
    if line.marker == "none":
        return el("a:pPr", before, marL=INDENT * line.level if line.level else None, lvl=line.level or None)
    if line.marker == "number":
        sign = el("a:buAutoNum", type="arabicPeriod", startAt=line.number if line.number > 1 else None)
    else:
        sign = el("a:buChar", char="•")
    return el("a:pPr", before, sign, marL=INDENT * (line.level + 1), indent=-INDENT, lvl=line.level or None)
