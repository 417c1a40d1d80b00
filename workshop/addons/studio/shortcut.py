"""A file on the desktop that starts the app with a double click.

It opens a terminal, too: the code for a browser that can't read the private file of the address is there, and closing the
terminal ends the app.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from workshop.errors import ExitCode, Problem, WorkshopError

DIRS = re.compile(r'^XDG_DESKTOP_DIR="(?:\$HOME/)?([^"]*)"', re.MULTILINE)
NAMES = {"win32": "Workshop.cmd", "darwin": "Workshop.command"}


def write_shortcut(command: Sequence[str]) -> Path:
    """Write the file for this system, and return its path.

    Args:
        command: how the app is started from any folder.

    Raises:
        WorkshopError: exit code 3 if there is no desktop, or nothing can be written there.
    """
    folder = desktop(Path.home(), sys.platform)
    path = folder / NAMES.get(sys.platform, "Workshop.desktop")
    try:
        path.write_text(shortcut(command, sys.platform), "utf-8", newline="")
        path.chmod(0o755)
    except OSError as error:
        told = Problem(f"'{path}' can't be written: {error.strerror}", hint="make this folder, or allow to write there")
        raise WorkshopError(told, ExitCode.MACHINE) from error
    return path


def desktop(home: Path, platform: str) -> Path:
    """Return the folder of the desktop, which may have another name in another language, or be kept online."""
    if platform == "win32":
        places = [home / "OneDrive" / "Desktop"]
    else:
        config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config", "user-dirs.dirs")
        named = DIRS.search(config.read_text("utf-8", "replace")) if config.is_file() else None
        places = [home / named[1]] if named and named[1] else []
    return next((place for place in places if place.is_dir()), home / "Desktop")


def shortcut(command: Sequence[str], platform: str) -> str:
    """Return the text of the file.

    >>> print(shortcut(["/opt/my kit/workshop", "app"], "darwin"))
    #!/bin/sh
    exec '/opt/my kit/workshop' app
    <BLANKLINE>
    """
    if platform == "darwin":
        return f"#!/bin/sh\nexec {shlex.join(command)}\n"
    if platform == "win32":
        return "\r\n".join(
            [
                "@echo off",
                "chcp 65001 >nul",
                " ".join(_for_windows(word) for word in command),
                "if errorlevel 1 pause",
                "",
            ]
        )
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=Workshop",
        "Comment=Put a workshop together in your browser, and make its files",
        f"Exec={' '.join(_for_linux(word) for word in command)}",
        "Terminal=true",
        "Categories=Education;Office;",
    )
    return "\n".join((*lines, ""))


def _for_windows(word: str) -> str:
    return f'"{word.replace("%", "%%")}"'


def _for_linux(word: str) -> str:
    """Return a word of the key Exec: quoted, and then written as each value of such a file is."""
    quoted = re.sub(r'(["`$\\])', r"\\\1", word).replace("\\", "\\\\").replace("%", "%%")
    return f'"{quoted}"'
