from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from workshop.content import load
from workshop.errors import Problem, Problems
from workshop.model.source import Content

KIT = {
    "kit.yaml": "title: Bread\nsections: [01-dough]\n",
    "01-dough.md": "---\nnumber: 1\ntitle: Dough\n---\n\n## It rises {#rises}\n\nA sentence.\n",
    "audiences/general.yaml": "title: Everybody\n",
    "audiences/students.yaml": "title: Students\n",
    "sources.yaml": "- {key: lee-2021, who: Lee et al. 2021, work: Deduplicating}\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, so that places read as the user would name them."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def write(folder: Path) -> Callable[[Mapping[str, str | bytes]], None]:
    def write_files(files: Mapping[str, str | bytes]) -> None:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())

    return write_files


@pytest.fixture
def talk(write: Callable[[Mapping[str, str | bytes]], None]) -> Callable[[str], tuple[Content, tuple[Problem, ...]]]:
    """Load a single file."""

    def load_talk(text: str) -> tuple[Content, tuple[Problem, ...]]:
        write({"talk.md": text})
        return load(Path("talk.md"))

    return load_talk


@pytest.fixture
def kit(write: Callable[[Mapping[str, str | bytes]], None]) -> Callable[..., tuple[Content, tuple[Problem, ...]]]:
    """Load a small valid kit, in which the given files replace its own."""

    def load_kit(files: Mapping[str, str | bytes] = {}) -> tuple[Content, tuple[Problem, ...]]:
        write({f"bread/{name}": text for name, text in {**KIT, **files}.items()})
        return load(Path("bread"))

    return load_kit


@pytest.fixture
def section(kit: Callable[..., tuple[Content, tuple[Problem, ...]]]) -> Callable[[str], list[str]]:
    """Load a kit whose one section has this body (its first line is line 5), and return its errors as text."""

    def errors_of(body: str) -> list[str]:
        return problems_of(lambda: kit({"01-dough.md": f"---\ntitle: Dough\n---\n\n{body}"}))

    return errors_of


def problems_of(action: Callable[[], tuple[Content, tuple[Problem, ...]]]) -> list[str]:
    """Return the problems found as ``line: message``; only the errors if there are any."""
    try:
        _, found = action()
    except Problems as error:
        found = error.problems
    return [f"{p.at.line if p.at else 0}: {p.message}" for p in found]
