import subprocess
import sys

import pytest

from workshop.errors import WorkshopError
from workshop.plugins import addons as found
from workshop.plugins.addons import addons, load
from workshop.plugins.registry import standard_registry


@pytest.fixture
def fresh():
    """Look for add-ons anew, and forget afterwards what was found."""
    addons.cache_clear()
    yield
    addons.cache_clear()


def test_everything_that_an_add_on_names_is_there():
    for addon in addons().values():
        for name, target in addon.commands.items():
            assert load(target).name == name
        for target in addon.writers.values():
            assert load(target).meaning
        assert not addon.options or load(addon.options)


def test_no_two_add_ons_have_a_name_in_common_and_none_has_one_of_the_core():
    names = [name for addon in addons().values() for name in addon.commands]
    assert len(names) == len(set(names))
    standard_registry()  # refuses a second writer of the same name


def test_a_folder_that_is_deleted_leaves_no_trace(tmp_path, monkeypatch, fresh):
    for name in ("bread", "cake"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "register.py").touch()
    monkeypatch.setattr(found, "FOLDER", tmp_path)
    monkeypatch.setattr(found, "import_module", lambda name: registering(name.split(".")[-2]))
    assert set(addons()) == {"bread", "cake"}
    assert {"bread", "cake"} < {*standard_registry().names("writer")}
    addons.cache_clear()
    (tmp_path / "cake" / "register.py").unlink()
    assert set(addons()) == {"bread"}
    assert "cake" not in standard_registry().names("writer")


def registering(name):
    """A register.py with one writer."""
    return type("Register", (), {"ADDON": found.AddOn(writers={name: "math:sqrt"})})


def test_without_any_folder_there_are_none(tmp_path, monkeypatch, fresh):
    monkeypatch.setattr(found, "FOLDER", tmp_path / "nothing")
    assert addons() == {}


def test_one_that_needs_another_is_refused_without_it(tmp_path, monkeypatch, fresh):
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "register.py").touch()
    monkeypatch.setattr(found, "FOLDER", tmp_path)
    monkeypatch.setattr(found, "import_module", lambda _: type("Register", (), {"ADDON": found.AddOn(needs=("cake",))}))
    with pytest.raises(WorkshopError, match=r"the add-on 'room' needs 'cake', which isn't there — delete .*room, too"):
        addons()


def test_looking_for_add_ons_imports_nothing_of_them_but_what_they_declare():
    program = "import sys; from workshop.plugins.addons import addons; addons(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    own = {name for name in done.stdout.split() if name.startswith("workshop.addons.")}
    names = [f"workshop.addons.{name}" for name in addons()]
    assert own == {*names, *(f"{name}.register" for name in names)}
