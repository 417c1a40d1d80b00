"""Builds the built-in kit and a talk into many templates, and prints one line per template: what had to give, and what is invalid.

python benchmarks/templates.py FOLDER [--only NAME,…] [--keep OUT]

FOLDER has any .pptx and .potx files, in folders named after their origin. Templates that the tests make are tried as well.
Findings of validators that the template itself has aren't counted.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from openxml_audit import validate_pptx  # noqa: E402 - the tests' makers are found from the root

from tests.templates.maker import MADE  # noqa: E402
from tests.templates.odd import ODD  # noqa: E402
from workshop.ai_models.register import kit_folder  # noqa: E402
from workshop.build import plan  # noqa: E402
from workshop.check.package import check_package  # noqa: E402
from workshop.errors import Problem, Severity, WorkshopError  # noqa: E402
from workshop.layout import lay_out  # noqa: E402
from workshop.model.kit import Kit  # noqa: E402
from workshop.model.request import Request  # noqa: E402
from workshop.plugins.registry import standard_registry  # noqa: E402
from workshop.render.pptx.deck import write_deck  # noqa: E402
from workshop.themes.template import template_theme  # noqa: E402

REGISTRY = standard_registry()
EXTRAS = tuple(REGISTRY.get("extra", name) for name in REGISTRY.names("extra"))

TALK = """---
title: What we learnt from 200 service calls
author: A. Writer
---

# Why we looked

- Calls took 14 minutes on average, and nobody could say why
- Three teams had three explanations
- We listened to 200 calls and wrote down what happened in each minute

# What takes the time

| What | Minutes | Share |
|---|---:|---:|
| Finding the customer's file | 5.1 | 36% |
| Explaining the bill | 4.2 | 30% |
| Waiting for a second system | 2.8 | 20% |
| Everything else | 1.9 | 14% |

# Two ways to shorten it, and what each of them would ask of the people who answer the phone every day

:::: columns
::: column
### One search
- One field for name, number and address
- Built in six weeks
:::
::: column
### A clearer bill
- Four lines instead of eleven
- Needs the lawyers
:::
::::

# The query behind the numbers

```python
def minutes(call):
    spent = {}
    for step in call.steps:
        spent[step.kind] = spent.get(step.kind, 0) + step.seconds / 60
    return spent
```

# What we ask for

1. Six weeks of two developers
2. A decision on the bill by March
3. Another 200 calls in June, by the same people
"""


@dataclass(frozen=True)
class Outcome:
    """What became of one kit in one template.

    Attributes:
        stops: problems that stop the build.
        findings: findings of validators that the template itself doesn't have.
        told: warnings and advice.
        slides: number of slides.
    """

    stops: tuple[str, ...]
    findings: tuple[str, ...]
    told: tuple[Problem, ...]
    slides: int


def kits(folder: Path) -> dict[str, Kit]:
    """Return the kits that are built, by a short name."""
    (folder / "talk.md").write_text(TALK, "utf-8")
    found = {
        f"{minutes}": plan(kit_folder(), Request(audience="general", minutes=minutes), REGISTRY, base=None)[0]
        for minutes in (60, 180)
    }
    found["talk"] = plan(folder / "talk.md", Request(), REGISTRY, base=kit_folder())[0]
    return found


def built(kit: Kit, path: Path) -> tuple[Outcome, bytes]:
    """Build a kit into a template; the bytes are empty if the build would stop."""
    try:
        matched = template_theme(path)
        laid, problems = lay_out(kit, matched.theme, extras=EXTRAS)
    except WorkshopError as error:
        return Outcome(tuple(map(str, error.problems)), (), (), 0), b""
    told = (*matched.problems, *problems)
    stops = tuple(str(problem) for problem in told if problem.severity is Severity.ERROR)
    blob = write_deck(laid)
    same = write_deck(laid) == blob
    assert matched.theme.template is not None
    before, after = findings(matched.theme.template.package), findings(blob)
    new = tuple(found for found in sorted(after) if after[found] > before[found])
    return Outcome(stops, (*new, *(() if same else ("other bytes",))), told, len(laid.slides)), blob


def findings(blob: bytes) -> Counter[str]:
    """Return what validators find, without places, which differ between two files."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.pptx"
        path.write_bytes(blob)
        found = Counter(f"{error.part_uri}: {error.description}" for error in validate_pptx(str(path)).errors)
        found.update(
            f"{problem.at}: {problem.message}".replace(folder, "")
            for problem in check_package(path)
            if problem.code != "small-text"  # what had to be smaller is counted in the summary
        )
    return found


def templates(folder: Path, made: Path, only: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    """Yield origin and path of each template."""
    for name, make in {**MADE, **ODD}.items():
        path = made / f"{name}.pptx"
        path.write_bytes(make())
    files = [(p.parent.name, p) for p in sorted(folder.rglob("*")) if p.suffix in (".pptx", ".potx")]
    for origin, path in [*files, *(("ours", p) for p in sorted(made.glob("*.pptx")))]:
        if not only or path.stem in only:
            yield origin, path


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="names of files, without their endings")
    parser.add_argument("--kits", default="60,180,talk")
    parser.add_argument("--keep", type=Path, help="folder for the decks")
    parser.add_argument("--tell", action="store_true", help="print every message")
    asked = parser.parse_args()
    only = tuple(filter(None, asked.only.split(",")))
    stopped = count = 0
    with tempfile.TemporaryDirectory() as made:
        wanted = {name: kit for name, kit in kits(Path(made)).items() if name in asked.kits.split(",")}
        for origin, path in templates(asked.folder, Path(made), only):
            began, cells, lines = time.perf_counter(), [], []
            for name, kit in wanted.items():
                outcome, blob = built(kit, path)
                count += 1
                stopped += bool(outcome.stops)
                cells.append(
                    f"{name}: {outcome.slides} slides, {len(outcome.stops)} stops, {len(outcome.findings)} findings"
                )
                lines += [f"    {name}: {line}" for line in (*outcome.stops, *outcome.findings)]
                lines += [f"    {name}: {problem}" for problem in outcome.told if asked.tell]
                if asked.keep and blob:
                    asked.keep.mkdir(parents=True, exist_ok=True)
                    (asked.keep / f"{path.stem}-{name}.pptx").write_bytes(blob)
            print(f"{origin:12} {path.stem:28} {'; '.join(cells)}; {time.perf_counter() - began:.1f} s", flush=True)
            for line in dict.fromkeys(lines[:24]):
                print(line[:300], flush=True)
    print(f"{count} builds, {stopped} of them stop")


if __name__ == "__main__":
    main()
