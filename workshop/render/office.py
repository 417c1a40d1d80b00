"""The deck as a PDF, by LibreOffice, which opens our own file in a profile of its own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from workshop import child, limits
from workshop.errors import ExitCode, Problem, WorkshopError
from workshop.files.temporary import temporary_folder

PDF = "deck.pdf"
STAMPS = re.compile(rb"(/CreationDate\s*\(D:|/ID\s*\[|/DocChecksum\s*/(?=[0-9A-F]{32}))([^])/s]*)")
DIGIT = re.compile(rb"[0-9A-F]")
NAMES = ("soffice", "libreoffice")
# variables that name the places where LibreOffice, and what it uses, keep files
OWN = ("HOME", "TMPDIR", *(f"XDG_{kind}" for kind in ("CACHE_HOME", "CONFIG_HOME", "DATA_HOME", "RUNTIME_DIR")))
PLACES = (  # where it is installed without being on the path
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)


def find_office() -> str:
    """Return the path of LibreOffice's program; "" if it isn't installed."""
    # on Windows every search begins in the current folder, where a stranger's kit may be
    folders = child.absolute(os.environ.get("PATH", "")) or os.defpath
    on_path = () if sys.platform == "win32" else filter(None, (shutil.which(name, path=folders) for name in NAMES))
    return next((place for place in (*on_path, *PLACES) if Path(place).is_file()), "")


def pdf_of(deck: bytes, seconds: float = limits.OFFICE_SECONDS) -> bytes:
    """Return a deck as a PDF, without its hidden slides.

    Raises:
        WorkshopError: if LibreOffice isn't installed, fails, or takes longer than ``seconds``.
    """
    return same_bytes(_converted(deck, "pdf", seconds))


def resaved(deck: bytes, seconds: float = limits.OFFICE_SECONDS) -> bytes:
    """Return a deck as LibreOffice saves it; errors as for ``pdf_of``."""
    return _converted(deck, "pptx", seconds)


def _converted(deck: bytes, ending: str, seconds: float) -> bytes:
    office = find_office()
    if not office:
        raise _problem(
            "LibreOffice isn't installed here", "install it, or save deck.pptx as PDF in PowerPoint or Keynote"
        )
    with temporary_folder(ending) as folder:
        (folder / "deck.pptx").write_bytes(deck)
        command = [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--convert-to", ending, "--outdir", str(folder / "made")),
            str(folder / "deck.pptx"),
        ]
        _run(command, folder, seconds)
        try:
            return (folder / "made" / f"deck.{ending}").read_bytes()
        except FileNotFoundError:
            raise _problem("LibreOffice wrote nothing", "open deck.pptx in it to see why") from None


def same_bytes(pdf: bytes) -> bytes:
    """Return a PDF without its date and its random name; both keep their length, so that every offset stays right.

    >>> same_bytes(b"/CreationDate(D:20260309)/ID [ <0AF1> <0AF1> ]")
    b'/CreationDate(D:00000000)/ID [ <0000> <0000> ]'
    """
    return STAMPS.sub(lambda m: m[1] + DIGIT.sub(b"0", m[2]), pdf)


def _run(command: list[str], folder: Path, seconds: float) -> None:
    """Run a program and whatever it starts, for some seconds at most."""
    settings, null = child.environment(**dict.fromkeys(OWN, str(folder))), subprocess.DEVNULL
    started = subprocess.Popen(  # noqa: S603 - LibreOffice, with our own file
        command, cwd=folder, env=settings, start_new_session=True, stdin=null, stdout=null, stderr=null
    )
    try:
        started.wait(seconds)
    except subprocess.TimeoutExpired:
        raise _problem(f"LibreOffice took longer than {seconds:g} seconds", "try again while less is running") from None
    finally:
        with suppress(OSError, AttributeError):
            os.killpg(started.pid, signal.SIGKILL)  # its own child would go on
        started.kill()
        started.wait()


def _problem(message: str, hint: str) -> WorkshopError:
    return WorkshopError(Problem(f"deck.pdf isn't made: {message}", hint=hint, code="pdf"), ExitCode.MACHINE)
