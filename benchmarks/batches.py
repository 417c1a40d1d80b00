"""Measures batches of short kits: with one worker, with two, on a Dask cluster on this machine, and with a worker killed."""

import hashlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from benchmarks.measured import Found, Given, children, in_seconds, median, ours, seconds, surroundings

TALK = "# What {{{{ var.client }}}} learnt\n\n- Point {n}\n- Another one\n\n# A table\n\n| a | b |\n|---|---|\n| 1 | {n} |\n"
PACE = re.compile(rb"(\d+) of \d+ built")
LOOK_EVERY = 0.05  # seconds


def measure_batch(given: Given) -> Found:
    """Measure batches, each with an empty cache, and compare their files."""
    rows = 8 if given.quick else 500
    write_rows(given.folder, rows)
    one_by_one = [_one(given, n) for n in range(1, 3 if given.quick else 11)]
    serial = _batch(given, "one", "--workers", "1")
    held: list[int] = []
    double = _batch(given, "two", "--workers", "2", held=held)
    wanted = contents(given.folder / "one")
    found = Found()
    if not given.cpu:  # processor time says nothing about work side by side
        found.ratios.append((f"{rows} short kits, 2 workers to 1", f"{serial / double:.2f} × as fast", "≥ 1.7 ×"))
    table = [(f"{rows} short kits", given.unit, "kits a second")]
    table.append(
        (
            "a process for each, estimated from ten",
            in_seconds(median(one_by_one) * rows),
            f"{1 / median(one_by_one):.1f}",
        )
    )
    table += [
        (name, in_seconds(time_), f"{rows / time_:.1f}")
        for name, time_ in (("1 worker", serial), ("2 workers", double))
    ]
    same = [contents(given.folder / "two") == wanted]
    if find_spec("distributed"):
        with cluster(given) as address:
            spent = _batch(given, "dask", "--cluster", address)  # its workers' processor time isn't counted
        same.append(contents(given.folder / "dask") == wanted)
        table.append(("Dask, a scheduler and 2 workers of their own", in_seconds(spent), f"{rows / spent:.1f}"))
        if not given.cpu:
            found.ratios.append((f"{rows} short kits, 2 workers of Dask to 1", f"{serial / spent:.2f} × as fast", ""))
    else:
        found.lines.append("Dask isn't installed here.")
    found.ratios.append(("the same bytes each time", "yes" if all(same) else "no", "yes"))
    few = rows // 5 or 1
    write_rows(given.folder, few, "few.csv")
    _batch(given, "killed", "--workers", "2", table="few.csv", kill_at=few // 3)
    left = {name: one for name, one in wanted.items() if int(name.partition("/")[0].removeprefix("team")) <= few}
    kept = contents(given.folder / "killed") == left
    found.ratios.append(("a worker killed in the middle", "nothing lost" if kept else "something lost", "nothing lost"))
    if held:
        quarters = [held[len(held) * n // 100] / 1024 for n in (25, 50, 75)] + [held[-1] / 1024]
        grown = quarters[-1] / quarters[0] - 1
        found.ratios.append(("memory of the parent, from the first quarter to the end", f"{grown:+.0%}", "flat"))
        found.lines.append(
            "Memory of the parent after each quarter of the rows: " + ", ".join(f"{mb:.0f}" for mb in quarters) + " MB."
        )
    found.table(*table)
    return found


def write_rows(folder: Path, rows: int, table: str = "rows.csv") -> None:
    """Write a table and its talks."""
    for n in range(1, rows + 1):
        (folder / f"talk{n}.md").write_text(TALK.format(n=n), "utf-8")
    lines = (f"talk{n}.md,team{n},Team {n}" for n in range(1, rows + 1))
    (folder / table).write_text("\n".join(("kit,out,var.client", *lines, "")), "utf-8")


def contents(out: Path) -> dict[str, str]:
    """Return name -> digest of all files of a batch, except its report and records."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file() and path.parent.name != ".workshop-batch" and path.name != "report.csv"
    }


def _one(given: Given, number: int) -> float:
    options = ("--var", f"client=Team {number}", "--out", str(given.folder / "alone" / str(number)))
    return seconds([*ours(), "build", f"talk{number}.md", *options], given, cache=given.folder / "cache")


def _batch(
    given: Given,
    out: str,
    *options: str,
    table: str = "rows.csv",
    held: list[int] | None = None,
    kill_at: int | None = None,
) -> float:
    """Run a batch and return its time, with the memory of its parent in KB, or after killing a worker in the middle."""
    command = [*ours(), "batch", table, "--out", out, *options]
    clock = children if given.cpu else time.perf_counter
    began = clock()
    made = subprocess.Popen(
        command,
        env=surroundings(given.folder / f"cache-{out}"),
        cwd=given.folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    watch = threading.Thread(target=_watch, args=(made, held), daemon=True)
    if held is not None:
        watch.start()
    for line in made.stderr or ():
        built = PACE.search(line)
        if kill_at is not None and built and int(built[1]) >= kill_at:
            os.kill(_worker(made.pid), signal.SIGKILL)
            kill_at = None
    if made.wait():
        raise subprocess.CalledProcessError(made.returncode, command[:2])
    return clock() - began


def _worker(parent: int) -> int:
    """Return the youngest process that a batch has started."""
    return max(int(child) for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split())


def _watch(process: subprocess.Popen[bytes], held: list[int]) -> None:
    """Note the memory of a process, in KB, until it ends; Linux only."""
    while process.poll() is None:
        try:
            lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
        except OSError:
            return
        held += [int(line.split()[1]) for line in lines if line.startswith("VmRSS:")]
        time.sleep(LOOK_EVERY)


@contextmanager
def cluster(given: Given) -> Iterator[str]:
    """Start a scheduler and two workers by the commands of docs/batch.md, and yield the address."""
    dask = [sys.executable, "-m", "dask"]
    started: list[subprocess.Popen[str]] = []

    def start(*words: str) -> subprocess.Popen[str]:
        made = subprocess.Popen(
            [*dask, *words, "--no-dashboard"],
            env=surroundings(given.folder / "cache-cluster"),
            cwd=given.folder,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(made)
        return made

    try:
        scheduler = start("scheduler", "--host", "127.0.0.1", "--port", "0")
        address = next(line.split()[-1] for line in scheduler.stderr or () if "Scheduler at:" in line)
        for _ in range(2):
            worker = start("worker", address, "--nthreads", "1", "--local-directory", str(given.folder / "scratch"))
            next(line for line in worker.stderr or () if "Registered to:" in line)
        for one in started:
            threading.Thread(target=lambda one=one: [None for _ in one.stderr or ()], daemon=True).start()
        yield address
    finally:
        for one in reversed(started):
            one.terminate()
        for one in started:
            one.wait()
