"""Tests the companion page as a step of a build and of a check."""

from tests.test_steps import own_bread, two_audiences
from workshop import steps
from workshop.build import check
from workshop.errors import Severity
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

__all__ = ["own_bread", "two_audiences"]


def test_check_names_a_poke_that_does_not_fit_its_demo(two_audiences):
    demo = two_audiences / "demos" / "toast.py"
    poke = 'Sweep("slice", (1, 2), label="Slices", shows=(), finding="{{ slices }}")'
    source = demo.read_text().replace("knobs={}", f"knobs={{}}, pokes=({poke},)")
    demo.write_text(source.replace("import pathlib", "import pathlib\nfrom workshop.model.pokes import Sweep"))
    found = check(two_audiences, Request(trust=True), standard_registry(), base=None)
    (problem,) = (p for p in found if p.severity is Severity.ERROR)
    assert problem.code == "poke"
    assert "it sweeps the knob 'slice', which toast doesn't have" in problem.message
    assert problem.at


def test_what_can_be_poked_is_run_ahead_and_not_once_more_for_the_page(two_audiences, tmp_path, cache):
    toast, log = two_audiences / "demos" / "toast.py", tmp_path / "log"
    poke = 'Sweep("thick", (1, 2, 3), label="How thick", shows=(), finding="{{ slices }}")'
    source = toast.read_text().replace("knobs={}", f"knobs={{'thick': Knob(1, 3, 'mm')}}, pokes=({poke},)")
    source = source.replace("toast() ->", "toast(thick: int = 1) ->").replace("demo\n\n", "demo, Knob\n\n", 1)
    toast.write_text(source.replace("import pathlib", "import pathlib\nfrom workshop.model.pokes import Sweep"))
    loaded = steps.load(two_audiences, Request(trust=True, cache=cache), standard_registry(), None, everybody=True)
    ran = steps.run(loaded)
    assert log.read_text() == "x"
    for _ in range(2):
        steps.added()["explore"].run_ahead(loaded)
        assert log.read_text() == "xxx"
    laid, problems = steps.add(loaded, steps.inspect(loaded, ran, loaded.audiences[0])[0], ())
    assert [section.id for section in laid.kit.extra["explore"].sections if section.id == "toast"] == ["toast"]
    assert not problems
    assert log.read_text() == "xxx"
