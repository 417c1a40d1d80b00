"""Measures the peak memory of a command with all its processes, and the memory of each at that moment; Linux only.

python benchmarks/memory.py [--limit MB] [COMMAND …]

Without a command the built-in kit is built from a cold cache. Pages that several processes share are counted once
(proportional set size), so the sum is what the machine really has to find.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EVERY = 0.01  # seconds between two measurements


@dataclass(frozen=True)
class Peak:
    """The moment at which a command used the most memory.

    Attributes:
        total: kilobytes of all processes.
        held: kilobytes and command line of each process, largest first.
        second: since the start.
        looks: how often the processes were looked at.
    """

    total: int
    held: tuple[tuple[int, str], ...]
    second: float
    looks: int


def peak_of(command: list[str], environment: dict[str, str]) -> Peak:
    """Run a command and return the moment at which its process tree used the most memory.

    Raises:
        subprocess.CalledProcessError: if the command fails.
    """
    began, best, looks = time.perf_counter(), Peak(0, (), 0, 0), 0
    child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, cwd=ROOT)
    while child.poll() is None:
        found = tree(child.pid)
        looks += 1
        total = sum(size for size, _ in found)
        if total > best.total:
            best = Peak(total, tuple(sorted(found, reverse=True)), time.perf_counter() - began, 0)
        time.sleep(EVERY)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return Peak(best.total, best.held, best.second, looks)


def tree(root: int) -> list[tuple[int, str]]:
    """Return kilobytes and command line of a process and of all that it started."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                after_name = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has ended
            children.setdefault(int(after_name[1]), []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        process = waiting.pop()
        waiting += children.get(process, [])
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
            command = Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        found += [(int(line.split()[1]), command[:90]) for line in lines if line.startswith("Pss:")]
    return found


def main() -> None:
    """Print the peak, and fail if it is above the limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--limit", type=float, metavar="MB", help="exit with 1 above it")
    parser.add_argument("command", nargs="*", metavar="COMMAND")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "WORKSHOP_CACHE": f"{folder}/cache"}
        kit = [sys.executable, str(ROOT / "build_deck.py"), "--out", f"{folder}/out", "--quiet"]
        peak = peak_of(asked.command or kit, environment)
    print(f"{peak.total / 1024:.0f} MB after {peak.second:.1f} s ({peak.looks} looks)")
    for size, command in peak.held:
        print(f"  {size / 1024:6.0f} MB  {command}")
    if asked.limit and peak.total > asked.limit * 1024:
        sys.exit(f"more than {asked.limit:.0f} MB")


if __name__ == "__main__":
    main()
