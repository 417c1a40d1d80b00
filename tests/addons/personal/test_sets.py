"""Personal sheets of somebody else's kit, whose problem functions may fail."""

import shutil
from pathlib import Path

import pytest

from workshop.build import plan
from workshop.errors import Problems
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

PROBLEM = "def percentage(rng, level, facts):\n"


def test_a_problem_that_fails_only_for_other_numbers_is_reported_with_its_line(
    bread: Path, tmp_path: Path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    kit = tmp_path / "bread"
    shutil.copytree(bread, kit)
    demos = kit / "demos" / "oven.py"
    source = demos.read_text("utf-8")
    failing = PROBLEM + '    if rng is not None:\n        raise RuntimeError("no flour left")\n'
    demos.write_text(source.replace(PROBLEM, failing), "utf-8")
    line = 2 + source[: source.index(PROBLEM)].count("\n") + 1
    request = Request(extra={"personal": {"personal": 2}}, trust=True)
    with pytest.raises(Problems) as raised:
        plan(kit, request, standard_registry(), base=None)
    assert [problem.message for problem in raised.value.problems] == [
        f"the problem 'percentage' failed with RuntimeError: no flour left, at bread/demos/oven.py:{line}"
    ]
