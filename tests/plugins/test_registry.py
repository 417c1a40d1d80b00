import math

import pytest

from workshop.errors import WorkshopError
from workshop.plugins.registry import Registry, standard_registry


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


@pytest.mark.parametrize("target", ["nowhere:sqrt", "math:sqroot"])
def test_a_name_whose_module_cannot_be_loaded_is_one_problem(target):
    registry = Registry()
    registry.add("extra", "root", target)
    with pytest.raises(WorkshopError, match=f"the extra 'root' could not be loaded from '{target}'"):
        registry.get("extra", "root")


def test_a_package_that_is_not_installed_is_named_as_such(tmp_path, monkeypatch):
    (tmp_path / "writes_words.py").write_text("import a_package_of_others\n")
    monkeypatch.syspath_prepend(tmp_path)
    registry = Registry()
    registry.add("writer", "words", "writes_words:WRITER")
    with pytest.raises(ModuleNotFoundError, match="a_package_of_others"):
        registry.get("writer", "words")


def test_an_unknown_kind_is_refused():
    with pytest.raises(WorkshopError, match="nothing of the kind 'demon' can be registered"):
        Registry().add("demon", "a", "math:sqrt")


def test_everything_that_comes_with_the_package_can_be_imported():
    registry = standard_registry()
    for kind in ("demo", "problem", "kit", "theme", "writer"):
        assert registry.names(kind), f"there is no {kind}"
        for name in registry.names(kind):
            assert registry.get(kind, name) is not None
