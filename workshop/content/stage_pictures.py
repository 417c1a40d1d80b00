"""Reads the file of drawings that kit.yaml names: display lists as text, one shape per line, checked before they are drawn.

A line is an ink, a shape, and its numbers: ``figure block 2 92 96 7``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Annotated

from msgspec import Struct
from pydantic import Field

from workshop import limits
from workshop.content.metadata import is_valid
from workshop.content.source_text import display, read_text
from workshop.content.vocabulary import near
from workshop.errors import Report, did_you_mean
from workshop.inputs.yaml_text import Key, Tree, parse_yaml
from workshop.model.closed import Closed
from workshop.model.numbers import decimal, whole
from workshop.model.theme import COVER, INKS, OPEN, Command, Outline, StagePicture

SQUARE, SLIDE = (100.0, 100.0), (100.0, 56.25)  # the box of a drawing, and that of the cover's
LEAST_SIDE, MOST_SIDE = 20, 1000  # units of a box of its own
ROUND = 0.5523  # distance of the control points of a quarter circle, in radii
LEAF = 0.84  # radius of a leaf's two round corners, as a share of its side
RIB = (0.2, 0.66, 0.1)  # where a leaf's rib begins and ends, and its width, as shares of its side
SLACK = 0.01  # units by which rounding may put an outline beyond its box
DIRECTIONS = {"up-right": (1, -1), "up-left": (-1, -1), "down-right": (1, 1), "down-left": (-1, 1)}
MOST = 9999  # of any number in a picture
_ARGUMENTS = {"M": 2, "L": 2, "C": 6, "Z": 0}


class PictureSchema(Closed):
    """One drawing of the file; ``size`` is the width and height of one that isn't square."""

    alt: Annotated[str, Field(min_length=1)]
    size: str = ""
    draw: Annotated[list[str], Field(min_length=1)]


class _LineError(Exception):
    """A line that can't be drawn: message and hint."""


def read_stage_pictures(path: Path, stages: Collection[str], report: Report) -> Mapping[str, StagePicture]:
    """Return the pictures of a file by name; every problem is reported, and a picture with an error is left out.

    Args:
        path: the file.
        stages: ids of the sections, whose pictures are those with their names.
    """
    text = read_text(path, report)
    tree = parse_yaml(text, display(path), report) if text is not None else None
    if tree is None:
        return {}
    if not isinstance(tree.value, dict):
        report.error("this file must be keys with values", tree.at(()), "write section: {alt: …, draw: […]}", "schema")
        return {}
    if len(tree.value) > limits.PICTURES:
        message = f"this file has {len(tree.value):,} pictures; the limit is {limits.PICTURES}"
        report.error(message, tree.at(()), "take some out", "too-large")
        return {}
    pictures, wanting = {}, [stage for stage in stages if stage not in tree.value]
    for name in tree.value:
        if not is_valid(PictureSchema, tree, report, (name,)):
            continue
        if name not in stages and near(name, wanting):
            hint = f"{did_you_mean(name, wanting)} A drawing of its own is better named otherwise"
            report.warn(f"no section is named {name!r}", tree.at((name,)), hint, "unknown-stage")
        box = _box(tree, name, report)
        if box is None:
            continue
        reader = _Reader(tree, name, box, report, asks=name in stages or name == COVER)
        if (picture := reader.picture()) is not None:
            pictures[name] = picture
    return pictures


def _box(tree: Tree, name: str, report: Report) -> tuple[float, float] | None:
    """Return the width and height of a picture in units, or ``None`` after reporting that its size isn't one."""
    given = tree.get((name,)).get("size")
    if not given:
        return SLIDE if name == COVER else SQUARE
    sides = [whole(side, LEAST_SIDE, MOST_SIDE) for side in given.split()]
    if len(sides) != 2 or None in sides:
        hint = f"write two numbers from {LEAST_SIDE} to {MOST_SIDE}, its width and height: size: 240 100"
        report.error(f"'{given[:20]}' isn't the size of a picture", tree.at((name, "size")), hint, "picture")
        return None
    return float(sides[0] or 0), float(sides[1] or 0)


class _Reader(Struct, frozen=True):
    tree: Tree
    name: str
    box: tuple[float, float]
    report: Report
    asks: bool = False

    def picture(self) -> StagePicture | None:
        given = self.tree.get((self.name,))
        lines: list[str] = given["draw"]
        at = self.tree.at((self.name,))
        if len(lines) > limits.PICTURE_SHAPES:
            message = f"this picture has {len(lines):,} shapes; the limit is {limits.PICTURE_SHAPES}"
            self.report.error(message, at, "draw it more simply", "too-large")
            return None
        made = [self.outlines(line, (self.name, "draw", k)) for k, line in enumerate(lines)]
        if any(outlines is None for outlines in made):
            return None
        outlines = tuple(outline for found in made for outline in found or ())
        if self.asks and not any(outline.ink == OPEN for outline in outlines):
            hint = "draw one thing with the ink open: what this section asks"
            self.report.warn(f"nothing in the picture of {self.name!r} is open", at, hint, "picture")
        return StagePicture(name=self.name, alt=given["alt"], width=self.box[0], height=self.box[1], outlines=outlines)

    def outlines(self, line: str, key: Key) -> tuple[Outline, ...] | None:
        """Return the outlines that a line draws, or ``None`` after reporting what is wrong with it."""
        try:
            outlines = _drawn(line)
            for outline in outlines:
                self.check_box(outline)
        except _LineError as error:
            message, hint = error.args
            self.report.error(message, self.tree.at(key), hint, "picture")
            return None
        return outlines

    def check_box(self, outline: Outline) -> None:
        wide, high = self.box
        for _, numbers in outline.path:
            for x, y in zip(numbers[::2], numbers[1::2], strict=True):
                if not (-SLACK <= x <= wide + SLACK and -SLACK <= y <= high + SLACK):
                    raise _LineError(
                        f"this reaches {x:g} {y:g}, outside the picture", f"stay within {wide:g} by {high:g}"
                    )


def _drawn(line: str) -> tuple[Outline, ...]:
    words = line.split()
    if len(words) > limits.PICTURE_WORDS:
        raise _LineError(
            f"this line has {len(words):,} words; the limit is {limits.PICTURE_WORDS}", "split it into several lines"
        )
    if len(words) < 3:
        raise _LineError(
            f"'{line[:40]}' isn't a shape", "write an ink, a shape and its numbers: figure block 2 92 96 7"
        )
    ink, kind, *rest = words
    if ink not in INKS:
        raise _LineError(f"there is no ink '{ink}'", did_you_mean(ink, INKS))
    if kind not in SHAPES:
        raise _LineError(f"there is no shape '{kind}'", did_you_mean(kind, SHAPES))
    return SHAPES[kind](ink, rest)


def _numbers(words: list[str], names: str) -> list[float]:
    """Return one number for each name; the hint lists the names."""
    hint = f"its numbers are: {names}"
    if len(words) != len(names.split()):
        raise _LineError(f"this shape has {len(words)} numbers, not {len(names.split())}", hint)
    return [_number(word, hint) for word in words]


def _number(word: str, hint: str) -> float:
    number = decimal(word, -MOST, MOST)
    if number is None:
        raise _LineError(f"'{word[:20]}' isn't a number", hint)
    return number


def _polygon_of(points: list[tuple[float, float]]) -> tuple[Command, ...]:
    first, *others = points
    return (("M", first), *(("L", point) for point in others), ("Z", ()))


def _block(ink: str, words: list[str]) -> tuple[Outline, ...]:
    x, y, w, h = _numbers(words, "left top width height")
    return (Outline(ink, _polygon_of([(x, y), (x + w, y), (x + w, y + h), (x, y + h)])),)


def _disc(ink: str, words: list[str]) -> tuple[Outline, ...]:
    x, y, r = _numbers(words, "middle-x middle-y radius")
    k = r * ROUND
    return (
        Outline(
            ink,
            (
                ("M", (x, y - r)),
                ("C", (x + k, y - r, x + r, y - k, x + r, y)),
                ("C", (x + r, y + k, x + k, y + r, x, y + r)),
                ("C", (x - k, y + r, x - r, y + k, x - r, y)),
                ("C", (x - r, y - k, x - k, y - r, x, y - r)),
                ("Z", ()),
            ),
        ),
    )


def _leaf(ink: str, words: list[str]) -> tuple[Outline, ...]:
    """Return a block with two opposite round corners, and a rib if an ink is named for it."""
    hint = "write x y of its stalk, its side, a direction such as up-right, and an ink if it has a rib"
    if len(words) not in (4, 5):
        raise _LineError("a leaf has three numbers and a direction", hint)
    x, y, side = (_number(word, hint) for word in words[:3])
    way, rib = words[3], words[4] if len(words) > 4 else ""
    if way not in DIRECTIONS:
        raise _LineError(f"there is no direction '{way}'", did_you_mean(way, DIRECTIONS))
    if rib and rib not in INKS:
        raise _LineError(f"there is no ink '{rib}'", did_you_mean(rib, INKS))
    right, down = DIRECTIONS[way]

    def at(along: float, up: float) -> tuple[float, float]:
        return x + right * along * side, y + down * up * side

    bend = LEAF * (1 - ROUND)
    edge: tuple[Command, ...] = (
        ("M", at(0, 0)),
        ("L", at(0, 1 - LEAF)),
        ("C", (*at(0, 1 - bend), *at(bend, 1), *at(LEAF, 1))),
        ("L", at(1, 1)),
        ("L", at(1, LEAF)),
        ("C", (*at(1, bend), *at(1 - bend, 0), *at(1 - LEAF, 0))),
        ("Z", ()),
    )
    start, end, width = RIB
    line = Outline(rib, (("M", at(start, start)), ("L", at(end, end))), max(2.2, width * side))
    return (Outline(ink, edge), *((line,) if rib else ()))


def _question(ink: str, words: list[str]) -> tuple[Outline, ...]:
    """Return a question mark: one stroke and a block."""
    x, y, height = _numbers(words, "middle-x middle-y height")
    pen, arm = height * 0.2, height * 0.26
    top, foot = y - height / 2 + pen / 2, y + height * 0.19
    bow: tuple[Command, ...] = (
        ("M", (x - arm, top + arm)),
        ("C", (x - arm, top + arm * 0.44, x - arm * 0.56, top, x, top)),
        ("C", (x + arm * 0.6, top, x + arm, top + arm * 0.42, x + arm, top + arm * 0.96)),
        ("C", (x + arm, top + arm * 1.8, x, top + arm * 1.6, x, foot)),
    )
    return (Outline(ink, bow, pen), *_block(ink, [f"{v:.4f}" for v in (x - pen / 2, y + height / 2 - pen, pen, pen)]))


def _polygon(ink: str, words: list[str]) -> tuple[Outline, ...]:
    hint = "write x y of each corner: 10 10 20 10 15 20"
    if len(words) < 6 or len(words) % 2:
        raise _LineError("a polygon has at least three corners, each with x and y", hint)
    values = [_number(word, hint) for word in words]
    return (Outline(ink, _polygon_of(list(zip(values[::2], values[1::2], strict=True)))),)


def _line(ink: str, words: list[str]) -> tuple[Outline, ...]:
    x1, y1, x2, y2, width = _numbers(words, "x1 y1 x2 y2 width")
    return (Outline(ink, (("M", (x1, y1)), ("L", (x2, y2))), _pen(width)),)


def _curve(ink: str, words: list[str]) -> tuple[Outline, ...]:
    return (Outline(ink, _path_of(words[1:], closed=False), _pen(_number(words[0], "a curve begins with its width"))),)


def _path(ink: str, words: list[str]) -> tuple[Outline, ...]:
    return (Outline(ink, _path_of(words, closed=True)),)


def _pen(width: float) -> float:
    if not width > 0:
        raise _LineError("the width of a stroke is more than 0", "4 can be seen from the back row")
    return width


def _path_of(words: list[str], *, closed: bool) -> tuple[Command, ...]:
    """Return the commands of a path; an area must close each of its parts."""
    hint = "write M x y, L x y, C x1 y1 x2 y2 x y and Z, separated by spaces"
    made: list[Command] = []
    while words:
        letter, *words = words
        if letter not in _ARGUMENTS:
            raise _LineError(f"there is no command '{letter[:20]}' in a path", hint)
        count = _ARGUMENTS[letter]
        if len(words) < count or (not made and letter != "M"):
            raise _LineError(f"the path is incomplete at '{letter}'", hint)
        made.append((letter, tuple(_number(word, hint) for word in words[:count])))
        words = words[count:]
    if closed and (not made or made[-1][0] != "Z"):
        raise _LineError("the path of an area isn't closed", "end it with Z, or draw a curve")
    return tuple(made)


SHAPES: Mapping[str, Callable[[str, list[str]], tuple[Outline, ...]]] = {
    "block": _block,
    "disc": _disc,
    "leaf": _leaf,
    "question": _question,
    "polygon": _polygon,
    "path": _path,
    "line": _line,
    "curve": _curve,
}
