"""Tests the door for pictures: decoded by the format that their bytes show, within limits, and without other programs."""

import io
import subprocess
import zlib

import pytest
from PIL import Image

from tests.png import chunk, png_of
from tests.templates.maker import png
from workshop import limits
from workshop.inputs.pictures import GIF, JPEG, PNG, SVG, PictureError, read_picture

EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n%%EOF\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">{}</svg>'


def made(kind, size=(40, 20), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def tenfold(k):
    """Return a group that uses the next one ten times."""
    return f'<g id="a{k}">' + f'<use href="#a{k + 1}"/>' * 10 + "</g>"


@pytest.fixture
def read(tmp_path):
    def call(blob, **options):
        path = tmp_path / "p.png"
        path.write_bytes(blob if isinstance(blob, bytes) else blob.encode())
        return read_picture(path, **options)

    return call


@pytest.mark.parametrize(("kind", "suffix"), [(PNG, "png"), (JPEG, "jpg"), (GIF, "gif")])
def test_the_bytes_say_what_a_picture_is_whatever_its_name(read, kind, suffix):
    blob = made(kind)
    found = read(blob)
    assert (found.kind, found.suffix, found.width, found.height) == (kind, suffix, 40, 20)
    assert found.blob == blob


def test_webp_becomes_png_with_the_same_pixels(read):
    found = read(made("WEBP", lossless=True))
    assert found.kind == PNG
    assert Image.open(io.BytesIO(found.blob)).convert("RGB").getpixel((3, 3)) == (0, 128, 128)


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM", "PCX"])
def test_formats_that_slides_do_not_hold_are_refused_with_the_fix(read, kind):
    with pytest.raises(PictureError, match="isn't PNG, JPEG, GIF, WebP or SVG") as caught:
        read(made(kind))
    assert "PNG" in caught.value.hint


def test_postscript_named_png_starts_no_program(read, monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **k: pytest.fail("a program was started"))
    monkeypatch.setattr(subprocess, "check_call", lambda *a, **k: pytest.fail("a program was started"))
    with pytest.raises(PictureError):
        read(EPS)


@pytest.mark.parametrize("kind", [PNG, JPEG, GIF])
def test_a_truncated_picture_is_damaged(read, kind):
    noise = Image.effect_noise((80, 80), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, kind)
    with pytest.raises(PictureError, match="damaged"):
        read(out.getvalue()[: len(out.getvalue()) // 2])


@pytest.mark.parametrize(("width", "height"), [(13_000, 13_000), (60_000, 60_000), (5001, 5000)])
def test_more_than_25_megapixels_are_refused_before_they_are_unpacked(read, width, height):
    blob = png_of(width, height, zlib.compress(bytes(100)))
    with pytest.raises(PictureError, match=f"{width * height:,} pixels; the limit is 25,000,000 pixels"):
        read(blob)


def test_a_jpeg_of_many_scans_is_refused(read):
    blob = made(JPEG, progressive=True)
    start = blob.index(b"\xff\xda")
    with pytest.raises(PictureError, match="40 scans"):
        read(blob[:start] + blob[start:-2] * 40 + b"\xff\xd9")


def test_a_file_over_the_limit_is_refused(read):
    with pytest.raises(PictureError, match="the limit is 20 MB"):
        read(png() + bytes(limits.PICTURE_BYTES))


def test_a_png_that_speaks_of_svg_in_its_text_is_a_png(read):
    blob = png()
    text = chunk(b"tEXt", b"Comment\0<svg xmlns='http://www.w3.org/2000/svg'>")
    found = read(blob[:33] + text + blob[33:])
    assert found.kind == PNG


def test_a_picture_checked_before_is_not_decoded_again(read):
    blob = png(600, 400)
    start = blob.index(b"IDAT") + 4
    spoilt = blob[:start] + bytes(40) + blob[start + 40 :]
    assert read(spoilt, again=True).width == 600
    with pytest.raises(PictureError):
        read(spoilt)


# ---------------------------------------------------------------- SVG
def test_an_svg_keeps_what_can_be_seen(read):
    body = '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>'
    body += '<g id="a"><rect width="4" height="2" fill="url(#g)"/></g><use href="#a"/><text x="1">hello</text>'
    found = read(DRAWING.format(body))
    assert (found.kind, found.width, found.height, found.dropped) == (SVG, 1000, 500, ())
    for part in (b"linearGradient", b'fill="url(#g)"', b'<use href="#a"', b"hello", b'viewBox="0 0 40 20"'):
        assert part in found.blob


@pytest.mark.parametrize(
    ("part", "gone", "said"),
    [
        ("<script>alert(1)</script>", b"alert", "<script>"),
        ('<rect width="4" height="4" onload="alert(1)"/>', b"alert", "onload="),
        ('<image href="https://example.org/p.png" width="4" height="4"/>', b"example.org", "a link"),
        ('<image href="file:///etc/passwd" width="4" height="4"/>', b"passwd", "a link"),
        (r'<image href="\\host\share\p.png" width="4" height="4"/>', b"share", "a link"),
        ('<image href="data:image/png;base64,QUJD" width="4" height="4"/>', b"QUJD", "a link"),
        ("<style>@import url(https://example.org/a.css);</style>", b"example.org", "a style sheet that fetches files"),
        (r"<style>rect{fill:\75rl(https://example.org)}</style>", b"example.org", "a style sheet that fetches files"),
        ('<rect style="fill:url(https://example.org/#a)"/>', b"example.org", "a link"),
        ('<use href="other.svg#a"/>', b"other.svg", "a link"),
        ("<foreignObject><p>html</p></foreignObject>", b"html", "<foreignObject>"),
        ('<rect filter="url(#f)"/><filter id="f"/>', b"filter", "a filter"),
        ('<rect><animate attributeName="x" to="9"/></rect>', b"animate", "<animate>"),
    ],
)
def test_what_an_svg_would_run_or_fetch_is_taken_out_and_named(read, part, gone, said):
    found = read(DRAWING.format(part + '<circle r="3"/>'))
    assert gone not in found.blob
    assert said in found.dropped
    assert b"circle" in found.blob


def test_what_is_drawn_under_a_link_stays_without_it(read):
    found = read(DRAWING.format('<a href="javascript:alert(1)"><circle r="3"/></a>'))
    assert b"alert" not in found.blob
    assert b"circle" in found.blob


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<svg", "damaged"),
        ("<svg></svg>", "no drawing"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "no sensible width and height"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9000 1"/>', "no sensible width and height"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + DRAWING.format("&a;"), "entities"),
        (DRAWING.format('<g id="a"><use href="#a"/></g>'), "endlessly"),
        (DRAWING.format("".join(map(tenfold, range(9))) + '<rect id="a9"/>'), "more than 20,000 shapes"),
        (DRAWING.format("<g>" * 150 + "</g>" * 150), "endlessly"),
        (DRAWING.format("<rect/>" * 300_000), "the limit is 2 MB"),
    ],
    ids=["cut", "other", "size", "line", "entities", "itself", "tenfold", "deep", "large"],
)  # fmt: skip
def test_an_svg_that_cannot_be_drawn_says_why(read, text, said):
    with pytest.raises(PictureError, match=said):
        read(text)
