import math
import sys
from importlib.metadata import entry_points
from zipfile import ZipFile

import pytest

from workshop.errors import WorkshopError
from workshop.plugins.registry import ENTRY_POINT, Registry, _plugins, standard_registry


def test_a_name_bound_to_a_module_is_imported_on_first_use():
    registry = Registry()
    registry.add("demo", "root", "math:sqrt")
    assert registry.get("demo", "root") is math.sqrt


def test_a_name_bound_to_a_value_is_that_value():
    registry = Registry()
    registry.add("problem", "p", sum)
    assert registry.get("problem", "p") is sum


def test_two_values_with_the_same_name_are_refused():
    registry = Registry()
    registry.add("demo", "a", "math:sqrt")
    with pytest.raises(WorkshopError, match="two demos named 'a'"):
        registry.add("demo", "a", "math:pow")


def test_an_unknown_name_gets_the_nearest_one():
    registry = Registry()
    registry.add("demo", "trigram", "math:sqrt")
    with pytest.raises(WorkshopError, match="did you mean 'trigram'"):
        registry.get("demo", "trigam")


def test_an_unknown_kind_is_refused():
    with pytest.raises(WorkshopError, match="nothing of the kind 'demon' can be registered"):
        Registry().add("demon", "a", "math:sqrt")


def test_everything_that_comes_with_the_package_can_be_imported():
    registry = standard_registry()
    for kind in ("demo", "problem", "kit", "theme", "writer"):
        assert registry.names(kind), f"there is no {kind}"
        for name in registry.names(kind):
            assert registry.get(kind, name) is not None


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Return a function that writes the metadata of an installed package into a folder for modules."""
    for place in ("first", "second"):
        (tmp_path / place).mkdir()
    monkeypatch.setattr(sys, "path", [*(str(tmp_path / place) for place in ("first", "second", "missing")), *sys.path])

    def install(place, entry, text):
        info = tmp_path / place / entry
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {entry.partition('-')[0]}\nVersion: 1\n")
        (info / "entry_points.txt").write_text(text)

    return install


def by_the_standard_library():
    return sorted((point.name, point.value) for point in entry_points(group=ENTRY_POINT))


def test_plugins_are_those_that_the_standard_library_finds(installed):
    installed(
        "first",
        "some_thing-1.0.dist-info",
        "[console_scripts]\na = b:c\n\n[workshop.plugins]\nzwei = m:n.o\neins=m:p\n",
    )
    installed("first", "other-2.0.egg-info", "# none\n[workshop.plugins.more]\nnot = ours:x\n")
    installed("second", "Some.Thing-0.9.dist-info", "[workshop.plugins]\nold = m:q\n")
    found = _plugins(tuple(sys.path))
    assert {("eins", "m:p"), ("zwei", "m:n.o")} <= set(found)
    assert found == by_the_standard_library()


def test_the_standard_library_is_asked_if_modules_come_from_an_archive(tmp_path, monkeypatch):
    with ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("packed-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: packed\nVersion: 1\n")
        archive.writestr("packed-1.0.dist-info/entry_points.txt", "[workshop.plugins]\npacked = math:sqrt\n")
    monkeypatch.syspath_prepend(tmp_path / "all.zip")
    assert ("packed", "math:sqrt") in _plugins(tuple(sys.path))
