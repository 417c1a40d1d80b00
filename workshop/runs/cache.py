"""The cache: findings on disk under a digest of everything that could change them."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

import workshop
from workshop import limits
from workshop.files.lock import BusyError, lock
from workshop.files.memo import LOCKS, Memo, digest
from workshop.files.paths import private_folder
from workshop.inputs.inside import RefusedError
from workshop.kept import kept
from workshop.model.exhibits import (
    Findings,
)
from workshop.runs.stored import from_json, tables_from_json, tables_to_json, to_json

ENGINE = "workshop"
FINDINGS = Memo(".findings", from_json, to_json)
TABLES = Memo(".tables", tables_from_json, tables_to_json)  # apart, since only the companion page needs them
_FORM = "findings with their demo and what they say, tables apart"  # version of the stored form; a different form needs a different name
MOST_NAMES = 3_000  # modules for which it is kept what they import
_CHUNK = 1 << 20


def _read_names(stored: bytes) -> dict[str, list[str]]:
    return {key: [str(name) for name in names] for key, names in json.loads(stored).items()}


# digest, dotted name and file of a module -> names
NAMES, IMPORTS = Memo(".names", _read_names, lambda names: json.dumps(names).encode()), "imports"


class SourceFile(Struct, frozen=True):
    """A Python file and the dotted name that its relative imports refer to."""

    path: Path
    module: str


class Sources(Struct, kw_only=True):
    """Digests of demo modules, including every module of ours that they import; each file is read once.

    Attributes:
        own: top-level packages that count as ours; so does a module beside the one that imports it.
        cache: folder in which the names that modules import are kept, or ``None``.
    """

    own: frozenset[str] = frozenset({ENGINE})
    cache: Path | None = None
    _known: dict[str, list[str]] | None = None
    _new: bool = False
    _read: dict[Path, tuple[bytes, tuple[SourceFile, ...]]] = field(default_factory=dict)
    _roots: dict[str, Path | None] = field(default_factory=dict)

    def digest(self, module: str, path: Path | None = None) -> bytes | None:
        """Return the digest of a module's source and of every module of ours that it imports.

        Args:
            module: dotted name.
            path: its file, if the name alone isn't enough (a kit's own demo).

        Returns:
            32 bytes, or ``None`` if there is no source to read (a demo typed at a prompt).
        """
        start = SourceFile(path, module) if path else self._locate(module, Path())
        if start is None or not start.path.is_file():
            return None
        seen: dict[str, bytes] = {}
        todo = [start]
        while todo:
            file = todo.pop()
            if file.module not in seen:
                seen[file.module], imported = self._scan(file)
                todo.extend(imported)
        total = hashlib.sha256()
        for name in sorted(seen):
            total.update(name.encode() + b"\0" + seen[name])
        return total.digest()

    def _scan(self, file: SourceFile) -> tuple[bytes, tuple[SourceFile, ...]]:
        if file.path not in self._read:
            source = file.path.read_bytes()
            digest = hashlib.sha256(source)
            names = kept(("imports", file, source), lambda: self._imports(source, digest.hexdigest(), file))
            found = tuple(f for name in names if (f := self._locate(name, file.path.parent)))
            self._read[file.path] = (digest.digest(), found)
        return self._read[file.path]

    def _imports(self, source: bytes, digest: str, file: SourceFile) -> list[str]:
        """Return every dotted name that a module may import; names kept by an earlier build aren't looked for again."""
        if self._known is None:
            self._known = NAMES.recall(self.cache, IMPORTS) or {}
        key = f"{digest} {file.module} {file.path.name}"
        if key not in self._known:
            self._known[key] = _names(source, file)
            self._new = True
        return self._known[key]

    def keep(self) -> None:
        """Keep the names that modules import for later builds."""
        if self._new and self._known:
            NAMES.keep(self.cache, IMPORTS, dict(list(self._known.items())[-MOST_NAMES:]))
            self._new = False

    def _locate(self, name: str, beside: Path) -> SourceFile | None:
        """Find a module's file without importing anything; ``None`` for modules that aren't ours."""
        top, *rest = name.split(".")
        if (beside / f"{top}.py").is_file() and not rest and beside != Path():
            return SourceFile(beside / f"{top}.py", name)
        root = self._root(top)
        if root is None:
            return None
        if root.is_file():
            return SourceFile(root, top)
        path = root.joinpath(*rest)
        if path.with_suffix(".py").is_file() and rest:
            return SourceFile(path.with_suffix(".py"), name)
        if (path / "__init__.py").is_file():
            return SourceFile(path / "__init__.py", name)
        return None

    def _root(self, top: str) -> Path | None:
        if top not in self._roots:
            spec = find_spec(top) if top in self.own else None
            places = list(spec.submodule_search_locations or ()) if spec else []
            if spec and spec.origin and not places:  # a module that isn't a package
                self._roots[top] = Path(spec.origin)
            else:
                self._roots[top] = Path(places[0]) if places else None
        return self._roots[top]


def _names(source: bytes, file: SourceFile) -> list[str]:
    """Return every dotted name that a module may import; none if it can't be parsed, which running the demo will report."""
    try:
        return sorted(set(_imported(ast.parse(source), file)))
    except SyntaxError:
        return []


def _imported(tree: ast.Module, file: SourceFile) -> Iterator[str]:
    """Yield every dotted name that a module may import, including names inside packages."""
    is_package = file.path.name == "__init__.py"
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = file.module.split(".")
                stem = parts[: len(parts) - node.level + is_package]
                base = ".".join([*stem, base]).strip(".")
            if base:
                yield base
                yield from (f"{base}.{alias.name}" for alias in node.names)


def digest_data(path: Path) -> bytes:
    """Return the digest of a file's bytes, or of every file in a folder with its relative name.

    Raises:
        OSError: if it can't be read, or is far larger than a workshop's data would be.
    """
    total = hashlib.sha256()
    below = [path] if path.is_file() else list(islice(path.rglob("*"), limits.DATA_FILES + 1))
    if len(below) > limits.DATA_FILES:
        raise RefusedError(f"it holds more than {limits.DATA_FILES}")
    files = sorted(p for p in below if p.is_file())
    if (size := sum(file.stat().st_size for file in files)) > limits.FOLDER_BYTES:
        raise RefusedError(f"it has {limits.megabytes(size)}; the limit is {limits.FOLDER_BYTES}")
    for file in files:
        name = "" if file == path else file.relative_to(path).as_posix()
        total.update(name.encode() + b"\0")
        with file.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                total.update(chunk)
        total.update(b"\0")
    return total.digest()


def digest_run(demo: str, source: bytes, knobs: Mapping[str, str], data: Mapping[str, bytes], seed: int) -> str:
    """Return the cache key of one run's findings."""
    slots = [part for slot in sorted(data) for part in (slot, data[slot])]
    return f"{demo}-{digest(source, demo, seed, _versions(), sorted(knobs.items()), *slots)}"


@cache
def _versions() -> tuple[str, ...]:
    return _FORM, sys.version, sys.platform, version("numpy"), workshop.__version__


def load_findings(folder: Path, name: str, *, tables: bool = False) -> Findings | None:
    """Return kept findings, or ``None`` if there are none or a file is damaged.

    Args:
        tables: whether to load their tables too, which are in a file of their own.
    """
    found, beside = FINDINGS.recall(folder, name) or (None, False)
    if found is None or not tables or not beside:
        return found
    stored = TABLES.recall(folder, name)
    return None if stored is None else replace(found, tables=stored)


def is_kept(folder: Path, name: str) -> bool:
    """Whether there is a file with findings of this name, read or not."""
    return bool(name) and FINDINGS.path(folder, name).is_file()


def keep_findings(folder: Path, name: str, findings: Findings) -> None:
    """Keep findings, the tables first, so that a file of findings always finds its tables."""
    if findings.tables:
        TABLES.keep(folder, name, findings.tables)
    FINDINGS.keep(folder, name, (findings, bool(findings.tables)))


# Turns between builds that share a cache: of those that need the same run, one makes it and the others wait for it.
PATIENCE = 600.0  # seconds; after that, the run is made twice


@contextmanager
def turns(cache: Path | None, keys: Iterable[str], patience: float = 0.0) -> Iterator[frozenset[str]]:
    """Keep other builds from making the same runs until the block ends, which gets the keys of the runs that it may make.

    Keys share 256 locks, so that the cache isn't littered. Of all locks but the first, none is waited for while another
    one is held, so two builds never wait for each other.

    Args:
        cache: folder of the cache; if there is none, or it can't be written to, every run may be made.
        keys: cache keys of runs.
        patience: seconds to wait for the first of them.
    """
    held: dict[str, int | None] = {}
    free = set()
    try:
        for key in keys:
            slot = hashlib.sha256(key.encode()).hexdigest()[:2]
            if slot not in held:
                try:
                    held[slot] = _locked(cache, slot, patience if not held else 0.0)
                except BusyError:
                    continue
            free.add(key)
        yield frozenset(free)
    finally:
        for handle in held.values():
            if handle is not None:
                os.close(handle)


def _locked(cache: Path | None, slot: str, patience: float) -> int | None:
    """Return the open lock of a slot, or ``None`` if there can't be one."""
    if cache is None:
        return None
    folder = cache / LOCKS / slot
    try:
        private_folder(cache)
        private_folder(folder.parent)  # whoever can open a lock can keep others waiting
        folder.mkdir(exist_ok=True)
        return lock(folder, patience)
    except OSError:
        return None
