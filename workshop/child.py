"""How other processes start: nothing that lies in the current folder runs in them, and few variables reach them.

Python looks for modules in the current folder first when multiprocessing starts it, and programs are looked for there if an
entry of ``PATH`` is empty. That folder may be a stranger's. Every process but a copy of this one is started from here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any

TYPE_CHECKING = False  # as in ``typing``
if TYPE_CHECKING:  # every command imports this module, and only some start such processes
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

FRESH = "spawn"  # how processes start that aren't copies; "forkserver" would do, too
ISOLATED = ("-I", "-S", "-B")  # options of Python: no folder but its own, no variable, no user's or site's packages
CHILD = "--child"
SCRIPTS: Mapping[str, str] = {"apart": "workshop.inputs.apart", "press": "workshop.render.press"}
PACKAGES = str(Path(__file__).resolve().parents[1])
SAFE: Mapping[str, str] = {"PYTHONSAFEPATH": "1", "PYTHONNOUSERSITE": "1"}
SEARCHED = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")  # lists of folders
KEPT = frozenset(
    (
        *SEARCHED,
        *("HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TMP", "TEMP", "MPLCONFIGDIR"),
        *("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"),
        *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "USERNAME", "APPDATA"),
        *("LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES", "PROGRAMFILES(X86)", "NUMBER_OF_PROCESSORS"),
    )
)
KEPT_GROUPS = ("WORKSHOP_", "LC_", "XDG_")  # beginnings of names
_TURN = Lock()


def environment(**more: str) -> dict[str, str]:
    """Return the variables of another process: the few that it needs, and ``more``."""
    kept = {n: v for n, v in os.environ.items() if n.upper() in KEPT or n.upper().startswith(KEPT_GROUPS)}
    kept |= {name: absolute(kept[name]) for name in SEARCHED if name in kept}
    return {**{name: value for name, value in kept.items() if value}, **SAFE, **more}


def absolute(folders: str) -> str:
    """Return a list of folders as it is in ``PATH``, without those that depend on the current folder.

    >>> absolute(os.pathsep.join(("", "/bin", "bin", "."))) == "/bin" or os.name == "nt"
    True
    """
    return os.pathsep.join(folder for folder in folders.split(os.pathsep) if os.path.isabs(folder))  # noqa: PTH117


def search_path() -> list[str]:
    """Return where another process finds our modules and those that we need."""
    found = [place for place in sys.path if os.path.isabs(place)]  # noqa: PTH117 - imported before anything else
    return found if PACKAGES in found else [*found, PACKAGES]


def leave_folder() -> None:
    """Look for neither modules nor programs in the current folder from now on.

    Python has turned entries of ``PYTHONPATH`` that depend on the current folder into whole paths.
    """
    if "PYTHONPATH" in os.environ:
        given = os.environ["PYTHONPATH"].split(os.pathsep)
        with suppress(OSError):  # if the current folder is gone, nothing can be looked for in it
            here = {os.path.abspath(place) for place in given if not os.path.isabs(place)}  # noqa: PTH100, PTH117
            sys.path[:] = [place for place in sys.path if place not in here]
    sys.path[:] = search_path()
    os.environ["PATH"] = absolute(os.environ.get("PATH", "")) or os.defpath  # an empty one means the current folder


def python(script: str) -> list[str]:
    """Return the command that runs one of our ``SCRIPTS``; it is to be given ``environment()`` and told the ``search_path()``.

    In a folder of its own, this program has no Python beside it: it is started once more, and told by its first argument.
    """
    return [sys.executable, CHILD, Path(script).stem] if is_frozen() else [sys.executable, *ISOLATED, script]


def is_frozen() -> bool:
    """Whether this program is in a folder of its own, with Python and all packages."""
    return bool(getattr(sys, "frozen", False))


def was_asked() -> bool:
    """Run one of our ``SCRIPTS`` if this process was started for that; return whether it was."""
    if not is_frozen() or sys.argv[1:2] != [CHILD]:
        return False
    from importlib import import_module

    import_module(SCRIPTS[sys.argv[2]]).main()
    return True


def pool(workers: int, initializer: Callable[[], None]) -> ProcessPoolExecutor:
    """Return processes that begin anew, with nothing of this one but its search path."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    class Pool(ProcessPoolExecutor):
        """Starts its processes when work is handed in."""

        def submit(self, *work: Any, **options: Any) -> Future[Any]:
            with _outfit():
                return super().submit(*work, **options)

    with _outfit():  # its queues start a process, too, which looks after what they leave in the system
        return Pool(workers, get_context(FRESH), initializer)


def beside(target: Callable[..., None], *arguments: Any) -> tuple[BaseProcess, Connection]:
    """Start a process that begins anew and goes on beside this one; return it and this end of a pipe to it.

    Ctrl-C is for this process alone, which ends the other one.

    Args:
        target: what it runs: a function that gets the other end of the pipe first.
    """
    from multiprocessing import get_context

    context: Any = get_context(FRESH)
    ours, theirs = context.Pipe()
    process = context.Process(target=target, args=(theirs, *arguments))
    with _outfit(), _deaf_to_ctrl_c():
        process.start()
    theirs.close()
    return process, ours


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Let processes that are started meanwhile never hear Ctrl-C, not even while they start."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _outfit() -> Iterator[None]:
    """Give this process the variables of another one meanwhile: multiprocessing passes on those of its own."""
    with _TURN:
        before, meanwhile = dict(os.environ), environment()
        _change(before, meanwhile)
        try:
            yield
        finally:
            _change(meanwhile, before)


def _change(given: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    """Change only what differs, since other threads may read the rest."""
    for name in given.keys() - wanted.keys():
        del os.environ[name]
    os.environ.update({name: value for name, value in wanted.items() if given.get(name) != value})
