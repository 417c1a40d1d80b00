"""Runs every row of the table in a separate process and checks its message, output, time and memory."""

import os
import sys
import zipfile
from pathlib import Path

import pytest

from tests.hostile.case import BUILT, MEGABYTES, NAMED, REFUSED, SECONDS, WITHOUT
from tests.hostile.cases import CASES
from tests.server import serving
from workshop import limits
from workshop.check.package import check_package
from workshop.errors import Severity

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
# text that no output may contain: secrets of this machine, and anything that the cases plant
PLANTED = (
    b"spy.example",
    b"\\\\spy",
    b"MZ evil",
    b"PK evil",
    b"ftypevil",
    b"Attribut evil",
    b"%!PS",
    b"evil()",
    b"Jane Roe",
)
TRACES = (b"hunter2", b"root:x:", b"file:///", b"javascript:", b"http://[::1", b"ppaction://program", *PLANTED)
CODES = {
    REFUSED: (1, 2),
    BUILT: (0,),
    WITHOUT: (0,),
    NAMED: (0, 1),
}  # if a deck is also invalid, some of its problems are errors
BESIDE = 3  # lines about how many problems there were


@pytest.fixture(scope="module")
def ask(tmp_path_factory, cache):
    """Return a function that runs a command in a folder and returns exit code, output, time and memory."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "WORKSHOP_"))},
        "HOME": str(tmp_path_factory.mktemp("home")),
        "WORKSHOP_CACHE": str(cache),
        "PYTHONPATH": str(ROOT),
    }
    with serving(environment) as run:
        yield run


def names_in(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


@pytest.mark.skipif(sys.platform != "linux", reason="it needs Linux's pipes, devices and memory limits")
@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case, id=f"{case.of}: {case.what}"[:90], marks=[getattr(pytest.mark, case.tier)] if case.tier else []
        )
        for case in CASES
    ],
)
def test_strangers_files_are_refused_or_become_only_what_belongs_in_a_deck(case, ask, tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    arguments = case.given(folder)
    before = names_in(tmp_path)
    done = ask(arguments, folder)
    text = done["out"] + done["err"]
    assert done["code"] in CODES[case.fate], text
    assert "internal error" not in text
    assert "Traceback" not in text
    place = 0
    for piece in case.says:
        assert piece in text[place:]
        place = text.index(piece, place)
    assert "hunter2" not in text
    assert len(text.splitlines()) <= limits.PRINTED_PROBLEMS + BESIDE
    assert done["seconds"] <= SECONDS
    assert done["megabytes"] <= MEGABYTES
    written = {name for name in names_in(tmp_path) - before if not name.startswith("work/out")}
    assert written == set()
    if case.fate in (BUILT, WITHOUT):
        assert_is_harmless(folder / "out" / "deck.pptx")
    elif "work/out" not in before:
        assert not (folder / "out").exists()


def assert_is_harmless(deck):
    """Check that a deck is valid, runs nothing, fetches nothing, and contains nothing that the cases plant."""
    found = [problem for problem in check_package(deck) if problem.severity > Severity.ADVICE]
    assert [str(problem) for problem in found if problem.severity is Severity.ERROR] == []
    assert {problem.code for problem in found}.isdisjoint({"active-content", "external-content", "people"})
    with zipfile.ZipFile(deck) as package:
        for name in package.namelist():
            content = package.read(name)
            assert not [trace for trace in TRACES if trace in content], name


def test_the_table_has_no_row_twice():
    names = [(case.of, case.what) for case in CASES]
    assert len(names) == len(set(names))
