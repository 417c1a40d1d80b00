"""The app that is already running: a private file says where, so that a second start opens the same page."""

from __future__ import annotations

import hashlib
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from workshop.files.own_files import read_own, write_own
from workshop.files.paths import default_config, private_folder

PATIENCE = 5.0  # seconds in which it has to answer


class Running:
    """The note about the app of one folder of workshops.

    Args:
        home: that folder.
    """

    def __init__(self, home: Path) -> None:
        folder = default_config()
        name = hashlib.sha256(str(home).encode()).hexdigest()[:16]
        self._file = None if folder is None else folder / f"app-{name}.txt"

    def shown(self, kit: str, *, browser: bool) -> str:
        """Let the app that runs show its page again, and return its address; "" if none runs.

        Args:
            kit: the path of a kit or talk to begin with; "" to go on with what is open.
            browser: whether it opens the browser.
        """
        with suppress(OSError, HTTPException, ValueError):
            address = read_own(self._file).decode() if self._file is not None else ""
            parts = urlsplit(address)
            with closing(HTTPConnection(parts.netloc, timeout=PATIENCE)) as connection:
                connection.request("POST", f"{parts.path}again", msgspec.json.encode({"kit": kit, "browser": browser}))
                if connection.getresponse().status == 200:
                    return address
        return ""

    def begin(self, address: str) -> None:
        """Note where the app is; if that can't be kept, a second start is an app of its own."""
        if self._file is not None:
            with suppress(OSError):
                private_folder(self._file.parent)
                write_own(self._file, address.encode())

    def end(self, address: str) -> None:
        """Forget it, if no other app has taken its place."""
        if self._file is not None:
            with suppress(OSError, UnicodeError):
                if read_own(self._file).decode() == address:
                    self._file.unlink()
