import importlib.util
import sys
from pathlib import Path

import pytest

from workshop.paths import builtin_kit
from workshop.registry import Registry, standard_registry

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture(scope="session")
def bread() -> Path:
    """A kit on another subject, with a demo and a problem of its own."""
    return FIXTURES / "bread"


@pytest.fixture(scope="session")
def bread_registry() -> Registry:
    """Our own things and the bread kit's."""
    name = "bread_oven"
    spec = importlib.util.spec_from_file_location(name, FIXTURES / "bread" / "demos" / "oven.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    registry = standard_registry()
    registry.add("demo", "dough", module.dough)
    registry.add("problem", "percentage", module.percentage)
    return registry


@pytest.fixture(scope="session")
def kit_path() -> Path:
    """The built-in kit."""
    return builtin_kit()


@pytest.fixture(scope="session")
def cache(tmp_path_factory) -> Path:
    """One cache for the whole test session: each demo runs once."""
    return tmp_path_factory.getbasetemp() / "cache"
