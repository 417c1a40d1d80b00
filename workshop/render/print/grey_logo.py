"""A logo in grey."""

from __future__ import annotations

import io
from pathlib import Path

from workshop.inputs.pictures import JPEG, PNG, read_picture

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
