"""Tests that builds which share a cache make each run once, and that none waits for one that has ended."""

import signal
import subprocess
import sys
import threading

import pytest

from workshop.runs.cache import turns

DEMO = """
import time
from pathlib import Path
from workshop.model.exhibits import Findings, Frozen, demo

@demo("slow", title="Slow")
def slow(times: int = 1):
    is_first = not Path({log!r}).exists()
    with open({log!r}, "a") as log:
        log.write("ran\\n")
    time.sleep(600 if is_first and Path({hangs!r}).exists() else 0.4)
    return Findings(Frozen({{"value": times}}), {{}})
"""
BUILD = """
import sys
from pathlib import Path
sys.path.insert(0, {folder!r})
from workshop.plugins.registry import Registry
from workshop.runs.runner import RunRequest, run_demos
registry = Registry()
registry.add("demo", "slow", "slow_of_test:slow")
ask = lambda n: RunRequest(name=f"slow{{n}}", demo="slow", knobs={{"times": str(n)}}, data={{}}, at=None)
found, problems = run_demos([ask(1), ask(2)], registry, seed=0, cache=Path({folder!r}, "cache"), jobs=1)
assert not problems
print(found["slow1"].facts["value"], found["slow2"].facts["value"])
"""


@pytest.fixture
def build(tmp_path):
    names = {name: str(tmp_path / name) for name in ("log", "hangs")}
    (tmp_path / "slow_of_test.py").write_text(DEMO.format(**names))
    command = [sys.executable, "-c", BUILD.format(folder=str(tmp_path))]

    def start():
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    return start


def test_two_builds_at_once_run_each_demo_once(build, tmp_path):
    both = [build(), build()]
    assert [one.communicate() for one in both] == [("1 2\n", ""), ("1 2\n", "")]
    assert (tmp_path / "log").read_text() == "ran\n" * 2


def test_if_the_build_that_runs_it_is_killed_the_other_one_runs_it(build, tmp_path):
    (tmp_path / "hangs").touch()  # the first run, until it is killed
    first = build()
    while not (tmp_path / "log").exists():
        assert first.poll() is None
    second = build()
    first.send_signal(signal.SIGKILL)
    assert second.communicate() == ("1 2\n", "")
    assert first.wait() == -signal.SIGKILL
    first.communicate()


def test_what_another_build_is_running_is_not_free_until_it_is_done(tmp_path):
    with turns(tmp_path, ("a", "b")) as ours:
        assert ours == {"a", "b"}
        with turns(tmp_path, ("b", "c", "d")) as theirs:
            assert theirs == {"c", "d"}
    with turns(tmp_path, ("b",)) as free:
        assert free == {"b"}


def test_who_waits_gets_it_when_it_is_let_go(tmp_path):
    got = threading.Event()

    def wait():
        with turns(tmp_path, ("a",), 600.0) as free:
            assert free == {"a"}
            got.set()

    with turns(tmp_path, ("a",)):
        waiting = threading.Thread(target=wait)
        waiting.start()
        assert not got.wait(0.05)
    waiting.join()
    assert got.is_set()


def test_without_a_cache_or_in_one_that_cannot_be_written_to_everything_is_free(tmp_path):
    (tmp_path / "file").write_text("x")
    for cache in (None, tmp_path / "file"):
        with turns(cache, ("a",)) as one, turns(cache, ("a",)) as other:
            assert one == other == {"a"}
