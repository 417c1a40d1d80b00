"""Users' own Python files: registered if they are trusted, else named."""

from __future__ import annotations

import sys
import types
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from workshop import limits
from workshop.errors import At, Problem, WorkshopError
from workshop.inputs.door import read_bytes
from workshop.inputs.inside import TooLargeError
from workshop.model.exhibits import Demo
from workshop.model.source import Content
from workshop.plugins.registry import Later, Registry
from workshop.runs.one_thread import one_thread
from workshop.runs.trust import (
    digest_of,
    is_trusted_folder,
    read_trusted,
    remember,
    remember_folder,
    shared_with_others,
)

# A kit's own Python files: they run only if trusted, and every process loads them by path and digest.
KINDS = ("demo", "problem")
RESERVED = ("var", "given", "answer", "working", "accept", "near", "abs", "min", "max", "round")
_CODE = "own-code"


class CodeFile(Struct, frozen=True):
    """A Python file that kit.yaml names under ``demos:``."""

    path: Path
    data: bytes
    digest: str
    at: At | None


@dataclass(frozen=True, slots=True)
class FromFile(Later):
    """A demo or problem that a kit's Python file registers; any process can load it by path and digest."""

    path: str
    digest: str
    kind: str
    name: str

    def load(self) -> Any:
        """Return the value.

        Raises:
            WorkshopError: if the file no longer has that digest, or fails to load.
        """
        return load_file(self.path, self.digest).targets[self.kind][self.name]


def with_own_code(
    registry: Registry, content: Content, *, trust: bool, trusted: Path | None, folder: bool = False
) -> Registry:
    """Return a registry extended by what the kit's own Python files register.

    Args:
        trust: whether to run them even if their bytes are new, and to remember these.
        folder: likewise, and to trust whatever Python the kit's folder has from now on.
        trusted: file that lists what was trusted before; ``None`` to remember nothing.

    Raises:
        WorkshopError: if a file may not run, or fails; no part of an untrusted file is run.
    """
    files = tuple(_files(content))
    if not files:
        return registry
    if folder:
        _trust_folder(content.root, [file.path for file in files], trusted)
    new = _untrusted(files, content.root, trusted)
    if new and not (trust or folder):
        raise WorkshopError(_ask(new, read_trusted(trusted)))
    remember(trusted, ((file.digest, file.path) for file in new))
    found = registry.copy()
    for file in files:
        _add(found, file)
    return found


def untrusted(content: Content, trusted: Path | None) -> tuple[CodeFile, ...]:
    """Return the kit's own Python files that may not run yet.

    Raises:
        WorkshopError: if one can't be read.
    """
    return _untrusted(_files(content), content.root, trusted)


def _untrusted(files: Sequence[CodeFile], root: Path, trusted: Path | None) -> tuple[CodeFile, ...]:
    known = read_trusted(trusted)
    new = tuple(file for file in files if file.digest not in known)
    if new and is_trusted_folder(trusted, root, [file.path for file in files]):
        return ()  # its digests aren't kept, so that trust ends with the folder's line
    return new


def _trust_folder(root: Path, files: Sequence[Path], trusted: Path | None) -> None:
    if reason := shared_with_others(root, files):
        hint = "copy the kit into a folder of your own, or trust its files one by one with --trust"
        raise WorkshopError(Problem(f"--trust-folder: {reason}", hint=hint, code="untrusted"))
    remember_folder(trusted, root)


def load_file(path: str, digest: str) -> Registry:
    """Return what a file registers: through its ``register(registry)``, else every demo in it under its own name.

    Raises:
        WorkshopError: if its bytes don't match ``digest``, or if it can't be run.
    """
    file = Path(path)
    try:
        data = read_bytes(file, limits.CODE_BYTES)
    except OSError as error:
        raise _problem(f"cannot read this file: {error.strerror or error}", At(_short(file))) from error
    if digest_of(data) != digest:
        raise _problem("this file changed while it was being used", At(_short(file)), "build again")
    return _registered(path, digest, data)


def _files(content: Content) -> Sequence[CodeFile]:
    """Return the kit's own Python files; ``content`` has reported those that are missing or outside the kit."""
    root = content.root.resolve()
    found = []
    for index, name in enumerate(content.meta.demos if content.is_kit else ()):
        path = (content.root / name).resolve()
        if not path.is_file() or not path.is_relative_to(root):
            continue
        at = content.meta_at.get(f"demos.{index}")
        if path.suffix != ".py":
            raise _problem(f"{name!r} isn't a Python file", at, "its name must end with .py")
        try:
            data = read_bytes(path, limits.CODE_BYTES)
        except OSError as error:
            hint = "data belong in data/" if isinstance(error, TooLargeError) else ""
            raise _problem(f"{name!r} can't be read: {error.strerror or error}", at, hint) from error
        found.append(CodeFile(path, data, digest_of(data), at))
    return found


def _ask(files: Sequence[CodeFile], known: dict[str, str]) -> Problem:
    paths = set(known.values())
    shown = ", ".join(
        f"{_short(file.path)} ({len(file.data):,} bytes, sha256 {file.digest[:12]}…"
        + (", changed since it was trusted)" if file.path.as_posix() in paths else ")")
        for file in files
    )
    return Problem(
        f"this kit would run Python of its own: {shown}",
        files[0].at,
        hint="read it, and if you trust it, build once with --trust; it is remembered until a byte changes. "
        "If you write it yourself: --trust-folder, which asks no more",
        code="untrusted",
    )


def _add(registry: Registry, file: CodeFile) -> None:
    own = load_file(str(file.path), file.digest)
    at = At(_short(file.path))
    for kind, names in own.targets.items():
        for name, thing in names.items():
            if kind not in KINDS:
                raise _problem(f"this file registers a {kind}", at, "a kit brings demos and problems; write a plugin")
            if registry.has(kind, name):
                raise _problem(f"there is already a {kind} named {name!r}", at, "give yours another name")
            if not str(name).isidentifier() or name in RESERVED:
                raise _problem(f"a {kind} cannot be named {name!r}", at, "use a word of letters, digits and _")
            if kind == "demo" and not isinstance(thing, str | Demo):
                raise _problem(f"{name!r} is registered as a demo, but isn't one", at, "put @demo(…) before it")
            is_here = kind == "demo" and isinstance(thing, Demo)
            registry.add(kind, name, FromFile(str(file.path), file.digest, kind, name) if is_here else thing)


@cache
def _registered(path: str, digest: str, data: bytes) -> Registry:
    """Run a file's bytes as a module and return what it registers; each file runs once per process."""
    one_thread()  # before it imports numpy
    name = f"workshop_kit_{digest[:16]}_{Path(path).stem}"
    module = types.ModuleType(name)
    module.__file__ = path
    sys.modules[name] = module  # dataclasses and type hints look up their module
    registry = Registry()
    try:
        exec(compile(data, path, "exec", dont_inherit=True), module.__dict__)  # noqa: S102 - what --trust is for
        register = getattr(module, "register", None)
        if callable(register):
            register(registry)
        else:
            for thing in list(vars(module).values()):
                if isinstance(thing, Demo) and thing.function.__module__ == name:
                    registry.add("demo", thing.name, thing)
    except SyntaxError as error:
        line = (error.lineno or 0) if error.filename in (path, None) else 0
        raise _problem(f"this is not Python: {error.msg}", At(_short(Path(path)), line)) from error
    except WorkshopError as error:
        raise WorkshopError(
            Problem(error.problem.message, At(_short(Path(path))), hint=error.problem.hint, code=_CODE)
        ) from error
    except (Exception, SystemExit) as error:  # it is someone else's code: say where it stopped
        raise _stopped(error, path) from error
    finally:
        if name in sys.modules and not any(registry.targets.values()):
            del sys.modules[name]
    if not any(registry.targets.values()):
        raise _problem("this file registers nothing", At(_short(Path(path))), "write a function with @demo(…) in it")
    return registry


def _stopped(error: BaseException, path: str) -> WorkshopError:
    import traceback

    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path]
    at = At(_short(Path(path)), (frames[-1].lineno or 0) if frames else 0)
    hint = ""
    if isinstance(error, ImportError) and error.name and (Path(path).parent / f"{error.name}.py").is_file():
        hint = "a kit's Python files can't import each other: merge them, or write a plugin"
    return _problem(f"this file stopped with {type(error).__name__}: {error}", at, hint)


def _problem(message: str, at: At | None, hint: str = "") -> WorkshopError:
    return WorkshopError(Problem(message, at, hint=hint, code=_CODE))


def _short(path: Path) -> str:
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
