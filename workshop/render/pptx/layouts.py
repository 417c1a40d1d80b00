"""Layouts and the master: placeholders with the sizes, bullets and colours that slides inherit."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from workshop.layout import rail
from workshop.layout.measure import SECOND_LEVEL_BEFORE, level_size
from workshop.layouts.content import CONTENT
from workshop.model.theme import Box, Decor, LayoutSpec, Placeholder, Theme
from workshop.render.office_xml import Element, as_text, el, to_bytes
from workshop.render.pptx.color import fill, line
from workshop.render.pptx.shapes import block, rule, transform, tree
from workshop.render.pptx.text import bullet, deeper_bullet, spacing, type_of, written_size

TITLES = frozenset({"title", "ctrTitle"})
LEVELS = 3  # of a layout's placeholder; the master has all nine
MASTER_LEVELS = 9
NUMBER_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"


class Text(NamedTuple):
    """The fields of a placeholder that decide how its text looks."""

    bullet: str
    number_from: int
    before: float
    color: str
    mono: bool
    line: int
    sizes: tuple[float, ...]
    bold: bool
    track: int
    strike: bool
    align: str
    family: str


_text_of = attrgetter(*Text._fields)


class Types(NamedTuple):
    """The typeface of code; and of titles and of text, how many times smaller they are written, and their line pitch in percent."""

    mono: str
    title: tuple[float, int] = (1.0, 0)
    text: tuple[float, int] = (1.0, 0)


def types_of(theme: Theme) -> Types:
    """Return the typefaces of a theme."""
    return Types(theme.mono, type_of(theme, theme.heading or theme.font), type_of(theme, theme.font))


def level_properties(placeholder: Placeholder, level: int, types: Types) -> Element:
    """Return ``a:lvlNpPr``, from 0, with everything that text of this level inherits."""
    return _level_properties(Text(*_text_of(placeholder)), level, types)


# The hundred layouts of a theme repeat a few dozen looks of text and a few hundred placeholders, and a copy takes a tenth of
# the time of the original. What is remembered is never changed.
@lru_cache(2048)
def _level_properties(placeholder: Text, level: int, types: Types) -> Element:
    indents, look = bullet(placeholder.bullet, placeholder.number_from)
    if level:
        indents, look = deeper_bullet(min(level, 2)) if placeholder.bullet else bullet("")
    before = placeholder.before if not level else SECOND_LEVEL_BEFORE
    role = "muted" if level and placeholder.color == "ink" else placeholder.color
    # Impress uses a serif typeface for a footer without one
    face = types.mono if placeholder.mono else "+mj-lt" if placeholder.family else "+mn-lt"
    narrowing, tight = (1.0, 0) if placeholder.mono else types.title if placeholder.family else types.text
    return el(
        f"a:lvl{level + 1}pPr",
        el("a:lnSpc", el("a:spcPct", val=placeholder.line * (tight or 100) * 10)),
        el("a:spcBef", el("a:spcPts", val=round(before * 100))),
        *look,
        el(
            "a:defRPr",
            fill(role),
            el("a:latin", typeface=face),
            el("a:cs", typeface=face) if placeholder.mono else None,
            sz=written_size(level_size(placeholder.sizes[0], level), narrowing),
            b=placeholder.bold,
            spc=spacing(placeholder.track, level_size(placeholder.sizes[0], level)),
            strike="sngStrike" if placeholder.strike else None,
        ),
        algn={"left": "l", "center": "ctr", "right": "r"}.get(placeholder.align, placeholder.align),
        **indents,
    )


def placeholder_mark(placeholder: Placeholder, *, prompt: bool = False) -> Element | None:
    """Return ``p:ph``, the same for a layout and its slides; ``None`` if the layout has no placeholder."""
    if placeholder.idx < 0:
        return None
    return el(
        "p:ph",
        type=None if placeholder.type == "obj" else placeholder.type,
        idx=None if placeholder.type in TITLES else placeholder.idx,
        hasCustomPrompt=True if prompt else None,
    )


def body_properties(placeholder: Placeholder) -> Element:
    """Return ``a:bodyPr``: text is on the grid, so only filled boxes have insets."""
    anchor = {"top": "t", "middle": "ctr", "bottom": "b"}.get(placeholder.anchor, placeholder.anchor)
    return el(
        "a:bodyPr",
        el("a:noAutofit"),
        wrap="square",
        lIns=placeholder.inset,
        tIns=placeholder.inset_y,
        rIns=placeholder.inset,
        bIns=placeholder.inset_y,
        anchor=anchor,
    )


def layout_placeholder(placeholder: Placeholder, shape_id: int, types: Types, *, master: bool = False) -> Element:
    """Return a placeholder for a layout or the master, with its prompt."""
    if placeholder.type == "sldNum":
        content = el("a:fld", el("a:rPr", lang="en-GB"), el("a:t", text="‹#›"), id=NUMBER_FIELD, type="slidenum")
    else:
        content = el("a:r", el("a:rPr", lang="en-GB"), el("a:t", text=placeholder.name))
    foot = placeholder.type in {"ftr", "sldNum"}
    mark = placeholder_mark(placeholder, prompt=not master and not foot)
    if foot and mark is not None:
        mark.attributes["sz"] = "quarter"
    return el(
        "p:sp",
        el(
            "p:nvSpPr",
            el("p:cNvPr", id=shape_id, name=placeholder.name),
            el("p:cNvSpPr", el("a:spLocks", noGrp=True)),
            el("p:nvPr", mark),
        ),
        el(
            "p:spPr",
            transform(placeholder.box),
            el("a:prstGeom", el("a:avLst"), prst="rect") if master else None,
            fill(placeholder.fill) if placeholder.fill else None,
        ),
        el(
            "p:txBody",
            body_properties(placeholder),
            el(
                "a:lstStyle",
                *(level_properties(placeholder, level, types) for level in range(1 if foot else LEVELS)),
            ),
            el("a:p", content),
        ),
    )


def decor_shape(decor: Decor, shape_id: int) -> Element:
    """Return a decorative shape of a layout."""
    if decor.kind == "rect":
        return block(shape_id, f"Block {shape_id}", decor.box, decor.color, user_drawn=True)
    return rule(
        shape_id,
        f"Rule {shape_id}",
        decor.box,
        line(decor.color, decor.weight or 1, "dash" if decor.kind == "dash" else ""),
        user_drawn=True,
    )


def layout_xml(spec: LayoutSpec, theme: Theme) -> bytes:
    """Return one layout: decoration at the back, placeholders, foot."""
    placeholders = [*spec.placeholders, *(rail.at_foot(theme.foot) if spec.rail else ())]
    first = 2 + len(spec.decor)
    frame = el(
        "p:sldLayout",
        el("p:cSld", tree(el(SHAPES_HERE)), name=spec.name),
        el("p:clrMapOvr", el("a:masterClrMapping")),
        type=spec.type or None,
        preserve=True,
        userDrawn=True,
        showMasterSp=None if spec.rail else False,
    )
    shapes = [
        *(_decor_as_text(decor, 2 + k) for k, decor in enumerate(spec.decor)),
        *(_numbered(_placeholder_as_text(p, types_of(theme)), first + k) for k, p in enumerate(placeholders)),
    ]
    return to_bytes(frame).replace(as_text(el(SHAPES_HERE)), b"".join(shapes), 1)


SHAPES_HERE = "p:contentPart"


@lru_cache(2048)
def _placeholder_as_text(placeholder: Placeholder, types: Types) -> bytes:
    return as_text(layout_placeholder(placeholder, 0, types))


def _numbered(shape: bytes, shape_id: int) -> bytes:
    return shape.replace(b'id="0"', b'id="%d"' % shape_id, 1)


@lru_cache(2048)
def _decor_as_text(decor: Decor, shape_id: int) -> bytes:
    return as_text(decor_shape(decor, shape_id))


def master_xml(theme: Theme, layout_ids: Iterable[tuple[int, str]], stages: int) -> Element:
    """Return the master: rail, title, body, foot, the inverted colour map of a dark theme, all text styles.

    Args:
        theme: tokens and layouts; title and body come from the content layout.
        layout_ids: number and relationship id of each layout.
        stages: number of marks on the rail.
    """
    types, (title, body) = types_of(theme), _title_and_body(theme)
    shapes = [
        block(10 + k, f"Rail {k + 1}", box, "faint", user_drawn=True)
        for k, box in enumerate(rail.marks(stages, theme.foot))
    ]
    shapes += [layout_placeholder(p, 2 + k, types, master=True) for k, p in enumerate((title, body))]
    shapes += [layout_placeholder(p, 4 + k, types, master=True) for k, p in enumerate(rail.at_foot(theme.foot))]
    ground = el("p:bg", el("p:bgPr", fill("bg"), el("a:effectLst")))
    return el(
        "p:sldMaster",
        el("p:cSld", ground, tree(*shapes)),
        _color_map(theme),
        el("p:sldLayoutIdLst", *(el("p:sldLayoutId", id=number, r_id=rel) for number, rel in layout_ids)),
        el("p:hf", hdr=False, dt=False),
        el(
            "p:txStyles",
            el("p:titleStyle", level_properties(title, 0, types)),
            el("p:bodyStyle", *(level_properties(body, level, types) for level in range(MASTER_LEVELS))),
            el("p:otherStyle", *(_plain_level(level) for level in range(MASTER_LEVELS))),
        ),
        preserve=True,
    )


def _title_and_body(theme: Theme) -> tuple[Placeholder, Placeholder]:
    spec = theme.layouts.get(CONTENT.name) or next(iter(theme.layouts.values()))
    title = next((p for p in spec.placeholders if p.type in TITLES), None)
    body = spec.find("main")
    title = title or Placeholder(
        idx=0, type="title", name="Title", role="title", box=Box(*_TITLE_BOX), sizes=(32,), bold=True
    )
    body = body or Placeholder(
        idx=1, type="body", name="Text", role="main", box=Box(*_BODY_BOX), sizes=(24,), bullet="block", before=14
    )
    return (
        Placeholder(
            idx=0,
            type="title",
            name="Title",
            role="title",
            box=title.box,
            sizes=title.sizes,
            bold=True,
            line=title.line,
            track=title.track,
            family=title.family,
        ),
        Placeholder(
            idx=1,
            type="body",
            name="Text",
            role="main",
            box=body.box,
            sizes=body.sizes,
            bullet="block",
            before=body.before,
        ),
    )


_TITLE_BOX = (609_600, 457_200, 10_043_160, 1_060_704)
_BODY_BOX = (609_600, 1_755_648, 9_113_520, 4_023_360)


def _plain_level(level: int) -> Element:
    return el(
        f"a:lvl{level + 1}pPr",
        el("a:defRPr", fill("ink"), el("a:latin", typeface="+mn-lt"), sz=1800),
        marL=0,
        algn="l",
    )


def _color_map(theme: Theme) -> Element:
    ground = ("dk1", "lt1", "dk2", "lt2") if theme.dark else ("lt1", "dk1", "lt2", "dk2")
    slots = dict(zip(("bg1", "tx1", "bg2", "tx2"), ground, strict=True)) if theme.dress is None else theme.dress.mapping
    accents = {f"accent{k}": f"accent{k}" for k in range(1, 7)}
    return el("p:clrMap", **slots, **accents, hlink="hlink", folHlink="folHlink")
