"""A laid-out slide as one SVG; lengths are in points."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from workshop.errors import At
from workshop.fonts import ARIMO
from workshop.inputs.pictures import PictureError, read_picture
from workshop.layout import rail
from workshop.layout.laid import LaidOut, LaidSlide
from workshop.layout.measure import Ruler, Style
from workshop.layout.scene import SCRIM
from workshop.layouts import traits
from workshop.model.blocks import NOWHERE, Run
from workshop.model.theme import Box, Decor, Placeholder, Theme
from workshop.render.formulas import Drawings
from workshop.render.office_xml import clean
from workshop.render.svg.grounds import Grounds
from workshop.render.svg.inks import screen_inks
from workshop.render.svg.items import item
from workshop.render.svg.pen import Behind, Pen, image, place, pt
from workshop.render.svg.svg_text import Paragraph, Setting, text
from workshop.wording.languages import is_rtl


def draw_slide(pen: Pen, laid: LaidOut, slide: LaidSlide) -> str:
    """Return a slide as an SVG of the deck's proportions."""
    theme = laid.theme
    whole = Box(0, 0, theme.width, theme.height)
    parts = [pen.rect(whole, "bg")]
    if pen.grounds is not None:
        parts += _theirs(pen, pen.grounds, laid, slide)
    if not slide.layout.part:
        parts += _furniture(pen, laid, slide)
    if slide.slide.background is not None:
        parts.append(image(whole, pen.picture(slide.slide.background, slide.slide.at, whole)))
        parts.append(f'<rect {place(whole)} {pen.inks.fill("bg")} opacity="{SCRIM / 100:g}"/>')
    parts += [_decor(pen, decor) for decor in slide.layout.decor]
    parts += [item(pen, found, slide.layout) for found in slide.items]
    if (timer := rail.timer(slide)) is not None:
        parts.append(pen.rect(timer[0], "on_open"))
    if not slide.layout.part and slide.layout.rail:
        parts += _foot(pen, laid, slide)
    size = f'viewBox="0 0 {pt(theme.width)} {pt(theme.height)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{pen.faces(theme.font)}">'
        + "".join(parts)
        + "</svg>"
    )


def _furniture(pen: Pen, laid: LaidOut, slide: LaidSlide) -> list[str]:
    """Return what our own master and layouts have behind every slide: the marks of the rail, and the logo."""
    theme = laid.theme
    marks = rail.marks(len(laid.kit.marks), theme.foot) if slide.layout.rail else ()
    logo = theme.logo if slide.layout.rail else theme.cover_logo
    drawn = [pen.rects(marks, "faint")]
    return [*drawn, image(logo.box, pen.picture(logo.path, NOWHERE, logo.box))] if logo is not None else drawn


def _theirs(pen: Pen, grounds: Behind, laid: LaidOut, slide: LaidSlide) -> Iterator[str]:
    """Yield what a client's template has behind a slide, on a layout of its own with footer and number."""
    part = slide.layout.part or _behind_ours(laid, slide)
    if not part:
        return
    yield grounds.of(pen, part, Box(0, 0, laid.theme.width, laid.theme.height))
    for kind, idx, words in rail.words_at_foot(laid.theme, laid.kit, slide):
        yield grounds.foot(pen, part, kind, idx, words.replace("  ", " \u00a0"))


def _behind_ours(laid: LaidOut, slide: LaidSlide) -> str:
    """Return the part with what is behind one of our layouts in a client's look; "" for nothing."""
    dress = laid.theme.dress
    if dress is None:
        return ""
    return dress.edges if slide.layout.rail else dress.cover if "covers" in traits(slide.layout.role) else ""


def _decor(pen: Pen, decor: Decor) -> str:
    if decor.kind == "rect":
        return pen.rect(decor.box, decor.color)
    return pen.line(decor.box, decor.color, decor.weight or 1)


def _foot(pen: Pen, laid: LaidOut, slide: LaidSlide) -> list[str]:
    """Return the block of the current stage with its name, and the number of the slide."""
    marks, foot = laid.kit.marks, laid.theme.foot
    number = next((place for place in rail.at_foot(foot) if place.type == "sldNum"), None)
    found = [_line(pen, number, number.box, str(slide.number))] if number is not None else []
    said = rail.words_under_rail(laid.theme, laid.kit)
    if said and foot.rail:
        found.append(_line(pen, rail.FOOTER, rail.words_box(foot), said))
    stage = next((k for k, mark in enumerate(marks) if mark.id == slide.slide.stage), None)
    if stage is None or not foot.rail:
        return found
    found.append(pen.rect(rail.current(stage, len(marks), foot), "accent"))
    if said:
        return found
    name = rail.stage_name(marks[stage]).replace("  ", " \u00a0")
    return [*found, _line(pen, rail.FOOTER, rail.name_box(stage, len(marks), foot), name)]


def _line(pen: Pen, look: Placeholder, box: Box, words: str) -> str:
    paragraph = Paragraph(runs=(Run(words),), size=look.sizes[0], color=look.color)
    return text(pen, box, (paragraph,), Setting(style=Style(bold=look.bold), anchor=look.anchor, align=look.align))


# Drawing slides for a browser, with the typefaces that the layout measured them in.
TEXT = "Arimo"  # has Arial's widths
MONO = "'Liberation Mono', 'Courier New', 'DejaVu Sans Mono', monospace"


def screen_pen(laid: LaidOut, blob: Callable[[bytes, str], str], *, live: bool = False) -> Pen:
    """Return the means of drawing a deck in its own colours.

    Args:
        blob: bytes of a picture and their media type -> the address under which the browser finds it.
        live: whether things appear click by click, and links to other pages lead there.
    """

    def picture(path: Path, _at: At, _box: Box) -> str:
        try:
            found = read_picture(path, again=True)
        except PictureError:  # reported by the build
            return ""
        return blob(found.blob, found.media_type)

    inks = screen_inks(laid.theme)
    return Pen(
        ruler=Ruler(laid.theme),
        inks=inks,
        drawings=Drawings(laid, lambda role: inks.solid(role, "bg")),
        picture=picture,
        blob=blob,
        clean=lambda words, _at: clean(words),
        grounds=Grounds(source.package) if (source := laid.theme.template or laid.theme.dress) is not None else None,
        rtl=is_rtl(laid.kit.language),
        language=laid.kit.language,
        live=live,
        faces=lambda family: _faces(laid.theme, family),
    )


def font_files(theme: Theme) -> dict[tuple[str, bool], Path]:
    """Return the font files that a page needs, by family and boldness: Arimo, and those that the user gave."""
    own = {key: path for key, path in theme.measure_fonts.items() if path != ARIMO}
    return {(TEXT, False): ARIMO, **own}


def _faces(theme: Theme, family: str) -> str:
    """Return the list of typefaces for one of the deck's, its own first."""
    if family == "mono":
        return MONO
    if family == "symbols":
        return f"{TEXT}, sans-serif"
    own = family.removesuffix(" in capitals")
    given = theme.measure_fonts.get((own, False), ARIMO) != ARIMO
    clean = "".join(c for c in own if c.isalnum() or c in " -_")
    plain = clean in ("", "Arial")
    return f"{TEXT}, sans-serif" if plain else f"'{clean}', {TEXT}, sans-serif" if given or clean else TEXT
