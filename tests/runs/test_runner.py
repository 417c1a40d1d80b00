"""Tests running demos: each once, in parallel, with stored results; every failure is a problem with a place."""

import multiprocessing
import os
import subprocess
import sys
import textwrap
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from workshop.errors import At, Problem, Problems, WorkshopError
from workshop.files.memo import Memo
from workshop.model.exhibits import Chart, ChartKind, Column, Findings, Knob, Series, Table, demo
from workshop.model.frozen import Frozen
from workshop.plugins.registry import Registry
from workshop.runs import runner
from workshop.runs.cache import IMPORTS, NAMES, Sources, load_findings
from workshop.runs.runner import RunRequest, generator, kept_findings, run_demo, run_demos

HERE = At("02-pretraining.md", 12)
TOYS = """
from pathlib import Path
from workshop.model.exhibits import Findings, Frozen, Knob, demo
from helper_of_toys import FACTOR

def made(name):
    @demo(name, title=name, knobs={"times": Knob(1, 5, "how often")})
    def toy(*, times: int = 1, rng) -> Findings:
        with Path(LOG).open("a") as log:
            log.write(name + "\\n")
        return Findings(Frozen({"value": times * FACTOR, "die": rng.integers(1, 7, 5)}))
    return toy

A, B, C, D = (made(name) for name in "abcd")
"""


@dataclass(frozen=True, slots=True)
class Numbers:
    values: tuple[float, ...]

    @classmethod
    def load(cls, path: Path) -> "Numbers":
        lines = path.read_text("utf-8").split()
        if not lines:
            raise WorkshopError(Problem("there is no number", At(path.name, 1), hint="write one per line"))
        return cls(tuple(map(float, lines)))


@demo("mean", title="Mean", knobs={"digits": Knob(0, 6, "places")})
def mean(*, numbers: Numbers, digits: int = 2, sign: bool = False, scale: float = 1.0) -> Findings:
    value = round(sum(numbers.values) / len(numbers.values) * scale, digits)
    return Findings(Frozen({"value": -value if sign else value}))


@demo("broken", title="Broken")
def broken(*, zero: int = 0) -> Findings:
    return Findings(Frozen({"value": 1 / zero}))


@pytest.fixture
def toys(tmp_path, monkeypatch):
    (tmp_path / "toys_of_test.py").write_text(f"LOG = {str(tmp_path / 'log')!r}\n{TOYS}")
    (tmp_path / "helper_of_toys.py").write_text("FACTOR = 10\n")
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("toys_of_test", "helper_of_toys"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    registry = Registry()
    for name in "abcd":
        registry.add("demo", name, f"toys_of_test:{name.upper()}")
    return registry


def ran(folder: Path) -> list[str]:
    log = folder / "log"
    return log.read_text().split() if log.exists() else []


def ask(demo: str, name: str = "", data=None, **knobs: str) -> RunRequest:
    return RunRequest(name=name or demo, demo=demo, knobs=knobs, data=data or {}, at=HERE)


def with_values() -> Registry:
    registry = Registry()
    registry.add("demo", "mean", mean)
    registry.add("demo", "broken", broken)
    return registry


def test_the_same_knobs_run_once_and_serve_every_name(toys, tmp_path):
    found, problems = run_demos([ask("a"), ask("a", "again"), ask("a", "more", times="3")], toys, seed=0, cache=None)
    assert not problems
    assert {name: f.facts["value"] for name, f in found.items()} == {"a": 10, "again": 10, "more": 30}
    assert ran(tmp_path) == ["a", "a"]


def test_several_processes_and_one_find_the_same(toys, tmp_path):
    requests = [ask(name, f"{name}{times}", times=str(times)) for name in "abcd" for times in (1, 2)]
    side_by_side, problems = run_demos(requests, toys, seed=3, cache=None, jobs=2)
    one_by_one, _ = run_demos(requests, toys, seed=3, cache=None, jobs=1)
    assert not problems
    assert list(side_by_side) == [request.name for request in requests]
    assert {n: f.facts for n, f in side_by_side.items()} == {n: f.facts for n, f in one_by_one.items()}
    assert len(ran(tmp_path)) == 16


def test_inside_a_worker_beside_which_others_build_the_demos_run_one_by_one(toys, tmp_path, monkeypatch):
    requests = [ask(name, f"{name}{times}", times=str(times)) for name in "abcd" for times in (1, 2)]
    monkeypatch.setattr(multiprocessing, "parent_process", multiprocessing.current_process)
    monkeypatch.setattr(runner, "_pool", None)
    found, problems = run_demos(requests, toys, seed=3, cache=None, jobs=2)
    assert not problems
    assert [found[f"a{times}"].facts["value"] for times in (1, 2)] == [10, 20]


def test_each_demo_has_a_generator_of_its_own(toys):
    found, _ = run_demos([ask("a"), ask("b")], toys, seed=0, cache=None)
    assert found["a"].facts["die"] != found["b"].facts["die"]
    assert found["a"].facts["die"] == tuple(generator(0, "a").integers(1, 7, 5))


def test_kept_findings_are_not_run_again(toys, tmp_path):
    cache = tmp_path / "cache"
    first, _ = run_demos([ask("a"), ask("b")], toys, seed=0, cache=cache)
    second, _ = run_demos([ask("a"), ask("b")], toys, seed=0, cache=cache)
    assert ran(tmp_path) == ["a", "b"]
    assert first == second


@pytest.mark.parametrize("change", ["seed", "knob", "demo", "helper"])
def test_whatever_could_change_the_findings_runs_the_demo_again(toys, tmp_path, change):
    cache = tmp_path / "cache"
    run_demos([ask("a")], toys, seed=0, cache=cache)
    for file, name in (("demo", "toys_of_test.py"), ("helper", "helper_of_toys.py")):
        if change == file:
            with (tmp_path / name).open("a") as source:
                source.write("# changed\n")
    knobs = {"times": "2"} if change == "knob" else {}
    run_demos([ask("a", **knobs)], toys, seed=1 if change == "seed" else 0, cache=cache)
    assert ran(tmp_path) == ["a", "a"]


def test_changed_data_bytes_run_the_demo_again(tmp_path):
    numbers, cache = tmp_path / "numbers.txt", tmp_path / "cache"
    for text, value in (("1 2 3", 2), ("4 5 6", 5)):
        numbers.write_text(text)
        found = run_demo(ask("mean", data={"numbers": numbers}), with_values(), seed=0, cache=cache)
        assert found.facts["value"] == value


@pytest.mark.parametrize("damage", [lambda b: b"", lambda b: b[:40], lambda b: b[:-1] + bytes([b[-1] ^ 1])])
def test_a_damaged_cache_file_is_ignored_and_rewritten(toys, tmp_path, damage):
    cache = tmp_path / "cache"
    run_demos([ask("a")], toys, seed=0, cache=cache)
    (file,) = cache.glob("*.findings")
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    found, problems = run_demos([ask("a")], toys, seed=0, cache=cache)
    assert (found["a"].facts["value"], problems) == (10, ())
    assert load_findings(cache, file.stem) == found["a"]
    assert [p.suffix for p in cache.iterdir() if p.is_file()] == [".findings"]


def test_a_cache_that_cannot_be_written_does_not_stop_the_run(toys, tmp_path):
    (tmp_path / "cache").write_text("a file, not a folder")
    found, problems = run_demos([ask("a")], toys, seed=0, cache=tmp_path / "cache")
    assert "a" in found
    assert not problems


def test_a_warm_run_imports_neither_numpy_nor_the_demo(toys, tmp_path):
    code = textwrap.dedent(f"""
        import sys; sys.path.insert(0, {str(tmp_path)!r})
        from pathlib import Path
        from workshop.plugins.registry import Registry
        from workshop.runs.runner import RunRequest, run_demos
        registry = Registry(); registry.add("demo", "a", "toys_of_test:A")
        found, _ = run_demos([RunRequest(name="a", demo="a", knobs={{}}, data={{}}, at=None)], registry, seed=0, cache=Path({str(tmp_path / "c")!r}))
        print(found["a"].facts["value"], "numpy" in sys.modules, "toys_of_test" in sys.modules)
    """)
    said = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ).stdout
        for _ in range(2)
    ]
    assert [line.split() for line in said] == [["10", "True", "True"], ["10", "False", "False"]]


@pytest.mark.parametrize(
    ("request_", "message", "hint"),
    [
        (ask("meen"), "no demo is named 'meen'", "'mean'"),
        (ask("mean", digitz="1"), "no knob named 'digitz'", "'digits'"),
        (ask("mean", digits="9"), "cannot be '9'", "a whole number from 0 to 6"),
        (ask("mean", digits="two"), "cannot be 'two'", "a whole number"),
        (ask("mean", sign="perhaps"), "cannot be 'perhaps'", "yes or no"),
        (ask("mean", scale="nan"), "cannot be 'nan'", "a number"),
        (ask("mean"), "needs data for 'numbers'", "kit.yaml"),
    ],
)
def test_a_wrong_request_is_a_problem_with_its_place_and_what_is_allowed(request_, message, hint):
    found, problems = run_demos([request_], with_values(), seed=0, cache=None)
    assert not found
    assert any(message in p.message and hint in p.hint and p.at == HERE for p in problems)


def test_a_missing_file_names_the_nearest(tmp_path):
    (tmp_path / "numbers.txt").write_text("1")
    _, problems = run_demos([ask("mean", data={"numbers": tmp_path / "number.txt"})], with_values(), seed=0, cache=None)
    assert [(p.code, p.at, p.hint) for p in problems] == [("missing-file", HERE, "did you mean 'numbers.txt'?")]


def test_an_unknown_slot_names_the_existing_one(tmp_path):
    (tmp_path / "n").write_text("1")
    _, problems = run_demos([ask("mean", data={"number": tmp_path / "n"})], with_values(), seed=0, cache=None)
    assert [p.hint for p in problems if p.code == "unknown-slot"] == ["did you mean 'numbers'?"]


def test_bad_data_keeps_the_place_inside_the_file(tmp_path):
    (tmp_path / "n").write_text("\n")
    with pytest.raises(Problems) as caught:
        run_demo(ask("mean", data={"numbers": tmp_path / "n"}), with_values(), seed=0)
    assert [p.at for p in caught.value.problems] == [At("n", 1)]


def test_what_is_kept_of_a_run_knows_its_demo_and_how_long_it_took(toys, tmp_path):
    cache = tmp_path / "cache"
    fresh, _ = run_demos([ask("a")], toys, seed=0, cache=cache)
    kept = kept_findings(ask("a"), toys, seed=0, cache=cache)
    assert kept == fresh["a"]
    assert (kept.about.name, kept.about.title) == ("a", "a")
    assert kept.about == fresh["a"].about
    assert kept.about.seconds >= 0
    assert kept_findings(ask("b"), toys, seed=0, cache=cache) is None


def test_a_crash_names_the_line_of_the_demo_and_who_asked():
    _, problems = run_demos([ask("broken")], with_values(), seed=0, cache=None)
    line = broken.function.__code__.co_firstlineno + 2
    assert [p.at for p in problems] == [HERE]
    assert f"test_runner.py:{line} with ZeroDivisionError: division by zero" in problems[0].message


def test_one_broken_demo_does_not_stop_the_others(toys):
    toys.add("demo", "broken", broken)
    toys.add("demo", "gone", "no_such_module:DEMO")
    found, problems = run_demos([ask("a"), ask("broken"), ask("gone"), ask("b")], toys, seed=0, cache=None)
    assert list(found) == ["a", "b"]
    assert len(problems) == 2


def test_all_mistakes_of_one_request_come_together():
    _, problems = run_demos([ask("mean", digits="x", sign="x", scal="1")], with_values(), seed=0, cache=None)
    assert len(problems) == 4


def test_the_generator_is_the_same_in_every_process():
    expected = np.random.default_rng([7, int.from_bytes(bytes.fromhex("ca978112ca1bbdca"), "little")])  # sha256 of "a"
    assert generator(7, "a").random() == expected.random()


def test_a_demo_that_leaves_the_program_is_a_crash_like_any_other():
    @demo("leaver", title="It leaves")
    def leaver():
        sys.exit(0)

    registry = Registry(targets={"demo": {"leaver": leaver}})
    found, problems = run_demos(
        [RunRequest(name="leaver", demo="leaver", knobs={}, data={}, at=None)], registry, seed=0, cache=None
    )
    assert found == {}
    assert "stopped at" in problems[0].message
    assert "SystemExit" in problems[0].message


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (
            lambda: Chart(
                ChartKind.BAR, "C", measure="m", finding="f", series=(Series("s", ("a", 1.0)),), categories=("x", "y")
            ),
            "'a' where a number",
        ),
        (
            lambda: Chart(
                ChartKind.BAR,
                "C",
                measure="m",
                finding="f",
                series=(Series("s", (1.0,)),),
                categories=("x",),
                unit="bananas",
            ),
            "'bananas'",
        ),
        (lambda: Table("T", (Column("c", "bananas"),), ((1,),), finding="f"), "'bananas'"),
        (lambda: Findings(Frozen({}), {"a": "text"}), "'a' is str"),
    ],
)
def test_an_exhibit_that_nothing_could_draw_is_refused_where_it_is_made(make, said):
    with pytest.raises((ValueError, TypeError), match=said):
        make()


KILLED = """
import sys
from workshop.plugins.registry import Registry
from workshop.runs.runner import RunRequest, run_demos

if __name__ == "__main__":
    registry = Registry()
    for n in range(8):
        registry.add("demo", f"d{n}", "sleepers_of_test:D")
    requests = [RunRequest(name=f"d{n}", demo=f"d{n}", knobs={}, data={}, at=None) for n in range(8)]
    run_demos(requests, registry, seed=0, cache=None, jobs=2)
"""
SLEEPER = """
import os, time
from pathlib import Path
from workshop.model.exhibits import demo

@demo("d", title="D")
def D():
    Path(__file__).with_name(f"{os.getpid()}.pid").touch()
    time.sleep(600)
"""


def is_there(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def until(condition, seconds=600):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


@pytest.mark.broad
@pytest.mark.long
def test_workers_end_with_a_build_that_is_killed(tmp_path):
    (tmp_path / "sleepers_of_test.py").write_text(SLEEPER)
    (tmp_path / "build.py").write_text(KILLED)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    build = subprocess.Popen([sys.executable, tmp_path / "build.py"], env=environment, stderr=subprocess.DEVNULL)
    assert until(lambda: len(list(tmp_path.glob("*.pid"))) == 2)
    workers = [int(path.stem) for path in tmp_path.glob("*.pid")]
    build.kill()
    build.wait()
    assert until(lambda: not any(map(is_there, workers)))


def digests(cache, *modules):
    sources = Sources(cache=cache)
    found = [sources.digest(module) for module in modules]
    sources.keep()
    return found


def test_what_a_module_imports_is_looked_for_once_and_a_digest_stays_the_same(cache, monkeypatch):
    modules = ("workshop.ai_models.demos.trigram", "workshop.ai_models.demos.retrieval")
    fresh = digests(None, *modules)
    assert digests(cache, *modules) == fresh
    monkeypatch.setattr("workshop.runs.cache.ast.parse", lambda _: pytest.fail("it was parsed again"))
    assert digests(cache, *modules) == fresh
    assert None not in fresh


def test_a_changed_import_changes_the_digest_although_names_are_kept(cache, tmp_path):
    first, helper = tmp_path / "first.py", tmp_path / "helper.py"
    first.write_text("x = 1\n")
    helper.write_text("y = 1\n")

    def digest():
        sources = Sources(cache=cache)
        found = sources.digest("first", first)
        sources.keep()
        return found

    seen = [digest()]
    first.write_text("import helper\n")
    seen.append(digest())
    helper.write_text("y = 2\n")
    seen.append(digest())
    assert len(set(seen)) == 3


@pytest.mark.parametrize("stored", [b"[]", b"{", b'{"a": 3}', b"null"])
def test_damaged_names_are_made_again(cache, stored):
    Memo(NAMES.ending, bytes, bytes).keep(cache, IMPORTS, stored)
    (found,) = digests(cache, "workshop.ai_models.demos.trigram")
    assert [found] == digests(None, "workshop.ai_models.demos.trigram")


@pytest.mark.parametrize(("first", "said"), [("one_thread()", "True"), ("pass", "False")])
def test_a_process_counts_as_single_threaded_if_numpy_came_after_the_limit(first, said):
    code = f"from workshop.runs.one_thread import has_one_thread, one_thread\n{first}\nimport numpy\none_thread()\nprint(has_one_thread())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"{said}\n"
