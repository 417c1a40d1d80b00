"""Says whether builds do more work than they did, without a clock: how many functions Python calls; exits with 1 if a tenth more.

python benchmarks/calls.py [--set]

A machine, whatever else it does, doesn't change the number of calls (two builds differ by less than a thousandth), so a build that
does a fifth more work is found where ratios of time, which differ from machine to machine, must leave more room. What happens
within C, in processes that a build starts, and in a single call isn't seen: ``ratios.py`` sees that. ``calls.json`` has the
numbers for each version of Python, and a version that it lacks isn't compared; ``--set`` writes them anew.
"""

import json
import pstats
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.kits import with_one_line_edited  # noqa: E402
from benchmarks.measured import surroundings  # noqa: E402
from benchmarks.talk_source import write_talk  # noqa: E402

KEPT = Path(__file__).with_name("calls.json")
ROOM = 1.1
WAIT = 600  # seconds for one process
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
TALK, KIT = "a talk of 600 slides", "the kit, one line edited"


def counted(folder: Path) -> dict[str, int]:
    """Return the number of calls of each build.

    Args:
        folder: an empty one.

    Raises:
        subprocess.CalledProcessError: if a build fails.
    """
    talk, kit = folder / "talk", folder / "kit"
    found = {TALK: _calls(write_talk(600, talk).name, talk)}
    for name in ("slides_src", "exercises"):
        shutil.copytree(ROOT / name, kit / name)
    _calls("slides_src", kit)
    with_one_line_edited(kit / "slides_src", 1)
    return found | {KIT: _calls("slides_src", kit)}


def _calls(source: str, folder: Path) -> int:
    profile = folder / "profile"
    command = [sys.executable, "-m", "cProfile", "-o", str(profile), str(ROOT / "build_deck.py")]
    around = surroundings(folder / "cache")
    subprocess.run(
        [*command, "build", source, "--out", "out", "--quiet"],
        check=True,
        cwd=folder,
        env=around,
        capture_output=True,
        timeout=WAIT,
    )
    return int(pstats.Stats(str(profile)).total_calls)  # type: ignore[attr-defined]


def told(found: dict[str, int], kept: dict[str, int]) -> Iterator[str]:
    """Yield a line for each build.

    >>> list(told({"a talk": 1_200_000}, {"a talk": 1_000_000}))
    ['a talk: 1.20 million calls, 1.20 × the 1.00 million that were kept, at most 1.10 ×: MORE WORK']
    """
    for name, calls in found.items():
        before = kept[name]
        verdict = "MORE WORK" if calls > before * ROOM else "set the number again" if calls * ROOM < before else "fine"
        yield (
            f"{name}: {calls / 1e6:.2f} million calls, {calls / before:.2f} × the {before / 1e6:.2f} million "
            f"that were kept, at most {ROOM:.2f} ×: {verdict}"
        )


def main(arguments: list[str], say: Callable[[str], None] = print) -> int:
    """Count, print, and return the exit code: 1 if a build makes a tenth more calls than were kept."""
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    if arguments != ["--set"] and PYTHON not in kept:
        say(f"calls were counted with Python {' and '.join(kept)}, so nothing is compared with {PYTHON}")
        return 0
    with tempfile.TemporaryDirectory() as made:
        found = counted(Path(made))
    if arguments == ["--set"]:
        kept[PYTHON] = found
        KEPT.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", "utf-8")
    for line in told(found, kept[PYTHON]):
        say(line)
    return int(any(calls > kept[PYTHON][name] * ROOM for name, calls in found.items()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
