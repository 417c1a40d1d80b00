"""Measures how long whole processes take to build a talk: this program, and whichever of pandoc, PptxGenJS and python-pptx are present.

python benchmarks/talks.py [--slides 60,600] [--runs 5] [--cpu] [--growth] [--only pandoc,…]

The programs take turns, and each ratio is the median of the ratios of the rounds. Before each round the talk gets another title, so
that nothing is unchanged. ``--cpu`` measures CPU time instead of wall time, for a machine that has other work. Modules are compiled, as they are for everybody after the first run. ``--growth`` prints
the CPU time of each step for longer and longer talks and tables. PptxGenJS is looked for where node looks, and in .venv/pptxgenjs:

npm install --prefix .venv/pptxgenjs pptxgenjs
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.measured import UNLIMITED, ours, surroundings  # noqa: E402
from benchmarks.talk_source import table_talk, write_talk  # noqa: E402
from workshop import limits  # noqa: E402

PEERS = Path(__file__).parent / "peers"
OURS = "workshop"
SLIDES, ROWS = (150, 300, 600, 1200, 2400), (500, 1000, 2500, 5000)  # sizes for the growth of each step
STEPS = """
import gc, json, sys, time
from pathlib import Path
from benchmarks.unlimited import lift
gc.disable()  # as the command does
began, marks = time.process_time(), []
lift()
from workshop.build import build
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.render.pptx import deck  # the writer is imported before the clock of its step starts
def told(step):
    if step:
        marks.append((step, time.process_time()))
registry = standard_registry()
build(Path(sys.argv[1]), Request(), registry, base=registry.get("kit", "ai-models")(), out=Path(sys.argv[2]), progress=told)
told("end")
print(json.dumps({"import": marks[0][1] - began} | {a: u - t for (a, t), (_, u) in zip(marks, marks[1:])}))
"""


def programs(slides: int = 0) -> dict[str, Callable[[Path, Path], list[str]]]:
    """Return the command of each program that is present, as a function of the talk and the deck; ours is the first.

    Ours builds a talk that is longer than it usually allows with its limits lifted.
    """
    program = UNLIMITED if slides > limits.KIT_PARTS else ours()
    found: dict[str, Callable[[Path, Path], list[str]]] = {
        OURS: lambda talk, deck: [*program, "build", talk.name, "--out", str(deck.with_suffix(""))]
    }
    if pandoc := shutil.which("pandoc"):
        found["pandoc"] = lambda talk, deck: [pandoc, talk.name, "-o", str(deck)]
    if (node := shutil.which("node")) and _runs([node, "-e", "require('pptxgenjs')"]):
        script = str(PEERS / "with_pptxgenjs.js")
        found["PptxGenJS"] = lambda talk, deck: [node, script, str(talk.parent), str(deck)]
    script_of_python = str(PEERS / "with_python_pptx.py")
    found["python-pptx"] = lambda talk, deck: [sys.executable, script_of_python, str(talk.parent), str(deck)]
    return found


def _runs(command: list[str]) -> bool:
    return not subprocess.run(command, check=False, env=surroundings(), capture_output=True).returncode


def seconds(command: list[str], folder: Path, *, cpu: bool) -> float:
    """Run a command in the folder that holds the pictures, and return its wall time, or the CPU time of its processes."""
    clock = _cpu_of_children if cpu else time.perf_counter
    began = clock()
    subprocess.run(command, check=True, env=surroundings(), cwd=folder, capture_output=True)
    return clock() - began


def _cpu_of_children() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system


def compare(count: int, runs: int, asked: list[str], folder: Path, *, cpu: bool) -> dict[str, list[float]]:
    """Return the times of each program for a talk; a first round that isn't counted compiles modules and fills caches."""
    talk = write_talk(count, folder / str(count))
    source = talk.read_text("utf-8")
    chosen = {name: made for name, made in programs(count).items() if name == OURS or not asked or name in asked}
    times: dict[str, list[float]] = {name: [] for name in chosen}
    for n in range(runs + 1):
        talk.write_text(source.replace("title: A talk", f"title: A talk, version {n}", 1), "utf-8")
        for name, made in chosen.items():
            deck = talk.parent / f"{name}.pptx"
            spent = seconds(made(talk, deck), talk.parent, cpu=cpu)
            if name == OURS:
                deck = talk.parent / OURS / "deck.pptx"
            if not deck.is_file():
                raise SystemExit(f"{name} wrote no deck")
            if n:
                times[name].append(spent)
    return times


def ratio(times: list[float], others: list[float]) -> float:
    """Return the median of the ratios of each round."""
    return statistics.median(a / b for a, b in zip(times, others, strict=True))


def growth(folder: Path, runs: int) -> None:
    """Print how the CPU time of each step grows with the slides of a talk and with the rows of a table."""
    talks = [(f"{n} slides", n, write_talk(n, folder / f"s{n}")) for n in SLIDES]
    tables = []
    for rows in ROWS:
        path = folder / f"rows{rows}.md"
        path.write_text(table_talk(rows), "utf-8")
        tables.append((f"{rows} rows", rows, path))
    for made in (talks, tables):
        print_growth([(name, size, spent_by_step(path, folder, runs)) for name, size, path in made])


def spent_by_step(talk: Path, folder: Path, runs: int) -> dict[str, float]:
    """Return the median CPU seconds of each step of a build, each build in its own process."""
    command = [sys.executable, "-c", STEPS, str(talk), str(folder / "out")]
    found = []
    for _ in range(runs):
        done = subprocess.run(command, check=True, env=surroundings(), capture_output=True)
        found.append(json.loads(done.stdout))
    return {step: statistics.median(one[step] for one in found) for step in found[0]}


def print_growth(sizes: list[tuple[str, int, dict[str, float]]]) -> None:
    """Print one line per step: its milliseconds for each size, and its growth divided by the growth of the size."""
    print("ms of CPU    " + "".join(f"{name:>13}" for name, _, _ in sizes) + "   growth / linear")
    (_, least, first), (_, most, last) = sizes[0], sizes[-1]
    for step in first:
        line = "".join(f"{1000 * spent[step]:13.0f}" for _, _, spent in sizes)
        print(f"{step:13}{line}{last[step] / first[step] / (most / least):12.2f}")


def main() -> None:
    """Print ratios first, then seconds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slides", default="60,600", help="lengths of the talks, such as 60,600,6000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default="", help="programs to compare with, such as pandoc,PptxGenJS")
    parser.add_argument("--cpu", action="store_true")
    parser.add_argument("--growth", action="store_true")
    given = parser.parse_args()
    lengths = [int(text) for text in given.slides.split(",") if text]
    asked = [name for name in given.only.split(",") if name]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        found = {length: compare(length, given.runs, asked, folder, cpu=given.cpu) for length in lengths}
        for length, times in found.items():
            for name in list(times)[1:]:
                print(f"{length:5} slides: {ratio(times[OURS], times[name]):5.2f} × {name}")
        for less, more in pairwise(lengths):
            print(f"{less} to {more} slides: {ratio(found[more][OURS], found[less][OURS]):.1f} ×")
        for length, times in found.items():
            told = ", ".join(f"{name} {statistics.median(spent):.2f} s" for name, spent in times.items())
            print(f"{length} slides: {told}")
        help_time = statistics.median(
            seconds([*programs()[OURS](Path(), Path("x"))[:-4], "--help"], folder, cpu=given.cpu)
            for _ in range(given.runs)
        )
        print(f"--help: {help_time:.2f} s")
        if given.growth:
            growth(folder, min(given.runs, 3))


if __name__ == "__main__":
    main()
