"""Small pictures of slides on paper: the slides themselves, in colours for white paper."""

from __future__ import annotations

import base64
import io
from functools import cache
from importlib.metadata import version
from pathlib import Path

from workshop.charts.kind import BUILT_IN, Kinds
from workshop.errors import At
from workshop.files.memo import Memo, code_digest, digest
from workshop.fonts import ARIMO, fingerprint
from workshop.inputs.pictures import JPEG, PNG, SVG, PictureError, checked_picture, read_picture
from workshop.layout.laid import LaidOut
from workshop.layout.measure import Ruler
from workshop.model.exhibits import Chart
from workshop.model.theme import EMU_PER_INCH, Box, Theme
from workshop.render.formulas import Drawings
from workshop.render.print.block_data import READING_FACE, TEXT_FACE, Draw, Galley, chart_font_files, reading_font_files
from workshop.render.print.document import chart_colors, own_id
from workshop.render.svg.grounds import Grounds
from workshop.render.svg.pen import Pen, paper_inks
from workshop.render.svg.slide import draw_slide
from workshop.wording.messages import is_rtl

# ---------------------------------------------------------------- thumbnails
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
    return Grounds(theme.template.package) if theme.template is not None and not theme.dark else None


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


# ---------------------------------------------------------------- figures
# Charts for paper, resolved as for slides and drawn as SVG at their final size; and the galley of a document with them.
POINTS_PER_MM = 72 / 25.4
FIGURES = Memo(".figure", bytes, bytes)
SIZES = {"standard": 10.0, "large": 16.0, "dyslexia": 12.5}  # points
AREAS = {"standard": (160.0, 62.0), "large": (170.0, 105.0), "dyslexia": (145.0, 72.0)}  # mm; never scaled afterwards


def galley_for(laid: LaidOut, *, key: bool = False, profile: str = "standard") -> Galley:
    """Return an empty galley for a document of a deck; ``key`` shows answers."""
    kit = laid.kit
    draw = drawer(laid.theme, profile, laid.kinds, laid.kept)
    return Galley(
        language=kit.language,
        draw=draw,
        key=key,
        hints=kit.printing.hints,
        seed=kit.seed,
        area=AREAS[profile],
        kinds=laid.kinds,
        here=kit.here,
    )


def drawer(theme: Theme, profile: str = "standard", kinds: Kinds = BUILT_IN, cache: Path | None = None) -> Draw:
    """Return a function that draws a chart, with a width and height in mm, as SVG; the first one loads the drawing library.

    Args:
        cache: folder in which drawings are kept, under a digest of all that they depend on.
    """
    colors = chart_colors(theme)
    face, files = (TEXT_FACE, chart_font_files()) if profile == "standard" else (READING_FACE, reading_font_files())

    def draw(chart: Chart, width: float, height: float) -> bytes:
        from workshop.charts.figure import Face, figure, saved
        from workshop.charts.kind import resolve_chart

        resolved = resolve_chart(
            chart,
            width_pt=width * POINTS_PER_MM,
            height_pt=height * POINTS_PER_MM,
            colors=colors,
            medium="print",
            size_pt=SIZES[profile],
            kinds=kinds,
        )
        return saved(figure(resolved, colors, Face(face, *files), kinds), "svg")

    def kept(chart: Chart, width: float, height: float) -> bytes:
        if cache is None or chart.kind not in BUILT_IN.names:  # the code of a plugin's kind isn't in the digest
            return draw(chart, width, height)
        made_by = (code_digest("charts", "wording"), version("matplotlib"), fingerprint())
        name = digest(repr(chart), width, height, profile, sorted(colors.items()), made_by)
        return FIGURES.once(cache, name, lambda: draw(chart, width, height))

    return kept


# ---------------------------------------------------------------- logo
# A logo for the top of printed sheets, in greys on white, for office printers.
HEIGHT = 320  # pixels: 8 mm at 1,000 dots per inch
LIGHT = 150  # of 255: a logo with nothing darker would be pale on paper
NAME = "logo.png"


def grey_logo(path: Path) -> bytes:
    """Return a PNG or JPEG as a small grey PNG; a light logo, made for dark slides, is darkened.

    Args:
        path: a picture that ``read_logo`` has checked.
    """
    from PIL import Image, ImageOps

    color = read_picture(path, (PNG, JPEG), again=True).opened().convert("RGBA")
    color.thumbnail((HEIGHT * 15, HEIGHT))
    over = Image.new("RGBA", color.size, "white")
    over.alpha_composite(color)
    grey = over.convert("L")
    darkest = grey.getextrema()[0]
    if isinstance(darkest, int | float) and darkest > LIGHT:
        alpha = color.getchannel("A")
        see_through = alpha.getextrema()[0] == 0
        grey = ImageOps.invert(alpha) if see_through else ImageOps.autocontrast(grey)
    out = io.BytesIO()
    grey.save(out, "PNG", optimize=False)
    return out.getvalue()
