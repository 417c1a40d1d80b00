"""Says whether builds have become slower: CPU time of a talk and of the kit, each as a ratio to python-pptx's; exits with 1 if so.

python benchmarks/ratios.py [--runs 3] [--only talk-60,…] [--set] [--slower 1.2]

CPU time of a process and of all that it starts, children included, doesn't count what other programs do meanwhile. They still
slow each other down a little, so the programs take turns, each ratio is to the python-pptx of its own round, which writes the
same slides bare, and the median of the rounds counts. It is written in our language: ratios to pandoc, which isn't, differed by
a third from one machine to another. Linux only. ``bounds.json`` has the bounds, three tenths above what was reached when they
were set: ``--set`` sets them again, downwards too, for a change that moves a ratio on purpose. ``--slower`` makes our processes
slower by that factor at their end, to see that this is noticed.
"""

import argparse
import compileall
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.kits import with_one_line_edited  # noqa: E402
from benchmarks.measured import children, ours, surroundings  # noqa: E402
from benchmarks.talk_source import write_talk  # noqa: E402

BOUNDS = Path(__file__).with_name("bounds.json")
PEER = Path(__file__).with_name("peers") / "with_python_pptx.py"
ROOM = 1.3
SMALL, LARGE = 60, 600
WAIT = 600  # seconds for one process
# name -> what it is, and the slides of the peer's talk that it is compared with
MEASURED = {
    "talk-60": ("a talk of 60 slides", SMALL),
    "talk-600": ("a talk of 600 slides", LARGE),
    "kit-edited": ("the kit, one line edited", LARGE),
    "kit-cold": ("the kit, nothing kept", LARGE),
}
SLOWER = """
import atexit, os, sys, time
def burn():
    spent = os.times()
    until = time.process_time() + {} * (spent.user + spent.system + spent.children_user + spent.children_system)
    while time.process_time() < until:
        pass
if not sys.flags.isolated:
    atexit.register(burn)
"""


@dataclass
class Bench:
    """A folder in which talks and kits are built; each round builds anew.

    Attributes:
        folder: an empty one.
        slower: by which factor our processes are slowed down; 1 for not at all.
    """

    folder: Path
    slower: float = 1.0
    talks: dict[int, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Write the talks, and compile our modules as an installation does."""
        self.talks = {count: write_talk(count, self.folder / str(count)) for count in (SMALL, LARGE)}
        compileall.compile_dir(ROOT / "workshop", quiet=2)
        if self.slower > 1:
            (self.folder / "slower").mkdir()
            (self.folder / "slower" / "sitecustomize.py").write_text(SLOWER.format(self.slower - 1), "utf-8")

    def round(self, number: int, names: list[str]) -> dict[str, float]:
        """Return the seconds of CPU time of each build, and of the peer for each number of slides, one after the other."""
        spent: dict[str, float] = {}
        wanted = {MEASURED[name][1] for name in names}
        for count, talk in ((count, talk) for count, talk in self.talks.items() if count in wanted):
            text = talk.read_text("utf-8").partition("\ntitle: ")
            talk.write_text(f"{text[0]}\ntitle: Talk {number}\n{text[2].partition(chr(10))[2]}", "utf-8")
            spent[f"peer-{count}"] = self.seconds([sys.executable, str(PEER), ".", "peer.pptx"], talk.parent)
            if (name := f"talk-{count}") in names:
                spent[name] = self.ours([talk.name, "--out", "out"], talk.parent)
        if {"kit-edited", "kit-cold"} & set(names):
            spent |= self.kit(self.folder / f"kit{number}")
        return spent

    def kit(self, folder: Path) -> dict[str, float]:
        """Return the seconds for the kit with nothing kept, and then with one line edited."""
        for name in ("slides_src", "exercises"):
            shutil.copytree(ROOT / name, folder / name)
        cold = self.ours(["slides_src", "--out", "out"], folder)
        with_one_line_edited(folder / "slides_src", 1)
        edited = self.ours(["slides_src", "--out", "out"], folder)
        shutil.rmtree(folder)
        return {"kit-cold": cold, "kit-edited": edited}

    def ours(self, words: list[str], folder: Path) -> float:
        """Return the seconds of one build."""
        return self.seconds([*ours(), "build", *words, "--quiet"], folder, folder / "cache", ours=True)

    def seconds(self, command: list[str], folder: Path, cache: Path | None = None, *, ours: bool = False) -> float:
        """Run a command and return the CPU time that it and its children needed.

        Raises:
            subprocess.CalledProcessError: if it fails.
        """
        around = surroundings(cache)
        if ours and self.slower > 1:
            around["PYTHONPATH"] = os.pathsep.join((str(self.folder / "slower"), around["PYTHONPATH"]))
        began = children()
        subprocess.run(command, check=True, cwd=folder, env=around, capture_output=True, timeout=WAIT)
        return children() - began


def ratios(rounds: list[dict[str, float]], names: list[str]) -> dict[str, float]:
    """Return the median of the ratios of each build to the peer of its round.

    >>> ratios([{"talk-60": 2, "peer-60": 1}, {"talk-60": 9, "peer-60": 3}, {"talk-60": 1, "peer-60": 2}], ["talk-60"])
    {'talk-60': 2.0}
    """
    return {name: statistics.median(one[name] / one[f"peer-{MEASURED[name][1]}"] for one in rounds) for name in names}


def bound_of(reached: float) -> float:
    """Return the bound for a ratio that was reached.

    >>> bound_of(1.5), bound_of(0.3001)
    (1.95, 0.4)
    """
    return math.ceil(round(reached * ROOM * 100, 6)) / 100


def told(reached: dict[str, float], rounds: list[dict[str, float]], bounds: dict[str, float]) -> Iterator[str]:
    """Yield a line for each ratio."""
    for name, ratio in reached.items():
        words, slides = MEASURED[name]
        spent = statistics.median(one[name] for one in rounds)
        bound = bounds.get(name, 0)
        verdict = "TOO SLOW" if ratio > bound else "set the bound again" if bound_of(ratio) < bound / ROOM else "fine"
        yield (
            f"{words:26} {ratio:6.2f} × python-pptx's {slides:3} slides, at most {bound:5.2f}   ({spent:5.2f} s of CPU): {verdict}"
        )


def main(arguments: list[str] | None = None, say: Callable[[str], None] = print) -> int:
    """Measure, print, and return the exit code: 1 if any ratio is above its bound."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default=",".join(MEASURED), help="some of " + ", ".join(MEASURED))
    parser.add_argument("--set", action="store_true", help="write the bounds for what is reached")
    parser.add_argument("--slower", type=float, default=1.0, help="a factor, to see that a slower build is noticed")
    given = parser.parse_args(arguments)
    if sys.platform != "linux":
        say("ratios are measured on Linux")
        return 2
    names = [name for name in MEASURED if name in given.only.split(",")]
    with tempfile.TemporaryDirectory() as made:
        bench = Bench(Path(made), given.slower)
        rounds = [bench.round(number, names) for number in range(given.runs)]
    reached, bounds = ratios(rounds, names), json.loads(BOUNDS.read_text("utf-8"))
    if given.set:
        bounds |= {name: bound_of(ratio) for name, ratio in reached.items()}
        BOUNDS.write_text(json.dumps(bounds, indent=2) + "\n", "utf-8")
    for line in told(reached, rounds, bounds):
        say(line)
    return int(any(ratio > bounds[name] for name, ratio in reached.items()))


if __name__ == "__main__":
    sys.exit(main())
