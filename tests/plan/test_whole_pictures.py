import contextlib

import pytest
from PIL import Image

from workshop import limits
from workshop.errors import Report
from workshop.inputs import pictures
from workshop.inputs.pictures import PictureError
from workshop.inputs.vector_pictures import DrawingError
from workshop.limits import Limit
from workshop.plan import whole_pictures
from workshop.plan.whole_pictures import WHOLE, affordable_picture, whole_picture


@pytest.fixture(params=["png", "jpg", "gif", "webp"])
def file(request, tmp_path):
    path = tmp_path / f"picture.{request.param}"
    Image.effect_noise((60, 40), 30).convert("RGB").save(path)
    return path


@pytest.fixture
def decoded(monkeypatch):
    seen = []
    real = pictures._decoded

    def note(blob, kind, *, whole=True):
        seen.append(whole)
        return real(blob, kind, whole=whole)

    monkeypatch.setattr(pictures, "_decoded", note)
    return seen


def test_a_picture_is_decoded_once_and_looks_the_same_from_then_on(file, tmp_path, decoded):
    first, second = (whole_picture(file, tmp_path / "cache") for _ in "12")
    packed_anew = file.suffix == ".webp"
    assert decoded == ([True] if file.suffix == ".png" else [True, packed_anew]), "a PNG is read without Pillow"
    assert second == first
    assert (second.width, second.height) == (60, 40)
    assert whole_picture(file, None) == first
    assert decoded[-1]


def test_a_damaged_picture_is_refused_each_time_and_never_remembered(file, tmp_path):
    blob = file.read_bytes()
    for broken in (blob[: len(blob) // 2], blob[:30]):
        file.write_bytes(broken)
        for _ in range(2):
            with pytest.raises(PictureError):
                whole_picture(file, tmp_path / "cache")
    assert not list(tmp_path.rglob(f"*{WHOLE.ending}"))


def test_a_picture_that_was_damaged_since_is_refused(file, tmp_path):
    whole_picture(file, tmp_path / "cache")
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(PictureError):
        whole_picture(file, tmp_path / "cache")


def test_limits_still_hold_for_a_known_picture(file, tmp_path, monkeypatch):
    whole_picture(file, tmp_path / "cache")
    monkeypatch.setattr(pictures, "_check_pixels", lambda *_: (_ for _ in ()).throw(PictureError("too many")))
    with pytest.raises(PictureError, match="too many"):
        whole_picture(file, tmp_path / "cache")


@pytest.mark.parametrize(
    ("limit", "says"),
    [
        ("ALL_PICTURES", "all pictures up to here have more than 0.1 MB"),
        ("ALL_PIXELS", "all pictures up to here have more than 5,000 pixels"),
    ],
)
def test_all_pictures_together_are_within_a_limit(tmp_path, monkeypatch, limit, says):
    own = {"ALL_PICTURES": Limit(15_000, "bytes", "x"), "ALL_PIXELS": Limit(5_000, "pixels", "x")}[limit]
    monkeypatch.setattr(whole_pictures, "SPENT", (own, limits.ALL_PIXELS, limits.ALL_VECTORS))
    if limit == "ALL_PIXELS":
        monkeypatch.setattr(whole_pictures, "SPENT", (limits.ALL_PICTURES, own, limits.ALL_VECTORS))
    report = Report()
    for name in "abcd":
        Image.effect_noise((60, 40), 30).convert("RGB").save(tmp_path / f"{name}.png")
    assert affordable_picture(tmp_path / "a.png", None, report).width == 60
    assert affordable_picture(tmp_path / "b.png", None, report).width == 60
    for name in "cd":
        with pytest.raises(PictureError, match=says):
            affordable_picture(tmp_path / f"{name}.png", None, report)


def spent_on(drawing, folder):
    """Return the steps that an SVG is worth; what is in it, or the reason for which it isn't shown."""
    (folder / "a.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{drawing}</svg>')
    report = Report()
    with contextlib.suppress(PictureError):
        affordable_picture(folder / "a.svg", None, report)
    return int(report.spent[limits.ALL_VECTORS.key])


@pytest.mark.parametrize(
    ("drawing", "steps"),
    [
        ("<rect/>", 100_200),
        ("<rect/>" * 50, 105_100),
        ('<path d="M0 0L9 9"/>', 100_264),
        ('<rect opacity="0.5"/>', 115_200),
        ('<clipPath id="a"><rect/></clipPath><rect clip-path="url(#a)"/>', 130_600),
        ('<defs><g id="a"><rect opacity="0.5"/></g></defs><use href="#a"/><use href="#a"/>', 146_000),
        ("<style>.a{opacity:.5}</style><rect/><rect/>", 160_512),
    ],
)
def test_the_work_of_drawing_an_svg_grows_with_what_is_in_it(tmp_path, drawing, steps):
    assert spent_on(drawing, tmp_path) == steps


def test_an_svg_that_takes_too_long_is_worth_half_of_all(tmp_path, monkeypatch):
    def endless(*_, **__):
        raise DrawingError("this SVG takes too long, or too much memory, to draw")

    monkeypatch.setattr(pictures, "drawn", endless)
    assert spent_on("<rect/>", tmp_path) == limits.ALL_VECTORS // 2 + 1


def test_all_svg_pictures_together_are_within_a_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(whole_pictures, "SPENT", (*whole_pictures.SPENT[:2], limits.Limit(150_000, "steps", "x")))
    report = Report()
    for name in ("a", "b"):
        file = tmp_path / f"{name}.svg"
        file.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect/></svg>')
    affordable_picture(tmp_path / "a.svg", None, report)
    with pytest.raises(PictureError, match="drawing all SVG pictures up to here takes more than 150,000 steps"):
        affordable_picture(tmp_path / "b.svg", None, report)


def test_a_picture_counts_as_often_as_it_is_read_and_written(tmp_path):
    def pixels(kind, **how):
        file = tmp_path / f"a.{kind}"
        Image.new("RGB", (60, 40)).save(file, kind.upper(), **how)
        report = Report()
        affordable_picture(file, None, report)
        return report.spent[limits.ALL_PIXELS.key]

    lying = Image.Exif()
    lying[0x0112] = 6
    assert (pixels("png"), pixels("webp"), pixels("jpeg"), pixels("jpeg", exif=lying)) == (2_400, 9_600, 2_400, 9_600)


def test_a_damaged_picture_counts_too(tmp_path):
    Image.effect_noise((60, 40), 30).save(tmp_path / "a.png")
    (tmp_path / "a.png").write_bytes((tmp_path / "a.png").read_bytes()[:-200])
    report = Report()
    with pytest.raises(PictureError, match="damaged"):
        affordable_picture(tmp_path / "a.png", None, report)
    assert report.spent[limits.ALL_PIXELS.key] == 2_400
