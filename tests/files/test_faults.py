"""Kills a whole build at every write, rename and removal; the next build, of changed sources, must give exactly its own set of files."""

import shutil

import pytest
from msgspec.structs import replace

from tests.files.faults import Watch, watched
from workshop.build import build
from workshop.files.bases import BASE
from workshop.files.journal import JOURNAL, STAGING, digest
from workshop.files.output import MANIFEST, read_manifest
from workshop.model.request import Request
from workshop.plugins.registry import Registry
from workshop.render.writing import Writer

DEMO = '''"""Waiting times."""

from workshop.model.exhibits import Findings, Frozen, Knob, demo


@demo("waiting", title="Waiting times", knobs={"minutes": Knob(1, 99, "between two buses")})
def waiting(*, minutes: int = 7) -> Findings:
    """Wait half of the time between two buses."""
    return Findings(Frozen({"mean": minutes / 2}), {})


def register(registry):
    """Bring the demo."""
    registry.add("demo", "waiting", waiting)
'''
KIT = "title: Buses\nlanguage: en-GB\nsections: [01-buses]\ndemos: [demos/waiting.py]\n"
SECTION = """---
stage: buses
number: 1
title: Buses
---

## The bus to TOWN is late {#late}

- One waits {{ waiting.mean }} minutes

## Two buses to TOWN follow each other {#pairs}

- They come in pairs
"""


def outline(laid):
    return "\n".join(slide.title_text for slide in laid.kit.slides).encode()


DECK = Writer(
    filename="titles.txt", render=outline, meaning="titles in place of a deck, which takes longer to write", whom="you"
)


class Buses:
    """A small kit that is built for several towns, each time with a different knob and a different set of files."""

    def __init__(self, folder, deck=DECK):
        self.kit, self.out, self.cache, self.settings = (folder / name for name in ("kit", "out", "cache", "settings"))
        (self.kit / "demos").mkdir(parents=True)
        (self.kit / "demos" / "waiting.py").write_text(DEMO)
        (self.kit / "kit.yaml").write_text(KIT)
        self.registry = Registry()
        self.registry.add("theme", "light", "workshop.themes.beds:light")
        self.registry.add("writer", "deck", deck)
        self.registry.add(
            "writer",
            "outline",
            Writer(filename="outline.md", render=outline, meaning="titles", whom="you", profiled=True),
        )
        self.registry.add(
            "writer",
            "extra",
            Writer(filename="extra.md", render=outline, meaning="titles again", whom="you", default=False),
        )

    def build(self, town, minutes, **options):
        (self.kit / "01-buses.md").write_text(SECTION.replace("TOWN", town))
        request = Request(
            sets={("waiting", "minutes"): str(minutes)}, trust=True, trusted=self.settings / "trusted", cache=self.cache
        )
        return build(self.kit, replace(request, **options), self.registry, base=None, out=self.out)

    def files(self):
        return {path.name: path.read_bytes() for path in self.out.iterdir() if path.name != MANIFEST}

    def kills(self, act):
        """Yield each point at which ``act`` changes the disk, with everything in the state in which the process ends there."""
        kept = (self.out, self.cache, self.settings)
        start = {folder: folder.with_name(f"{folder.name}-at-the-start") for folder in kept}
        for folder, copy in start.items():
            if folder.exists():
                shutil.copytree(folder, copy)

        def again(watch):
            for folder, copy in start.items():
                shutil.rmtree(folder, ignore_errors=True)
                if copy.exists():
                    shutil.copytree(copy, folder)
            with watched(watch):
                act()

        again(Watch(()))  # what a process remembers of its first build isn't written again
        found = Watch(kept)
        again(found)
        for point in found.points:
            for how in ("before", "half") if point.event == "open" else ("before",):
                watch = Watch(kept, point, how)
                again(watch)
                assert watch.killed, point  # otherwise two builds would differ
                yield point, how


@pytest.fixture
def deck():
    return DECK


@pytest.fixture
def buses(tmp_path, deck):
    return Buses(tmp_path, deck)


@pytest.fixture
def fresh(tmp_path_factory, deck):
    """Build into an empty folder with an empty cache, and return the files."""

    def go(*arguments, **options):
        alone = Buses(tmp_path_factory.mktemp("fresh"), deck)
        alone.build(*arguments, **options)
        return alone.files()

    return go


def places(points):
    return {point.path.split("/")[0] for point, _ in points if "/" in point.path}


@pytest.mark.broad
@pytest.mark.long
def test_a_build_killed_at_any_change_of_the_disk_is_followed_by_exactly_the_next_set(buses, fresh):
    old = fresh("Ulm", 10)
    expected = fresh("Bonn", 30, profile="dyslexia")
    assert set(old) != set(expected)
    buses.build("Ulm", 10)
    tried = []
    for point in buses.kills(lambda: buses.build("Kiel", 20, profile="large")):
        stopped = (buses.out / STAGING / JOURNAL).exists()
        built = buses.build("Bonn", 30, profile="dyslexia")
        assert any("was stopped while it was writing" in problem.message for problem in built.problems) == stopped, (
            point
        )
        assert buses.files() == expected, point
        assert not [one.kept for one in built.written if one.kept], point
        assert read_manifest(buses.out) == {name: digest(data) for name, data in expected.items()}, point
        tried.append(point)
    assert places(tried) == {"out", "cache"}
    assert len(tried) > 30


@pytest.mark.long
def test_a_build_of_one_file_killed_anywhere_leaves_the_others_as_they_were(buses, fresh):
    expected = fresh("Ulm", 10) | fresh("Bonn", 30, only=("deck",))
    buses.build("Ulm", 10)
    for point in buses.kills(lambda: buses.build("Kiel", 20, only=("deck",))):
        buses.build("Bonn", 30, only=("deck",))
        assert buses.files() == expected, point


@pytest.mark.broad
@pytest.mark.long
def test_one_file_after_a_killed_build_joins_a_whole_set(buses, fresh):
    old, middle = fresh("Ulm", 10), fresh("Kiel", 20, profile="large")
    extra = fresh("Bonn", 30, only=("extra",))
    buses.build("Ulm", 10)
    seen = set()
    for point in buses.kills(lambda: buses.build("Kiel", 20, profile="large")):
        buses.build("Bonn", 30, only=("extra",))
        there = buses.files()
        assert there in (old | extra, middle | extra), point
        seen.add(there == middle | extra)
    assert seen == {True, False}


@pytest.mark.long
@pytest.mark.broad
@pytest.mark.parametrize("deck", ["workshop.render.pptx.deck:DECK"], ids=["with a whole deck"])
def test_a_first_build_killed_anywhere_is_forgotten(buses, fresh):
    expected = fresh("Bonn", 30)
    tried = []
    for point in buses.kills(lambda: buses.build("Kiel", 20, profile="large")):
        buses.build("Bonn", 30)
        left = buses.files()  # a build that was whole before the end leaves its base
        assert {name: left[name] for name in left if name in expected or not BASE.fullmatch(name)} == expected, point
        tried.append(point)
    assert places(tried) == {"out", "cache", "settings"}
