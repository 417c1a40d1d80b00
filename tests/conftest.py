import gc
import inspect
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.order import Together, longest_first
from tests.pressing import pressing
from tests.remembered import remembering
from workshop.ai_models.register import kit_folder
from workshop.content import load
from workshop.model.exhibits import Demo, Findings
from workshop.plugins.registry import Registry, standard_registry
from workshop.runs.arguments import parameters
from workshop.runs.own_code import with_own_code
from workshop.runs.runner import generator, one_thread

# A busy machine must not cause failures, and nothing is written into the checkout, which may be read-only
settings.register_profile(
    "anywhere",
    database=None,
    deadline=None,
    derandomize=True,  # the same examples in each run; make fuzz tries new ones
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("anywhere")
one_thread()  # before numpy is imported: small matrices on two threads take five times as long as on one


def pytest_collection_modifyitems(items):
    longest_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Return how tests are handed to workers: see order.py; other ways can still be asked for."""
    return Together(config, log) if config.option.dist == "loadfile" else None


@pytest.hookimpl(wrapper=True)
def pytest_collection(session):
    """Keep the collector away from modules and tests: they live to the end, and a build that collects would look at them all."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        settle()


def pytest_runtest_teardown(item, nextitem):
    """Do the same with what the tests of a file keep for later ones."""
    if nextitem is None or nextitem.path != item.path:
        settle()


def settle():
    gc.collect()
    gc.freeze()
    gc.set_threshold(
        20_000, 20, 20
    )  # what a build makes is seldom garbage: looking at it every 700 objects takes a thirtieth of all time


Run = Callable[..., Findings]
FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture(scope="session", autouse=True)
def made_once():
    """Don't make the same empty deck, parse the same text or start Typst for each test anew."""
    with remembering(), pressing():
        yield


@pytest.fixture(scope="session")
def bread() -> Path:
    """A kit on another subject, with its own demo and problem."""
    return FIXTURES / "bread"


@pytest.fixture(scope="session")
def bread_registry(bread: Path) -> Registry:
    """Our own registrations and those of the bread kit's own file."""
    return with_own_code(standard_registry(), load(bread)[0], trust=True, trusted=None)


@pytest.fixture(scope="session")
def kit_path() -> Path:
    """The built-in kit."""
    return kit_folder()


@pytest.fixture(scope="session")
def cache(tmp_path_factory) -> Path:
    """One cache for the whole test session, workers included: each demo runs once."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "cache"


@pytest.fixture(scope="session")
def run() -> Run:
    """Run a demo on the built-in kit's own data and with the random stream that users get: ``run(demo, seed=0, knob=value)``."""
    bound = load(kit_folder())[0].data

    def run_it(demo: Demo, seed: int = 0, **knobs: Any) -> Findings:
        slots = {parameter.name: parameter.type for parameter in parameters(demo)}
        arguments: dict[str, Any] = {
            slot: slots[slot].load(path)
            for slot, path in bound.get(demo.name, {}).items()
            if slot in slots and slot not in knobs
        }
        if "rng" in inspect.signature(demo.function).parameters:
            arguments["rng"] = generator(seed, demo.name)
        return demo.function(**arguments, **knobs)

    return run_it


@pytest.fixture(scope="session")
def write_examples() -> Callable[[str, Path], list[Path]]:
    """Write every example of a page of docs/ that follows a line with its file's name; return the files."""
    example = re.compile(r"^`([\w./-]+)`\n\n```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)

    def write(page: str, folder: Path) -> list[Path]:
        text = (Path(__file__).parent.parent / "docs" / page).read_text("utf-8")
        written = []
        for name, body in example.findall(text):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, "utf-8")
            written.append(path)
        return written

    return write
