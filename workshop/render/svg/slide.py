"""A laid-out slide as one SVG; lengths are in points."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.layout import foot
from workshop.layout.laid import LaidOut, LaidSlide
from workshop.layout.measure import Style
from workshop.layout.scene import SCRIM
from workshop.model.kit import NOWHERE, Run, StageMark
from workshop.model.theme import Box, Decor, Placeholder
from workshop.render.svg.items import item
from workshop.render.svg.pen import Behind, Pen, image, place, pt
from workshop.render.svg.words import Paragraph, Setting, text


def draw_slide(pen: Pen, laid: LaidOut, slide: LaidSlide) -> str:
    """Return a slide as an SVG of the deck's proportions."""
    theme = laid.theme
    whole = Box(0, 0, theme.width, theme.height)
    parts = [pen.rect(whole, "bg")]
    if theme.template is None:
        parts += _furniture(pen, laid, slide)
    elif pen.grounds is not None:
        parts += _template(pen, pen.grounds, laid, slide)
    if slide.slide.background is not None:
        parts.append(image(whole, pen.picture(slide.slide.background, slide.slide.at, whole)))
        parts.append(f'<rect {place(whole)} {pen.inks.fill("bg")} opacity="{SCRIM / 100:g}"/>')
    parts += [_decor(pen, decor) for decor in slide.layout.decor]
    parts += [item(pen, found, slide.layout) for found in slide.items]
    if (timer := foot.timer(slide)) is not None:
        parts.append(pen.rect(timer[0], "on_open"))
    if theme.template is None and slide.layout.rail:
        parts += _foot(pen, laid.kit.marks, slide)
    size = f'viewBox="0 0 {pt(theme.width)} {pt(theme.height)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{pen.faces(theme.font)}">'
        + "".join(parts)
        + "</svg>"
    )


def _furniture(pen: Pen, laid: LaidOut, slide: LaidSlide) -> list[str]:
    """Return what our own master and layouts have behind every slide: the marks of the rail, and the logo."""
    theme = laid.theme
    marks = foot.marks(len(laid.kit.marks)) if slide.layout.rail else ()
    logo = theme.logo if slide.layout.rail else theme.cover_logo
    drawn = [pen.rect(box, "faint") for box in marks]
    return [*drawn, image(logo.box, pen.picture(logo.path, NOWHERE, logo.box))] if logo is not None else drawn


def _template(pen: Pen, grounds: Behind, laid: LaidOut, slide: LaidSlide) -> Iterator[str]:
    """Yield what a template has behind a slide, with its logo, footer and number."""
    part, template = slide.layout.part, laid.theme.template
    yield grounds.of(pen, part, Box(0, 0, laid.theme.width, laid.theme.height))
    logo = template.logos.get(part) if template is not None else None
    if logo is not None:
        yield image(logo.box, pen.picture(logo.path, NOWHERE, logo.box))
    for kind, idx, words in foot.words_at_foot(laid.theme, laid.kit, slide):
        yield grounds.foot(pen, part, kind, idx, words.replace("  ", " \u00a0"))


def _decor(pen: Pen, decor: Decor) -> str:
    if decor.kind == "rect":
        return pen.rect(decor.box, decor.color)
    return pen.line(decor.box, decor.color, decor.weight or 1)


def _foot(pen: Pen, marks: tuple[StageMark, ...], slide: LaidSlide) -> list[str]:
    """Return the block of the current stage with its name, and the number of the slide."""
    found = [_line(pen, foot.NUMBER, foot.NUMBER.box, str(slide.number))]
    stage = next((k for k, mark in enumerate(marks) if mark.id == slide.slide.stage), None)
    if stage is None:
        return found
    mark = marks[stage]
    found.append(pen.rect(foot.current(stage, len(marks)), "accent"))
    if not slide.slide.toy:
        found.append(
            _line(pen, foot.FOOTER, foot.name_box(stage, len(marks)), foot.stage_name(mark).replace("  ", " \u00a0"))
        )
    return found


def _line(pen: Pen, look: Placeholder, box: Box, words: str) -> str:
    paragraph = Paragraph(runs=(Run(words),), size=look.sizes[0], color=look.color)
    return text(pen, box, (paragraph,), Setting(style=Style(bold=look.bold), anchor=look.anchor, align=look.align))
