"""The workshops that were made or accepted on this computer: a private list in the settings folder, which travels with none of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from workshop.addons.live.network import Place
from workshop.files.lock import BusyError, lock
from workshop.files.own_files import read_own, write_own
from workshop.files.paths import default_config, private_folder
from workshop.inputs.inside import Identity

LIST, MOST = "workshops.json", 2000  # workshops that are remembered
PATIENCE = 5.0  # seconds for another app that writes it


class Kept(Struct, frozen=True, kw_only=True):
    """What is kept about one workshop.

    Attributes:
        device, number: what the system knows its folder by.
        kit: the kit or talk elsewhere on this computer that it may use; "" for none.
        room: the name of the file of the room that was opened here last.
        place: where that room was, without the password.
        used: when that was, in seconds since 1970.
    """

    device: int = 0
    number: int = 0
    kit: str = ""
    room: str = ""
    place: Place | None = None
    used: float = 0.0


class Shelf:
    """The list; without a settings folder it lasts as long as this process."""

    def __init__(self) -> None:
        folder = default_config()
        self._file = None if folder is None else folder / LIST
        self._own: dict[str, Kept] = {}

    def find(self, folder: Path, identity: Identity) -> Kept | None:
        """Return what is kept about a workshop; ``None`` if it is a stranger's."""
        kept = self._read().get(str(folder))
        return kept if kept is not None and (kept.device, kept.number) == identity else None

    def keep(self, folder: Path, identity: Identity, kept: Kept) -> Kept:
        """Keep something about a workshop, and return it."""
        kept = replace(kept, device=identity.device, number=identity.number)
        with self._turn():
            found = self._read()
            found.pop(str(folder), None)
            self._own = dict([*found.items(), (str(folder), kept)][-MOST:])
            if self._file is not None:
                with suppress(OSError):  # then it is kept for this process
                    write_own(self._file, msgspec.json.encode(self._own))
        return kept

    def moved(self, old: Path, folder: Path) -> None:
        """Keep what is known about a workshop under the new name of its folder."""
        with self._turn():
            found = self._read()
            if (kept := found.pop(str(old), None)) is not None:
                self._own = {**found, str(folder): kept}
                if self._file is not None:
                    with suppress(OSError):
                        write_own(self._file, msgspec.json.encode(self._own))

    def lately(self) -> Place | None:
        """Return where the last room of any workshop was, so that its network is offered again."""
        rooms = [kept for kept in self._read().values() if kept.place is not None]
        return max(rooms, key=lambda kept: kept.used).place if rooms else None

    def _read(self) -> dict[str, Kept]:
        with suppress(OSError, msgspec.MsgspecError):
            if self._file is not None:
                return {**self._own, **msgspec.json.decode(read_own(self._file), type=dict[str, Kept])}
        return self._own

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Keep other apps out meanwhile, if the disk supports that."""
        held = None
        with suppress(OSError, BusyError):
            if self._file is not None:
                private_folder(self._file.parent)
                held = lock(self._file.parent, PATIENCE)
        try:
            yield
        finally:
            if held is not None:
                os.close(held)
