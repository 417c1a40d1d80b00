"""Formulas and stage pictures as pictures, for pictures of slides, paper, and programs that don't know Office's equations."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from workshop.errors import ExitCode, Problem, WorkshopError
from workshop.files.temporary import temporary_folder
from workshop.fonts import ARIMO
from workshop.kept import kept
from workshop.layout.laid import LaidOut, LaidText
from workshop.model.formula import Accent, Brace, Fenced, Formula, Fraction, Grid, Node, Root, Row, Script, Sign
from workshop.model.theme import EMU_PER_POINT, Box
from workshop.render import press
from workshop.render.typst_process import run_typst

# Formulas as pictures, for slide pictures and for programs that don't know Office's equations; drawn by Typst, all at once.
DOTS = 300  # per inch of the slide
TEMPLATE = "formulas"


class Drawing(Struct, frozen=True):
    """A formula as PNG on a transparent ground, and its size in EMU."""

    png: bytes
    width: int
    height: int


class Wanted(Struct, frozen=True):
    """A formula with its size in points and its colour: "#" and six hex digits."""

    formula: Formula
    size: float
    color: str


class Drawings(Struct):
    """The formulas of a deck that stand in lines of their own; drawn together when the first is asked for.

    Args:
        laid: the deck.
        color: colour role -> colour, "#" and six hex digits.
    """

    laid: LaidOut
    color: Callable[[str], str]
    _made: dict[Wanted, Drawing] = field(default_factory=dict)

    def of(self, item: LaidText) -> Drawing:
        """Return the picture of the formula in a text that is nothing else."""
        wanted = self._wanted(item)
        if not self._made:
            found = dict.fromkeys(self._all())
            found.setdefault(wanted)
            self._made = drawn(tuple(found))
        if wanted not in self._made:
            self._made |= drawn((wanted,))
        return self._made[wanted]

    def _wanted(self, item: LaidText) -> Wanted:
        formula = item.lines[0].displayed
        assert formula is not None
        return Wanted(formula, item.size, self.color(item.placeholder.color))

    def _all(self) -> Iterator[Wanted]:
        for slide in self.laid.slides:
            for item in slide.items:
                if isinstance(item, LaidText) and is_formula(item):
                    yield self._wanted(item)


def natural_box(item: LaidText, drawing: Drawing) -> Box:
    """Return the middle of a formula's place: as large as its picture is, or smaller if there isn't room."""
    room = item.placeholder.box
    scale = min(1.0, room.w / drawing.width, room.h / drawing.height)
    wide, high = round(drawing.width * scale), round(drawing.height * scale)
    return Box(room.x + (room.w - wide) // 2, room.y + (room.h - high) // 2, wide, high)


def is_formula(item: LaidText) -> bool:
    """Whether a text is one formula and nothing else."""
    return len(item.lines) == 1 and item.lines[0].displayed is not None


def drawn(wanted: tuple[Wanted, ...]) -> dict[Wanted, Drawing]:
    """Return pictures of formulas; the same formula gives the same bytes.

    Raises:
        WorkshopError: exit code 3 if Typst can't draw them.
    """
    return kept(("formulas", wanted), lambda: _drawn(wanted))


def _drawn(wanted: tuple[Wanted, ...]) -> dict[Wanted, Drawing]:
    data = [{"formula": _data(one.formula.body), "size": one.size, "color": one.color} for one in wanted]
    with temporary_folder("formulas") as root:
        template = Path(__file__).with_name(f"{TEMPLATE}.typ")
        shutil.copyfile(template, root / template.name)
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        run_typst(root, TEMPLATE, [str(ARIMO.parent)], (), ppi=DOTS)
        if (root / press.REFUSED).exists():
            said = json.loads((root / press.REFUSED).read_text("utf-8"))["message"]
            raise WorkshopError(Problem(f"Typst couldn't draw the formulas: {said}", code="typeset"), ExitCode.MACHINE)
        lengths = json.loads((root / press.MARKS).read_text("utf-8"))[press.LENGTHS]
        whole = (root / press.SET).read_bytes()
    found, start = {}, 0
    for one, length in zip(wanted, lengths, strict=True):
        png = whole[start : start + length]
        start += length
        width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))  # in the header of every PNG
        found[one] = Drawing(png, *(round(side * 72 / DOTS * EMU_PER_POINT) for side in (width, height)))
    return found


def _data(node: Node | None) -> list[Any] | None:
    """Return a node as plain data for the template."""
    match node:
        case None:
            return None
        case Sign(text, kind, style):
            return ["sign", text, kind, style]
        case Row(parts):
            return ["row", [_data(part) for part in parts]]
        case Script(base, sub, sup, stacked):
            return ["script", _data(base), _data(sub), _data(sup), stacked]
        case Fraction(above, below, bar):
            return ["fraction", _data(above), _data(below), bar]
        case Root(inside, degree):
            return ["root", _data(inside), _data(degree)]
        case Fenced(left, inside, right):
            return ["fenced", left, _data(inside), right]
        case Accent(mark, inside):
            return ["accent", mark, _data(inside)]
        case Brace(inside, above):
            return ["brace", _data(inside), above]
        case Grid(kind=kind, rows=rows, left=left, right=right):
            return ["grid", kind, [[_data(cell) for cell in line] for line in rows], left, right]
