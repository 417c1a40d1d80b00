"""The folders and talks below the user's own folder, for whoever opens a kit or a talk where it is."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

from workshop.addons.studio.form import refused

TALKS = (".md", ".qmd", ".rmd", ".markdown")  # endings, in small letters
KIT = "kit.yaml"
MOST = 500  # names of a folder that are looked at


def told_place(home: Path, at: str) -> dict[str, Any]:
    """Return what a folder holds: its folders, which of them are kits, and its talks; nothing hidden.

    Args:
        home: the folder that isn't left.
        at: a full path in it; "" for itself.

    Raises:
        WorkshopError: for a path elsewhere, or one that can't be read.
    """
    home = home.resolve()
    folder = Path(at).resolve() if at else home
    if not folder.is_relative_to(home):
        raise refused(f"'{at}' isn't in your own folder, {home}", "type its path")
    try:
        found = sorted(islice(folder.iterdir(), MOST), key=lambda path: path.name.casefold())
        seen = [path for path in found if not path.name.startswith(".")]
        folders = [path for path in seen if path.is_dir()]
        kits = [path for path in folders if (path / KIT).is_file()]
        talks = [path for path in seen if path.suffix.lower() in TALKS and path.is_file()]
    except OSError as error:
        raise refused(f"'{folder}' can't be read: {error.strerror}", "choose another folder") from error
    return {
        "at": str(folder),
        "up": str(folder.parent) if folder != home else "",
        "folders": [{"name": path.name, "path": str(path), "kit": path in kits} for path in folders],
        "talks": [{"name": path.name, "path": str(path)} for path in talks],
    }
