import pytest
from PIL import Image

from workshop import limits
from workshop.errors import Report
from workshop.inputs import pictures
from workshop.inputs.pictures import PictureError
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


def test_svg_pictures_count_by_the_time_that_they_take(tmp_path, monkeypatch):
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect/></svg>')
    monkeypatch.setattr(whole_pictures, "_drawing_seconds", iter((0.0, 9.0, 9.0)).__next__)
    with pytest.raises(PictureError, match="drawing all SVG pictures up to here takes more than 8 seconds"):
        affordable_picture(tmp_path / "a.svg", None, Report())
