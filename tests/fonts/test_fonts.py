"""Tests the package's font files, read by another library."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from workshop import fonts
from workshop.render.print import print_fonts

FAMILIES = sorted(folder for folder in fonts.HERE.iterdir() if folder.is_dir() and folder.name != "__pycache__")
FILES = sorted(fonts.HERE.glob("*/*.ttf"))
TEMPLATES = Path(print_fonts.__file__).parent / "templates"
WEIGHT = re.compile(r"weight: (\d{3})")


@pytest.mark.parametrize("folder", FAMILIES, ids=lambda folder: folder.name)
def test_every_family_comes_with_its_licence(folder):
    licence = (folder / "OFL.txt").read_text("utf-8")
    assert licence.startswith("Copyright")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_file_may_be_embedded_and_names_the_open_font_licence(file):
    font = TTFont(file)
    assert font["OS/2"].fsType == 0  # installable embedding
    assert "Open Font License" in font["name"].getDebugName(13)


def test_every_weight_that_a_template_asks_for_has_a_file():
    asked = {int(w) for path in TEMPLATES.glob("*.typ") for w in WEIGHT.findall(path.read_text("utf-8"))}
    assert asked == {TTFont(file)["OS/2"].usWeightClass for file in fonts.FIRA_SANS.glob("*.ttf")}


@pytest.mark.parametrize(
    ("folder", "family"), [(fonts.FIRA_SANS, print_fonts.TEXT_FACE), (fonts.ATKINSON, print_fonts.READING_FACE)]
)
def test_a_family_has_the_name_that_the_templates_use(folder, family):
    for file in folder.glob("*.ttf"):
        names = TTFont(file)["name"]
        assert family in (names.getDebugName(16), names.getDebugName(1))


def test_the_variable_file_covers_regular_and_bold():
    (axis,) = TTFont(fonts.ARIMO)["fvar"].axes
    assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", 400, 700)


def test_the_fingerprint_changes_with_any_byte(monkeypatch, tmp_path):
    folder = tmp_path / "arimo"
    folder.mkdir()
    (folder / "a.ttf").write_bytes(b"one")
    monkeypatch.setattr(fonts, "HERE", tmp_path)
    before = fonts.fingerprint.__wrapped__()
    (folder / "a.ttf").write_bytes(b"two")
    assert fonts.fingerprint.__wrapped__() != before
