"""Statements as tiles: two to four items that begin in bold, each with its picture, its number or its figure on top."""

from __future__ import annotations

import re

from msgspec.structs import replace

from workshop.constructs.table import text_of
from workshop.layout.context import Desk, placed, rows_of
from workshop.layout.fit import common_size, fit_text, moved
from workshop.layout.laid import LaidItem, LaidShapes, LaidText, Shape
from workshop.layout.slots import exhibits_of
from workshop.layouts import traits
from workshop.layouts.bold_start import statement
from workshop.layouts.frames import MOST_LEARNT
from workshop.model.blocks import Line, Run
from workshop.model.kit import Slide
from workshop.model.stage_picture import StagePicture
from workshop.model.theme import Box, LayoutSpec, Placeholder, inches

# ---------------------------------------------------------------- statements
MOST_WORDS = 14  # of the sentence on a tile
LARGE_PHRASES, LARGE_SENTENCES = (
    (48.0, 44.0, 40.0, 36.0),
    (36.0, 32.0, 28.0, 26.0, 24.0, 22.0),
)  # on tiles without numbers
UNDER_PHRASE = inches(0.2)
FIGURE_LETTERS = 5  # a bold start of at most so many, with a digit in it, is the tile's figure


def statements_of(slide: Slide) -> tuple[tuple[str, Line], ...]:
    """Return the phrases of two to four statements, or of up to five with drawings, each with the sentence that goes on from it.

    A statement is an item without a second level that begins in bold: the bold words are the phrase. Any other list has none.
    """
    if "lists" not in traits(slide.layout) or exhibits_of(slide.slot("main")):
        return ()
    lines = text_of(slide.slot("main"))
    drawn = all(line.picture for line in lines)
    if not 2 <= len(lines) <= 4 + drawn or any(line.level or line.step or line.marker == "none" for line in lines):
        return ()
    found = tuple(statement(line) for line in lines)
    return found if all(phrase and len(rest.text.split()) <= MOST_WORDS for phrase, rest in found) else ()


def pictures_of(desk: Desk, slide: Slide) -> tuple[tuple[str, StagePicture], ...]:
    """Return the link and the picture of each statement, if all have one: a drawing, or that of the stage that its bold words lead to."""
    found = []
    for line in text_of(slide.slot("main")):
        link = next((run.link for run in line.runs if run.text.strip()), "")
        if line.picture is not None:
            found.append((link, line.picture))
            continue
        mark = desk.marks.get(link.removeprefix("#"))
        if mark is None or mark.picture is None:
            return ()
        found.append((link, mark.picture))
    return tuple(found)


def lay_pictures(desk: Desk, spec: LayoutSpec, slide: Slide) -> list[LaidItem]:
    """Return the pictures on the tiles of a look that has places for them, each leading to its stage, or beside what was learnt."""
    shown = (
        [("", picture) for _, picture in learnt_of(desk, slide)]
        if "closes" in traits(spec.role)
        else pictures_of(desk, slide)
    )
    shapes = (
        Shape(
            kind="picture",
            box=placed(place.box, picture),
            fill=place.ground,
            picture=picture,
            alt=picture.alt,
            link=link,
        )
        for place, (link, picture) in zip(spec.pictures, shown, strict=False)
    )
    return [LaidShapes((shape,)) for shape in shapes]


def learnt_of(desk: Desk, slide: Slide) -> tuple[tuple[Line, StagePicture], ...]:
    """Return each line of a closing slide with the picture of its section; nothing unless all of them have one."""
    lines = [line for side in ("left", "right") for line in text_of(slide.slot(side))]
    pictures = {mark.number: mark.picture for mark in desk.marks.values()}
    found = [(line, picture) for line in lines if (picture := pictures.get(line.number)) is not None]
    return tuple(found) if len(found) == len(lines) <= MOST_LEARNT else ()


def lay_learnt(desk: Desk, spec: LayoutSpec, slide: Slide) -> dict[str, LaidItem | None]:
    """Return the number and the text of each line of a closing slide, if the look has places for them, at one size."""
    if "closes" not in traits(spec.role) or not spec.pictures:
        return {}
    found = dict[str, LaidItem | None]()
    for n, (line, _) in enumerate(learnt_of(desk, slide), 1):
        texts = {f"order-{n}": (Run(str(line.number)),), f"sentence-{n}": line.runs}
        for role, runs in texts.items():
            if (place := spec.find(role)) is not None:
                found[role] = fit_text(desk, place, (replace(line, runs=runs, marker="none"),), slide.at)
    return _alike(desk, found, slide)


def lay_tiles(desk: Desk, spec: LayoutSpec, slide: Slide) -> dict[str, LaidItem | None]:
    """Return what is on each tile by role: its number or its figure, a phrase, a sentence."""
    if spec.find("phrase-1") is None:
        return {}
    found: dict[str, LaidItem | None] = {}
    statements = statements_of(slide)
    if spec.pictures:
        return _pictured(desk, spec, statements, slide)
    figures = all(_is_figure(phrase) for phrase, _ in statements)
    if not figures and not all(line.marker == "number" for line in text_of(slide.slot("main"))):
        return _unnumbered(desk, spec, statements, slide)
    for n, (phrase, rest) in enumerate(statements, 1):
        texts = {f"sentence-{n}": rest}
        if figures:
            texts[f"order-{n}"] = replace(rest, runs=(Run(phrase),))
        else:
            texts |= {
                f"order-{n}": replace(rest, runs=(Run(str(n)),)),
                f"phrase-{n}": replace(rest, runs=(Run(phrase),)),
            }
        for role, line in texts.items():
            place = spec.find(role)
            if place is not None and line.runs:
                found[role] = fit_text(desk, place, (line,), slide.at)
    return _alike(desk, found, slide)


def _pictured(
    desk: Desk, spec: LayoutSpec, statements: tuple[tuple[str, Line], ...], slide: Slide
) -> dict[str, LaidItem | None]:
    """Return phrases on one line, if they can be, and the sentences under them."""
    found = dict[str, LaidItem | None]()
    for n, (phrase, rest) in enumerate(statements, 1):
        head, below = spec.find(f"phrase-{n}"), spec.find(f"sentence-{n}")
        if head is not None:
            sizes = _on_one_line(desk, head, [phrase for phrase, _ in statements])
            found[f"phrase-{n}"] = fit_text(
                desk, replace(head, sizes=sizes), (replace(rest, runs=(Run(phrase),)),), slide.at
            )
        if below is not None and rest.runs:
            found[f"sentence-{n}"] = fit_text(desk, below, (rest,), slide.at)
    return _alike(desk, found, slide)


def _unnumbered(
    desk: Desk, spec: LayoutSpec, statements: tuple[tuple[str, Line], ...], slide: Slide
) -> dict[str, LaidItem | None]:
    """Return statements that are in no order: a phrase at the top of each tile, and a large sentence right under the highest."""
    tops = [place.box.y for n in range(1, len(statements) + 1) if (place := spec.find(f"order-{n}"))]
    phrases, sentences = dict[str, LaidItem | None](), dict[str, LaidItem | None]()
    for n, (phrase, rest) in enumerate(statements, 1):
        place = spec.find(f"phrase-{n}")
        if place is not None:
            there = replace(
                moved(place, Box(place.box.x, min(tops), place.box.w, place.box.h)),
                sizes=_on_one_line(desk, place, [phrase for phrase, _ in statements]),
            )
            phrases[f"phrase-{n}"] = fit_text(desk, there, (replace(rest, runs=(Run(phrase),)),), slide.at)
    phrases = _alike(desk, phrases, slide)
    shown = {role: item for role, item in phrases.items() if isinstance(item, LaidText)}
    largest = min((item.size for item in shown.values()), default=0) - 2
    high = max((item.height + 2 * item.placeholder.inset_y for item in shown.values()), default=0)
    for role, item in shown.items():
        box = item.placeholder.box
        phrases[role] = replace(item, placeholder=moved(item.placeholder, Box(box.x, box.y, box.w, high)))
    under = min(tops) + high + UNDER_PHRASE
    for n, (_, rest) in enumerate(statements, 1):
        place = spec.find(f"sentence-{n}")
        if place is not None and rest.runs:
            sizes = tuple(size for size in LARGE_SENTENCES if size <= largest) or place.sizes[-1:]
            area = Box(place.box.x, under, place.box.w, place.box.bottom - under)
            sentences[f"sentence-{n}"] = fit_text(desk, replace(moved(place, area), sizes=sizes), (rest,), slide.at)
    return phrases | _alike(desk, sentences, slide)


def _on_one_line(desk: Desk, place: Placeholder, phrases: list[str]) -> tuple[float, ...]:
    """Return the sizes from the largest at which each phrase takes one line; if there is none, all of them."""
    sizes = (*(size for size in LARGE_PHRASES if size > place.sizes[0]), *place.sizes)
    lines = [Line((Run(phrase, strong=True),)) for phrase in phrases]
    width = place.box.w - 2 * place.inset
    fitting = (
        k for k, size in enumerate(sizes) if all(rows_of(desk.ruler, line, size, width) == (1, False) for line in lines)
    )
    return sizes[next(fitting, 0) :]


def _alike(desk: Desk, found: dict[str, LaidItem | None], slide: Slide) -> dict[str, LaidItem | None]:
    """Return the texts with all phrases, and all sentences, at the smallest size of them."""
    made = dict(found)
    for kind in ("order", "phrase", "sentence"):
        texts = {role: item for role, item in found.items() if role.startswith(kind) and isinstance(item, LaidText)}
        size = min((item.size for item in texts.values()), default=0)
        for role, item in texts.items():
            made[role] = fit_text(desk, item.placeholder, item.lines, slide.at, size)
    return made


def _is_figure(phrase: str) -> bool:
    return len(phrase) <= FIGURE_LETTERS and any(character.isdigit() for character in phrase)


# ---------------------------------------------------------------- units
# A share drawn as squares: for sixteen per cent, sixteen of a hundred squares are filled, from the foot.
LOOK = "field"
MOST = 100
PER_ROW = ((10, 5), (30, 10), (MOST, 10))  # up to so many squares, so many per row: the fewer they are, the larger
TWO = 2  # shares that are shown side by side
SQUARE = 0.84  # side of a square, relative to the pitch
_PERCENT = re.compile(r"(?:\D*\s)?(\d{1,2}(?:\.\d+)?)\s*%")
_OF = re.compile(r"(\d{1,2})\s+(?:in|of)\s+(\d{1,3})")


def share_of(slide: Slide, figure: str = "") -> tuple[float, int] | None:
    """Return the numbers of filled squares and of all squares: (16, 100) for "16%", (6.5, 100) for "about 6.5%", (1, 7) for "1 in 7".

    The result is ``None`` for any other number, and if no square or all of them would be filled.

    Args:
        figure: the figure of a finding, on a slide without a number.
    """
    return _share("".join(line.text for line in text_of(slide.slot("number"))).strip() or figure)


def shares_of(slide: Slide) -> tuple[tuple[str, Line, tuple[float, int]], ...]:
    """Return the figure, the words and the share of each of two items of a finding that begin with a share in bold; else nothing."""
    lines = text_of(slide.slot("finding"))
    if len(lines) != TWO or any(line.marker == "none" for line in lines):
        return ()
    found = []
    for line in lines:
        figure, rest = statement(line)
        share = _share(figure)
        if share is None or not rest.runs:
            return ()
        found.append((figure, rest, share))
    return tuple(found)


def lay_shares(desk: Desk, spec: LayoutSpec, slide: Slide) -> dict[str, LaidItem | None]:
    """Return the figures of two shares and their words, all figures and all words at one size."""
    found: dict[str, LaidItem | None] = {}
    if not spec.pictures or spec.find("figure-1") is None:
        return found
    shares = shares_of(slide)
    for role, k in (("figure", 0), ("meaning", 1)):
        texts = [(Line((Run(share[0]),)) if not k else share[1],) for share in shares]
        places = [place for n in range(1, len(texts) + 1) if (place := spec.find(f"{role}-{n}"))]
        cap = min(common_size(desk.ruler, place, [lines]) for place, lines in zip(places, texts, strict=True))
        found |= {p.role: fit_text(desk, p, lines, slide.at, cap) for p, lines in zip(places, texts, strict=True)}
    return found


def lay_fields(desk: Desk, spec: LayoutSpec, slide: Slide) -> list[LaidItem | None]:
    """Return the fields of squares of two shares."""
    pairs = zip(spec.pictures, shares_of(slide), strict=False)
    return [lay_units(desk, replace(spec, area=place.box), share) for place, (_, _, share) in pairs]


def _share(text: str) -> tuple[float, int] | None:
    if found := _PERCENT.fullmatch(text):
        filled, total = float(found[1]), MOST
    elif found := _OF.fullmatch(text):
        filled, total = float(found[1]), int(found[2])
    else:
        return None
    return (filled, total) if 0 < filled < total <= MOST else None


def lay_units(desk: Desk, spec: LayoutSpec, share: tuple[float, int] | None) -> LaidShapes | None:
    """Return the squares at the foot of the layout's area, row by row, as one group; a part of one stands for the decimals."""
    if share is None or spec.area is None:
        return None
    filled, total = share
    per_row = next(per_row for most, per_row in PER_ROW if total <= most)
    rows = -(-total // per_row)
    pitch = min(spec.area.w // per_row, spec.area.h // rows)
    side = round(pitch * SQUARE)
    left, foot = spec.area.right - per_row * pitch + pitch - side, spec.area.bottom
    squares = []
    for k in range(total):
        box = Box(left + k % per_row * pitch, foot - (k // per_row) * pitch - side, side, side)
        part = round(side * min(1.0, max(0.0, filled - k)))
        if part:
            squares.append(Shape(kind="rect", box=Box(box.x, box.y, part, side), fill="accent"))
        if part < side:
            rest = Box(box.x + part, box.y, side - part, side)
            squares.append(Shape(kind="rect", box=rest, outline="muted", weight=0.75))
    return LaidShapes(tuple(squares), str(desk.words["units-alt"]).format(filled=f"{filled:g}", total=total))
