from importlib.resources import files
from pathlib import Path

import pytest

from tests.templates.maker import MADE, narrow
from tests.tiers import few

NAMES = (*MADE, "python-pptx", "libreoffice")
SAVED = Path(__file__).parents[1] / "fixtures" / "templates" / "libreoffice.pptx"


def template_file(name, folder):
    """Return a template as a file: made here, python-pptx's own, or saved by LibreOffice."""
    if name == "libreoffice":
        return SAVED
    path = folder / f"{name}.{'potx' if name == 'bare' else 'pptx'}"
    made = {**MADE, "narrow": narrow}
    path.write_bytes(made[name]() if name in made else (files("pptx") / "templates" / "default.pptx").read_bytes())
    return path


@pytest.fixture(params=few(NAMES, "corporate", "libreoffice", "bare"))
def template(request, tmp_path):
    """Return each template of different origin, as a file."""
    return template_file(request.param, tmp_path)


@pytest.fixture
def made(tmp_path):
    """Return a function that gives one template by its name."""
    return lambda name: template_file(name, tmp_path)
