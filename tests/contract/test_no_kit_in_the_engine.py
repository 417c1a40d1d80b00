"""The engine knows no kit: neither a slide of the built-in one nor a drawing, and a kit on bread has every composition of it."""

from pathlib import Path

import workshop
from tests.contract import kits
from tests.layout.scenes import baked
from workshop.errors import errors_in
from workshop.model.stage_picture import COVER

PACKAGE = Path(workshop.__file__).parent
LOOKS = {"Steps", "3 drawings", "Diagram", "Page and chat", "Two drawings", "Picture"}


def engine() -> dict[str, str]:
    """Return the modules of the package that aren't part of the built-in kit, with their text."""
    paths = [path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] != "ai_models"]
    return {path.relative_to(PACKAGE).as_posix(): path.read_text() for path in paths}


def test_no_module_of_the_engine_names_a_slide_or_a_drawing_of_the_built_in_kit():
    content = kits.content()
    stages = {stage.id for stage in content.stages}
    slides = {slide.id for stage in content.stages for slide in stage.slides if "-" in slide.id}
    named = slides | set(content.pictures) - stages - {COVER}
    found = {(path, name) for path, text in engine().items() for name in named if f'"{name}"' in text}
    assert found == set()


def test_a_kit_on_another_subject_has_each_composition(tmp_path):
    laid, problems = baked(tmp_path)
    assert errors_in(problems) == ()
    assert {slide.layout.name.partition(",")[0] for slide in laid.slides} >= LOOKS
