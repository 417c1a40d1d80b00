"""Small pictures of slides on paper: the slides themselves, in colours for white paper."""

from __future__ import annotations

import base64
import io
from functools import cache
from pathlib import Path

from workshop.errors import At
from workshop.fonts import ARIMO
from workshop.inputs.pictures import JPEG, PNG, SVG, PictureError, checked_picture, read_picture
from workshop.layout.laid import LaidOut
from workshop.layout.measure import Ruler
from workshop.model.theme import EMU_PER_INCH, Box, Theme
from workshop.render.formulas import Drawings
from workshop.render.print.block_data import Galley
from workshop.render.print.document import own_id
from workshop.render.print.paper_colors import chart_colors
from workshop.render.svg.grounds import Grounds
from workshop.render.svg.inks import paper_inks
from workshop.render.svg.pen import Pen
from workshop.render.svg.slide import draw_slide
from workshop.wording.languages import is_rtl

FACES = {"mono": "DejaVu Sans Mono", "symbols": "DejaVu Sans"}
DOTS = 60  # per inch of the slide, which is printed at a quarter of its size or smaller


class Thumbnails:
    """The pictures of a deck's slides, drawn when they are first asked for; each becomes a file beside a document's data.

    Args:
        laid: the deck; of a slide that was split, the first part is shown.
        galley: of the document; its texts are cleaned and its problems reported there.
    """

    def __init__(self, laid: LaidOut, galley: Galley) -> None:
        ids = {slide.id for slide in laid.kit.slides}
        self._slides = {own_id(slide, ids): slide for slide in reversed(laid.slides)}
        self._laid, self._galley = laid, galley
        inks = paper_inks(chart_colors(laid.theme))
        self._pen = Pen(
            ruler=Ruler(laid.theme),
            inks=inks,
            drawings=Drawings(laid, lambda role: inks.solid(role, "bg")),
            picture=_picture,
            blob=_small,
            clean=galley.texts.clean,
            faces=lambda family: FACES.get(family, "Arimo"),
            covered=_covered(),
            grounds=_grounds(laid.theme),
            rtl=is_rtl(laid.kit.language),
            language=laid.kit.language,
        )

    def of(self, slide_id: str) -> str:
        """Return the name of the file with the picture of a slide; "" if the deck doesn't have the slide."""
        slide = self._slides.get(slide_id)
        if slide is None:
            return ""
        name = f"slide-{slide.number}.svg"
        if name not in self._galley.files:
            self._galley.files[name] = draw_slide(self._pen, self._laid, slide).encode()
        return name


def _grounds(theme: Theme) -> Grounds | None:
    """Return what a template has behind its slides; nothing for a dark one, whose slides are printed on white."""
    source = theme.template or theme.dress
    return Grounds(source.package) if source is not None and not theme.dark else None


@cache
def _covered() -> frozenset[int]:
    import uharfbuzz

    return frozenset(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(ARIMO))).unicodes)


def _picture(path: Path, at: At, box: Box) -> str:
    """Return a picture as small as it is printed; "" if it can't be read, which the deck reports."""
    del at
    try:
        found = read_picture(path, again=True)
        found = checked_picture(found.bitmap, again=True) if found.kind == SVG else found
        image = found.opened()
    except PictureError:
        return ""
    image = image.convert("RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB")
    image.thumbnail((max(1, box.w * DOTS // EMU_PER_INCH),) * 2)
    out = io.BytesIO()
    image.save(out, PNG if image.mode == "RGBA" or found.kind != JPEG else JPEG)
    return _small(out.getvalue(), "image/png" if image.mode == "RGBA" or found.kind != JPEG else "image/jpeg")


def _small(blob: bytes, media_type: str) -> str:
    return f"data:{media_type};base64,{base64.b64encode(blob).decode()}"
