"""In one build, each source is read, parsed and planned once: a second time shows in no output, only in how long a build takes."""

from collections import Counter
from pathlib import Path

import pytest

from workshop import steps
from workshop.build import build
from workshop.content import markdown_file
from workshop.model.request import Request
from workshop.plan import plan_kit, ready
from workshop.plugins.registry import standard_registry

TALK = "---\ntitle: Buses\n---\n\n# A bus\n\n- It waits\n\n# A tram\n\n| tram | people |\n|---|---|\n| 1 | 20 |\n"


class Count:
    """How often each source was read and parsed, and each slide planned."""

    def __init__(self, monkeypatch):
        self.read, self.parsed, self.planned = Counter(), Counter(), Counter()
        self._listen(monkeypatch, markdown_file, "read_text", self.read, lambda path, *_: Path(path).as_posix())
        self._listen(
            monkeypatch, markdown_file, "tokens_of", self.parsed, lambda reading: (reading.path, reading.masked.text)
        )
        for room in (ready, plan_kit):
            self._listen(
                monkeypatch, room, "plan_slide", self.planned, lambda slide, *_: (slide.id, slide.attrs.get("for"))
            )

    @staticmethod
    def _listen(monkeypatch, room, name, counter, key):
        real = getattr(room, name)

        def listening(*arguments, **settings):
            counter[key(*arguments)] += 1
            return real(*arguments, **settings)

        monkeypatch.setattr(room, name, listening)

    def often(self):
        """Return what came more than once."""
        return {
            f"{what} {key}": times
            for what in ("read", "parsed", "planned")
            for key, times in getattr(self, what).items()
            if times > 1
        }


@pytest.fixture
def count(monkeypatch):
    return Count(monkeypatch)


def made(path, out, cache=None, **settings):
    return build(path, Request(cache=cache, trust=True, **settings), standard_registry(), base=None, out=out)


def test_a_kit_is_read_parsed_and_planned_once(bread, count, cache, tmp_path):
    built = made(bread, tmp_path / "out", cache)
    slides = [slide for stage in built.laid.kit.stages for slide in stage.slides]
    assert {Path(slide.at.path).name for slide in slides} & {"01-dough.md"} <= {Path(path).name for path in count.read}
    assert {"crust", "water"} <= {name for name, _ in count.planned} <= {slide.id for slide in slides}
    assert count.often() == {}


def test_a_talk_is_read_parsed_and_planned_once(count, tmp_path):
    path = tmp_path / "talk.md"
    path.write_text(TALK)
    made(path, tmp_path / "out")
    assert count.read == {path.as_posix(): 1}
    assert [key[0] for key in count.parsed] == [path.as_posix()]
    assert {name for name, _ in count.planned} == {"a-bus", "a-tram"}
    assert count.often() == {}


def test_the_second_of_two_builds_parses_nothing_again(bread, count, tmp_path):
    made(bread, tmp_path / "out", tmp_path / "cache", only=("deck",))
    count.parsed.clear()
    made(bread, tmp_path / "out", tmp_path / "cache", only=("deck",), force=True)
    sections = {path for path, _ in count.parsed if path.endswith(".md")}
    assert sections == set()


@pytest.mark.parametrize(
    ("name", "counted"), [("load", {"read", "parsed"}), ("get_ready", {"planned"})], ids=["a source", "a plan"]
)
def test_what_is_made_twice_is_found(count, monkeypatch, tmp_path, name, counted):
    path, real = tmp_path / "talk.md", getattr(steps, name)
    path.write_text(TALK)

    def twice(*arguments, **settings):
        real(*arguments, **settings)
        return real(*arguments, **settings)

    monkeypatch.setattr(steps, name, twice)
    made(path, tmp_path / "out")
    assert {found.partition(" ")[0] for found in count.often()} == counted
