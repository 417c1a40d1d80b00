"""The entry point: run the workshop builder, using the packages in ``.venv`` if they aren't installed here."""

import sys

if __name__ == "__main__" and not sys.flags.safe_path:
    del sys.path[0]  # this folder: whatever lies in it is no module of Python or of a package

import os
import subprocess
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


# one package for each kind of work, so that a missing one is reported before a build starts
NEEDED = (
    "PIL",
    "babel",
    "click",
    "emoji",
    "h11",
    "highspy",
    "jinja2",
    "linkify_it",
    "lxml",
    "markdown_it",
    "matplotlib",
    "mdit_py_plugins",
    "msgspec",
    "numpy",
    "docx",
    "pptx",
    "pydantic",
    "pygments",
    "pypdf",
    "rich",
    "segno",
    "starlette",
    "typst",
    "uharfbuzz",
    "uvicorn",
    "xlsxwriter",
    "yaml",
)


def door() -> None:
    """Run the command line; without its packages, run it in ``.venv``, or say how to install them."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        if VENV.is_file() and Path(sys.prefix).resolve() != VENV.parent.parent.resolve():
            command = [str(VENV), str(ROOT / "build_deck.py"), *sys.argv[1:]]
            sys.exit(subprocess.call(command))  # noqa: S603 - our own script, with the user's own arguments
        sys.stderr.write(
            f"The package '{missing[0]}' is not installed. Type this once, in the folder of build_deck.py:\n"
            "  Windows:       py -m venv .venv && .venv\\Scripts\\python -m pip install -e .[all]\n"
            "  macOS, Linux:  python3 -m venv .venv && .venv/bin/python -m pip install -e '.[all]'\n"
        )
        sys.exit(3)
    sys.path.append(str(ROOT))
    from workshop.cli.entry import main

    main()


if __name__ == "__main__":
    door()
