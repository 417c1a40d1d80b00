"""Print the lowest versions that pyproject.toml allows, one pin per line, as a constraints file for pip.

These are what a talk needs, and the extras that ``all`` stands for.
"""

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
BOUND = re.compile(r"(?P<name>[\w.-]+)>=(?P<lowest>[\w.]+)")


def pins(dependencies: list[str]) -> list[str]:
    """Return ``name==lowest`` for each dependency.

    >>> pins(["markdown-it-py>=4.3,<5", "click>=8.1"])
    ['markdown-it-py==4.3', 'click==8.1']

    Raises:
        ValueError: if a dependency has no lower bound.
    """
    found = []
    for line in dependencies:
        bound = BOUND.match(line)
        if bound is None:
            raise ValueError(f"{PROJECT.name}: {line!r} has no lower bound")
        found.append(f"{bound['name']}=={bound['lowest']}")
    return found


if __name__ == "__main__":
    project = tomllib.loads(PROJECT.read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    (chosen,) = extras["all"]
    names = chosen.partition("[")[2].rstrip("]").split(",")
    lines = [*project["dependencies"], *(line for name in names for line in extras[name])]
    print("\n".join(pins([line for line in lines if not line.startswith(f"{project['name']}[")])))
