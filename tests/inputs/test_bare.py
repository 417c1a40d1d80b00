"""Tests that a picture's file holds the picture and nothing else, and that not a pixel changes."""

import base64
import io
import struct
import zipfile

import pytest
from PIL import Image, ImageCms

from tests.photo import ON_ITS_SIDE, TRACES, camera_data, photo, pixels
from workshop.inputs.bare import ABOUT, AFTER, bare
from workshop.inputs.pictures import EMF, JPEG, KINDS, PNG, TIFF, WMF, checked_picture

KEPT_AS_IT_IS = [
    (JPEG, {}),
    (JPEG, {"progressive": True}),
    (JPEG, {"restart_marker_blocks": 2}),
    (PNG, {}),
    ("GIF", {}),
]
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize(("kind", "options"), KEPT_AS_IT_IS)
def test_a_photo_keeps_its_pixels_and_nothing_else(kind, options):
    blob = photo(kind, **options)
    found = checked_picture(blob)
    assert set(found.left_out) == {ABOUT, AFTER}
    assert [trace for trace in TRACES if trace in found.blob] == []
    assert pixels(found.blob) == pixels(blob)
    assert not zipfile.is_zipfile(io.BytesIO(found.blob))
    assert bare(found.blob, kind) == (found.blob, ())


@pytest.mark.parametrize("kind", ["WEBP", TIFF])
def test_a_photo_that_becomes_png_keeps_its_pixels_and_nothing_else(kind):
    if kind == TIFF:
        out = io.BytesIO()
        Image.open(io.BytesIO(photo(PNG))).convert("RGB").save(out, TIFF, exif=camera_data())
        blob = out.getvalue()
    else:
        blob = photo(kind)
    found = checked_picture(blob, (*KINDS, TIFF))
    assert found.kind == PNG
    assert [trace for trace in TRACES if trace in found.blob] == []
    assert pixels(found.blob) == pixels(blob)


@pytest.mark.parametrize("kind", [JPEG, PNG, "WEBP"])
def test_a_photo_on_its_side_is_turned(kind):
    plain, turned = checked_picture(photo(kind)), checked_picture(photo(kind, ON_ITS_SIDE))
    assert (turned.width, turned.height) == (plain.height, plain.width) == (64, 96)
    expected = Image.open(io.BytesIO(plain.blob)).convert("RGB").transpose(Image.Transpose.ROTATE_270)
    shown = Image.open(io.BytesIO(turned.blob)).convert("RGB")
    difference = max(abs(a - b) for a, b in zip(expected.tobytes(), shown.tobytes(), strict=True))
    assert difference <= (8 if kind == JPEG else 0)
    assert [trace for trace in TRACES if trace in turned.blob] == []


@pytest.mark.parametrize("kind", [JPEG, PNG, "WEBP"])
def test_a_colour_profile_stays_whether_the_photo_is_turned_or_not(kind):
    for orientation in (1, ON_ITS_SIDE):
        found = checked_picture(photo(kind, orientation, icc_profile=PROFILE))
        assert Image.open(io.BytesIO(found.blob)).info["icc_profile"] == PROFILE


def test_an_animation_keeps_its_frames_its_pace_and_its_loop():
    frames = [Image.new("RGB", (30, 20), color) for color in ("teal", "orange", "white")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], loop=0, duration=70, comment=b"Jane Roe")
    found = checked_picture(out.getvalue())
    assert found.left_out == (ABOUT,)
    assert pixels(found.blob) == pixels(out.getvalue())
    with Image.open(io.BytesIO(found.blob)) as image:
        assert (image.n_frames, image.info["loop"], image.info["duration"]) == (3, 0, 70)


def test_the_small_picture_in_a_jpeg_goes():
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "teal").save(out, JPEG)
    blob = out.getvalue()
    small = b"\xff\xe0" + struct.pack(">H", 16 + 27) + b"JFIF\0\1\2\0\0\1\0\1\3\3" + b"hunter2" + bytes(20)
    found = checked_picture(blob[:2] + small + blob[20:])
    assert b"hunter2" not in found.blob
    assert pixels(found.blob) == pixels(blob)


def test_a_jpeg_without_an_end_gets_one():
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "teal").save(out, JPEG)
    assert bare(out.getvalue()[:-2], JPEG) == (out.getvalue(), ())


def test_a_photo_inside_an_svg_is_bared_too():
    inside = base64.b64encode(photo(JPEG)).decode()
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="96" height="64"><title>Jane Roe</title><image data-by="Jane Roe" href="data:image/jpeg;base64,{inside}" width="96" height="64"/></svg>'
    found = checked_picture(svg.encode())
    assert set(found.left_out) == {ABOUT, AFTER}
    assert b"Jane Roe" not in found.blob
    shown = base64.b64decode(found.blob.partition(b"base64,")[2].partition(b'"')[0])
    assert [trace for trace in TRACES if trace in shown] == []
    assert pixels(shown) == pixels(photo(JPEG))


def test_drawings_of_windows_lose_their_description_and_what_follows_them():
    told = "Jane Roe\0a.doc\0\0".encode("utf-16-le")
    size = 108 + len(told)
    emf = (
        struct.pack("<II", 1, 108)
        + bytes(32)
        + b" EMF"
        + struct.pack("<IIIHHII", 65536, size, 2, 1, 0, len(told) // 2, 108)
    )
    emf = emf.ljust(108, b"\0") + told
    found = checked_picture(emf + b"hunter2", (EMF,))
    assert found.blob == emf[:108] + bytes(len(told))
    assert set(found.left_out) == {ABOUT, AFTER}
    wmf = b"\xd7\xcd\xc6\x9a" + bytes(18) + struct.pack("<HHHIHIH", 1, 9, 768, 12, 0, 3, 0) + struct.pack("<IH", 3, 0)
    found = checked_picture(wmf + b"hunter2", (WMF,))
    assert (found.blob, found.left_out) == (wmf, (AFTER,))
