"""Measures everything and writes ``docs/benchmarks.md``: machine and versions, ratios, then times.

python benchmarks/report.py [SECTION …] [--quick] [--cpu] [--out FILE]

Sections are talks, growth, kit, personal, check, batch, memory and page; without any, all are measured. What isn't measured keeps its
figures, which are in ``benchmarks/results.json``. A section that fails doesn't stop the others. ``--quick`` tries in three minutes
whether everything works, and writes nothing unless a file is named; ``--cpu`` measures processor time instead of wall time.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import talks  # noqa: E402
from benchmarks.batches import measure_batch  # noqa: E402
from benchmarks.kits import measure_check, measure_kit, measure_memory, measure_page, measure_personal  # noqa: E402
from benchmarks.measured import MODULES, Found, Given, in_seconds, median, seconds  # noqa: E402
from benchmarks.talk_source import table_talk, write_talk  # noqa: E402
from docs.pages import wrapped  # noqa: E402
from workshop import __version__  # noqa: E402

PAGE, RESULTS = ROOT / "docs" / "benchmarks.md", ROOT / "benchmarks" / "results.json"
WANTED = {(60, "pandoc"): "≤ 1.8 ×", (600, "pandoc"): "≤ 0.35 ×"}
LONG, PATIENCE = 6000, 60  # slides; seconds for each program
STEEP = 1.1  # growth of a step, divided by that of the input
SMALL = 0.02  # seconds: a step that takes less isn't compared
INTRO = """# Benchmarks

`make bench` measures this on an idle machine and writes this page; `make bench BENCH="talks batch"` measures some sections again. All times are of whole processes, from the
start of Python to the last byte, unless it says otherwise, and medians. Programs that are compared take turns, and a ratio is the median of the ratios of the rounds. `make ratios`, in CI, compares CPU time with bare python-pptx instead, which works on a busy machine, too; its bounds are in `benchmarks/bounds.json`.
"""


def measure_talks(given: Given) -> Found:
    """Compare talks with the other programs that are present."""
    found, lengths = Found(), (60,) if given.quick else (60, 600)
    every: dict[int, dict[str, float]] = {}
    times: dict[str, list[float]] = {}
    for length in lengths:
        times = talks.compare(length, 1 if given.quick else 5, [], given.folder, cpu=given.cpu)
        every[length] = {name: median(spent) for name, spent in times.items()}
        for name in list(times)[1:]:
            ratio = f"{talks.ratio(times[talks.OURS], times[name]):.2f} ×"
            found.ratios.append((f"a talk of {length} slides, to {name}", ratio, WANTED.get((length, name), "")))
    if not given.quick:
        every[LONG] = _long(given)
        growth = every[LONG][talks.OURS] / every[600][talks.OURS]
        found.ratios.append((f"600 to {LONG:,} slides", f"{growth:.1f} ×", "≤ 11 ×"))
    names = list(talks.programs())
    head = ("slides", *(f"{name}, {given.unit}" for name in names))
    found.table(
        head, *((f"{length:,}", *(_told(spent.get(name)) for name in names)) for length, spent in every.items())
    )
    absent = {"pandoc", "PptxGenJS"} - set(names)
    found.lines += ["", "Of 60 slides, 44 have bullets, 8 a table and 8 a picture, and all have notes."]
    if not given.quick:
        found.lines[-1] += f" The talk of {LONG:,} slides was built once, with the limits on the size of a talk lifted."
    found.lines += [f"Not installed here: {', '.join(sorted(absent))}."] * bool(absent)
    return found


def _long(given: Given) -> dict[str, float]:
    """Return the time of each program for the long talk; infinity for one that takes too long."""
    talk = write_talk(LONG, given.folder / "long")
    found = {}
    for name, made in talks.programs(LONG).items():
        try:
            found[name] = seconds(made(talk, talk.parent / f"{name}.pptx"), given, folder=talk.parent, limit=PATIENCE)
        except subprocess.TimeoutExpired:
            found[name] = float("inf")
    return found


def _told(time_: float | None) -> str:
    return "–" if time_ is None else f"more than {PATIENCE}" if time_ == float("inf") else in_seconds(time_)


def measure_growth(given: Given) -> Found:
    """Measure how the processor time of each step grows."""
    found = Found()
    slides, rows = ((60, 120), (125, 250)) if given.quick else (talks.SLIDES, talks.ROWS)
    long = [(n, write_talk(n, given.folder / f"s{n}")) for n in slides]
    tables = []
    for n in rows:
        tables.append((n, given.folder / f"rows{n}.md"))
        tables[-1][1].write_text(table_talk(n), "utf-8")
    runs = 1 if given.quick else 5  # each step of a single run is now and then off by a third
    for what, sizes in (("slides", long), ("rows of a table", tables)):
        spent = [(n, talks.spent_by_step(path, given.folder, runs)) for n, path in sizes]
        (least, first), (most, last) = spent[0], spent[-1]
        shown = {step: last[step] / first[step] / (most / least) for step in first}
        steepest = max((name for name in shown if last[name] > SMALL), key=lambda name: shown[name])
        found.ratios.append(
            (
                f"{least} to {most:,} {what}: the steepest step, “{steepest}”, to linear",
                f"{shown[steepest]:.2f} ×",
                f"≤ {STEEP} ×",
            )
        )
        head = ("ms of processor time", *(f"{n:,} {what}" for n, _ in spent), "to linear")
        lines = [(step, *(f"{1000 * one[step]:.0f}" for _, one in spent), f"{shown[step]:.2f} ×") for step in first]
        found.table(head, *lines)
    found.lines += [
        "",
        f"Medians of {runs}, without the limits on the size of a talk. “import” doesn't depend on the talk.",
    ]
    return found


SECTIONS: dict[str, tuple[str, Callable[[Given], Found]]] = {
    "talks": ("Talks", measure_talks),
    "kit": ("The built-in kit", measure_kit),
    "personal": ("Personal sheets", measure_personal),
    "check": ("Check", measure_check),
    "batch": ("Batches", measure_batch),
    "memory": ("Memory", measure_memory),
    "page": ("The companion page", measure_page),
    "growth": ("Growth", measure_growth),
}


def machine() -> list[str]:
    """Return what was measured on, without a word that tells whose machine it is."""
    cpu = platform.processor() or platform.machine()
    memory = 0.0
    if (told := Path("/proc/cpuinfo")).is_file():
        models = [
            line.partition(":")[2].strip() for line in told.read_text().splitlines() if line.startswith("model name")
        ]
        cpu = models[0] if models else cpu
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    lines = [f"{cpu}, {processors} processors, {memory:.0f} GB, {platform.system()} {platform.machine()}"]
    names = ("python-pptx", "lxml", "numpy", "typst", "distributed")
    packages = (f"{name} {one}" for name in names if (one := _version(name)))
    lines.append(", ".join((f"workshop {__version__}", f"Python {platform.python_version()}", *packages)))
    others = [("pandoc", ["pandoc", "--version"]), ("Node", ["node", "--version"])]
    lines.append(", ".join(f"{name} {one}" for name, command in others if (one := _first_line(command))))
    package = MODULES / "pptxgenjs" / "package.json"
    if package.is_file():
        lines[-1] += f", PptxGenJS {json.loads(package.read_text('utf-8'))['version']}"
    return [line for line in lines if line]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _first_line(command: list[str]) -> str:
    if not shutil.which(command[0]):
        return ""
    said = subprocess.run(command, check=False, capture_output=True, text=True).stdout.splitlines()
    return said[0].split()[-1] if said else ""


def page(results: dict[str, Any]) -> str:
    """Return the page of all results: ratios first."""
    made = {name: results["sections"][name] for name in SECTIONS if name in results["sections"]}
    lines = [INTRO, *(f"- {line}" for line in results["machine"]), f"- {results['when']}", ""]
    lines += ["| what | measured | wanted |", "|---|---:|---:|"]
    lines += [f"| {' | '.join(ratio)} |" for one in made.values() for ratio in one.get("ratios", ())]
    for name, one in made.items():
        lines += ["", f"## {SECTIONS[name][0]}"]
        lines += [f"\nThis couldn't be measured: {one['failed']}."] if "failed" in one else one["lines"]
    text = "\n".join(lines) + "\n"
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return wrapped(text)


def measured(name: str, quick: bool, cpu: bool) -> dict[str, Any]:
    """Return the results of a section, or why it has none; its traceback is printed."""
    print(f"{name} …", file=sys.stderr, flush=True)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="workshop-bench-") as made:
        try:
            found = asdict(SECTIONS[name][1](Given(folder=Path(made), quick=quick, cpu=cpu)))
        except Exception as error:  # noqa: BLE001 - the other sections go on
            traceback.print_exc()
            if isinstance(error, subprocess.CalledProcessError) and error.stderr:
                print(str(error.stderr)[-2000:], file=sys.stderr)
            found = {"failed": type(error).__name__}
    print(f"{name}: {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    return found


def main() -> None:
    """Measure, print the page, and write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--cpu", action="store_true")
    parser.add_argument("--out", type=Path, help="the page; its results lie beside it unless it is docs/benchmarks.md")
    given = parser.parse_args()
    if unknown := sorted(set(given.sections) - set(SECTIONS)):
        parser.error(f"there is no section {unknown[0]!r}; there are {', '.join(SECTIONS)}")
    out = given.out or (None if given.quick else PAGE)
    store = RESULTS if out == PAGE else out.with_suffix(".json") if out else None
    results: dict[str, Any] = json.loads(store.read_text("utf-8")) if store and store.is_file() else {"sections": {}}
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    for name in given.sections or SECTIONS:
        results["sections"][name] = measured(name, given.quick, given.cpu)
    results |= {"machine": machine(), "when": f"Measured on {datetime.now(UTC).date().isoformat()}"}
    results["when"] += f", while the machine had other work (load {busy:.1f})" * (busy > 1)
    text = page(results)
    print(text)
    if out and store:
        store.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")
        out.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
