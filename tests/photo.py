"""A photo with everything that a camera, a program and a stranger may put into its file."""

import io
import zipfile

from PIL import ExifTags, Image, PngImagePlugin

TRACES = (b"Jane Roe", b"Spy Camera", b"hunter2", b"secret.txt", b"Exif\0", b"x:xmpmeta")
UPRIGHT, ON_ITS_SIDE = 1, 6
_NOISE = Image.effect_noise((96, 64), 60).convert("RGB")


def camera_data(orientation=UPRIGHT):
    """Return artist, camera, place and orientation."""
    found = Image.Exif()
    found[ExifTags.Base.Artist], found[ExifTags.Base.Make] = "Jane Roe", "Spy Camera"
    found[ExifTags.Base.Orientation] = orientation
    found.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (52.0, 31.0, 12.0)})
    return found


def photo(kind, orientation=UPRIGHT, *, hidden=True, **options):
    """Return a photo with GPS, artist and comments, and perhaps a ZIP after its end."""
    more = {
        "JPEG": {"comment": b"Jane Roe", "xmp": b"<x:xmpmeta>Jane Roe</x:xmpmeta>"},
        "PNG": {"pnginfo": PngImagePlugin.PngInfo()},
        "GIF": {"comment": b"Jane Roe"},
        "WEBP": {"lossless": True, "xmp": b"<x:xmpmeta>Jane Roe</x:xmpmeta>"},
    }[kind]
    if kind == "PNG":
        more["pnginfo"].add_text("Author", "Jane Roe")
        more["pnginfo"].add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>Jane Roe</x:xmpmeta>", zip=False)
    if kind != "GIF":
        more["exif"] = camera_data(orientation)
    out = io.BytesIO()
    _NOISE.save(out, kind, **more, **options)
    if hidden:
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr("secret.txt", "hunter2")
    return out.getvalue()


def pixels(blob):
    """Return every frame of a picture, decoded."""
    with Image.open(io.BytesIO(blob)) as image:
        frames = range(getattr(image, "n_frames", 1))
        return [(image.seek(k), image.convert("RGBA").tobytes())[1] for k in frames]
