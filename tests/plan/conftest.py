from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace

from workshop.content import read
from workshop.errors import Problem
from workshop.model.blocks import plain
from workshop.model.exhibits import About, Chart, ChartKind, Code, Column, Findings, Honesty, Series, Table, demo
from workshop.model.frozen import Frozen
from workshop.model.kit import Kit, Slide
from workshop.model.request import Request
from workshop.plan.pick_audience import pick_audience
from workshop.plan.plan_kit import plan_kit

FACTS = {"bits": {"first": 4.0, "last": 1.46}, "rounds": 4, "words": ["mat", "rug"], "share": 0.625}
CHART = Chart(
    ChartKind.LINE, "Surprise", measure="Mean surprise, in bits", finding="Surprise falls", series=(Series("bits", (4.0, 1.46)),), categories=("a", "b"), unit="bits",
    basis="two rounds",
)  # fmt: skip
TABLE = Table(
    "Votes", (Column("Word"), Column("Share", "percent")), (("mat", 0.625), ("rug", None)), finding="mat leads", measure="Votes",
    highlight=0, honesty=Honesty.SIMULATED, basis="votes written by us",
)  # fmt: skip
CODE = Code("Loop", "for x in y:\n    feed(x)\n", "Two lines of the loop")


@demo("toy", title="The toy itself")
def toy() -> Findings:
    return Findings(Frozen(FACTS), {"surprise": CHART, "votes": TABLE, "loop": CODE, "pie": replace(CHART, kind="pie")})


@dataclass
class Planned:
    kit: Kit
    problems: tuple[Problem, ...]

    def slide(self, number: int = 0) -> Slide:
        return list(self.kit.slides)[number]

    @property
    def messages(self) -> list[str]:
        return [p.message for p in self.problems]


def words(blocks) -> list[str]:
    """Return the text of every line of prose among blocks."""
    return [plain(line.runs) for block in blocks if hasattr(block, "lines") for line in block.lines]


@pytest.fixture
def plan(tmp_path):
    """Plan one Markdown file with the facts of a toy; ``files`` are written next to it."""

    def go(text: str, files: dict[str, str] | None = None, **options) -> Planned:
        for name, content in (files or {}).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        talk: Path = tmp_path / "talk.md"
        talk.write_text(text)
        content, found = read(talk)
        findings = replace(toy.function(), about=About(toy.name, toy.title, toy.claims))
        audience = pick_audience(content, "")
        kit, problems = plan_kit(
            content, audience, {"toy": findings}, frozenset(), Request(**options), lambda kind, name: None
        )
        return Planned(kit, (*found, *problems))

    return go
