from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml

from tests.content.conftest import KIT
from workshop.content import kept_sources, read
from workshop.content.document import parse_document
from workshop.errors import Problem
from workshop.model.source import Content

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)
CARDS = {
    "kit.yaml": "title: Bread\nsections: [01-dough]\nexercises: exercises\ncards: [cards.yaml]\n",
    "cards.yaml": "title: Cards\nstage: dough\ndocuments: flour.md\n",
    "flour.md": "## Rye {#rye}\n\nIt is dark.\n",
    "exercises/01.md": (
        "---\nstage: dough\ntitle: Knead\n---\n## Fold {#fold}\n::: task\nFold it {{ 1 + 1 }} times.\n:::\n"
        "::: solution\nDone.\n:::\n"
    ),
}
RICH = (
    "---\nnumber: 1\ntitle: Dough\nruns: {short: {demo: trigram, rounds: 2}}\nmoments: [{id: m, slides: [rises]}]\n---\n\n"
    "## It **rises** {#rises}\n\nA [link](#rises) and [@lee-2021], {{ trigram.bits }}, `code`[^n]\n\n- one\n- two {{ var.x }}\n\n"
    "| a | b |\n|---|--:|\n| 1 | 2 |\n\n![what](picture.png)\n\n[^n]: A note.\n\n::: notes\n**Say** it.\n:::\n"
)
Reader = Callable[..., tuple[Content, tuple[Problem, ...]]]


@pytest.fixture
def kept(write: Callable[[Mapping[str, str | bytes]], None], monkeypatch: pytest.MonkeyPatch) -> Reader:
    """Read a kit with a cache; the names of the files that were parsed are in ``parsed``."""
    parsed: list[str] = []

    def parse(text: str, path: Path, *rest: object) -> object:
        parsed.append(path.name)
        return parse_document(text, path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("workshop.content.document.parse_document", parse)
    monkeypatch.setattr("workshop.content.exercises.parse_document", parse, raising=False)
    monkeypatch.setattr("workshop.content.print_reader.parse_document", parse, raising=False)

    def read_kit(files: Mapping[str, str | bytes], **options: object) -> tuple[Content, tuple[Problem, ...]]:
        write({f"bread/{name}": text for name, text in files.items()})
        parsed.clear()
        return read(Path("bread"), cache=Path("cache").absolute(), **options)  # type: ignore[arg-type]

    read_kit.parsed = parsed  # type: ignore[attr-defined]
    return read_kit


FULL = {**KIT, **CARDS, "01-dough.md": RICH, "picture.png": PNG}


def test_a_second_build_parses_nothing_and_reads_the_same(kept: Reader) -> None:
    first = kept(FULL)
    assert set(kept.parsed) == {"01-dough.md", "01.md", "flour.md"}  # type: ignore[attr-defined]
    again = kept(FULL)
    assert kept.parsed == []  # type: ignore[attr-defined]
    assert again == first == read(Path("bread"))


def test_an_edited_file_is_read_again_and_no_other(kept: Reader) -> None:
    kept(FULL)
    content, _ = kept({**FULL, "01-dough.md": RICH.replace("one", "three")})
    assert kept.parsed == ["01-dough.md"]  # type: ignore[attr-defined]
    assert content == read(Path("bread"))[0]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("flour.md", "## Rye {#rye}\n\nIt is light.\n"),
        ("sources.yaml", "- {key: lee-2021, who: Lee, work: W}\n- {key: may, who: May, work: W}\n"),
        ("audiences/engineers.yaml", "title: Engineers\n"),
    ],
)
def test_what_a_file_depends_on_is_a_reason_to_read_it_again(kept: Reader, name: str, text: str) -> None:
    kept(FULL)
    content, found = kept({**FULL, name: text})
    assert kept.parsed  # type: ignore[attr-defined]
    assert (content, found) == read(Path("bread"))


def test_a_picture_that_is_gone_is_reported_although_its_section_is_kept(kept: Reader) -> None:
    kept(FULL)
    Path("bread/picture.png").unlink()
    _, found = kept({name: text for name, text in FULL.items() if name != "picture.png"})
    assert [problem.code for problem in found] == ["missing-file"]


def test_a_file_with_a_problem_is_never_kept(kept: Reader) -> None:
    wrong = {**FULL, "01-dough.md": RICH.replace("[@lee-2021]", "[@li-2021]")}
    assert kept(wrong)[1] == kept(wrong)[1] != ()
    assert kept.parsed == ["01-dough.md"]  # type: ignore[attr-defined]


def test_links_variables_and_exercises_of_kept_files_are_still_checked(kept: Reader) -> None:
    kept(FULL)
    _, found = kept(FULL, variables={"x": "rye", "y": "oats"})
    assert [problem.message for problem in found] == ["--var y: nothing here uses that variable"]
    away = (
        RICH.replace("{#rises}", "{#grows}")
        .replace("(#rises)", "(#grows)")
        .replace("slides: [rises]", "slides: [grows]")
    )
    two = {**FULL, "kit.yaml": CARDS["kit.yaml"].replace("[01-dough]", "[01-dough, 02-oven]")}
    two["02-oven.md"] = "---\ntitle: Oven\n---\n## Bake {#bake}\n\nIt [rises](#rises).\n"
    assert kept(two)[1] == ()
    _, found = kept({**two, "01-dough.md": away})
    assert kept.parsed == ["01-dough.md"]  # type: ignore[attr-defined]
    assert [(problem.code, str(problem.at)) for problem in found] == [("unknown-link", "bread/02-oven.md:6")]


@pytest.mark.parametrize("damage", ["cut", "other", "class", "empty"])
def test_a_damaged_file_of_the_cache_is_made_anew(kept: Reader, damage: str) -> None:
    first = kept(FULL)
    for path in Path("cache").glob(f"*{kept_sources.SUFFIX}"):
        payload = path.read_bytes().partition(b"\n")[2]
        record = json.loads(payload)
        record["made"] = {"class": [99], "other": [2], "empty": []}.get(damage, [])
        told = payload[:-9] if damage == "cut" else json.dumps(record).encode()
        path.write_bytes(hashlib.sha256(told).hexdigest().encode() + b"\n" + told)
    assert kept(FULL) == first
    assert set(kept.parsed) == {"01-dough.md", "01.md", "flour.md"}  # type: ignore[attr-defined]


def test_other_code_or_another_working_folder_reads_again(
    kept: Reader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept(FULL)
    monkeypatch.setattr(kept_sources, "code_digest", lambda *_: "another version")
    kept(FULL)
    assert "01-dough.md" in kept.parsed  # type: ignore[attr-defined]
    monkeypatch.chdir(tmp_path / "bread")
    content, _ = read(Path(), cache=tmp_path / "cache")
    assert content.stages[0].at.path == "01-dough.md"


def test_the_digest_covers_all_rooms_that_may_take_part_in_reading() -> None:
    table = yaml.safe_load((Path(__file__).parents[2] / "docs" / "rooms.yaml").read_text("utf-8"))
    reached, todo = set[str](), ["content"]
    while todo:
        room = todo.pop()
        if room not in reached:
            reached.add(room)
            todo += table[room]["imports"].split()
    assert set(kept_sources.ROOMS) == reached
