"""The bets of the slides on the companion page: question, options and right answer are the slide's, word for word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from workshop.addons.explore.drawn import Part, Words, tag
from workshop.addons.explore.states import radios
from workshop.constructs.table import text_of
from workshop.errors import At, Problem, did_you_mean
from workshop.layouts import traits
from workshop.model.exhibits import Demo
from workshop.model.kit import Kit, Slide
from workshop.model.prints import LETTERS
from workshop.model.source import Content
from workshop.plan.slot.reword import settle

if TYPE_CHECKING:
    from workshop.plan.ready import Ready

OPTIONS = "options"


class SlideBet(Struct, frozen=True):
    """What a slide asks.

    Attributes:
        options: in the order of their letters.
        right: place of the right one.
    """

    question: str
    options: tuple[str, ...]
    right: int


def bets_of(ready: Ready, kit: Kit) -> dict[str, SlideBet]:
    """Return slide id -> its bet, for every slide of an audience that asks for one and has one right answer, in the plan or not."""
    shown = frozenset(slide.id for stage in kit.stages for slide in stage.slides)
    asking = [replace(stage, slides=tuple(filter(_asks, stage.slides))) for stage in ready.whole]
    slides = (slide for stage in settle(asking, shown) for slide in stage.slides)
    return {slide.id: bet for slide in slides if (bet := _bet(slide)) is not None}


def _asks(slide: Slide) -> bool:
    return "asks" in traits(slide.layout)


def _bet(slide: Slide) -> SlideBet | None:
    lines = text_of(slide.slot(OPTIONS))
    right = [place for place, line in enumerate(lines) if line.right]
    return SlideBet(slide.title_text, tuple(line.text for line in lines), right[0]) if len(right) == 1 else None


def unknown_bets(demos: Iterable[tuple[Demo, At]], content: Content) -> Iterator[Problem]:
    """Yield an error for each poke of a kit's own demo that names a slide without a bet; our demos are used in other kits, too.

    Args:
        demos: each with the line at which it is declared.
    """
    asking = {
        slide.id for stage in content.stages for slide in stage.slides if "asks" in traits(slide.attrs.get("layout"))
    }
    for demo, at in demos:
        if Path(demo.function.__code__.co_filename).resolve().is_relative_to(content.root.resolve()):
            for name in (poke.bet for poke in demo.pokes if poke.bet and poke.bet not in asking):
                message = f"a poke of {demo.name}: no slide that asks for a bet is named '{name}'"
                yield Problem(message, at, did_you_mean(name, asking), code="poke")


def with_bet(part: Part, bet: SlideBet, prefix: str, name: str, words: Words) -> Part:
    """Return a part with a bet, which can be placed before it is turned; ``name`` is the bet's in links, its value a letter."""
    options = dict(zip(LETTERS, bet.options, strict=False))
    truth = LETTERS[bet.right]
    said = {
        key: words("explore-bet-right" if key == truth else "explore-bet-wrong", bet=text, right=options[truth])
        for key, text in options.items()
    }
    html = tag("p", escape(bet.question), class_="ask")
    html += radios(words("explore-bet"), f"{prefix}{name}", "bet", options, "", line=False, look="")
    html += tag("button", words("explore-place"), type="button", class_="small", data_place="")
    html += tag("p", "", class_="measure", data_bettext="", tabindex="-1")
    told: Mapping[str, object] = {"name": name, "truth": truth, "said": said}
    return replace(part, bet=html, data={**part.data, "bet": told}, start={name: "", **part.start})
