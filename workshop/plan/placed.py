"""The room's bets, matched with the bets of a plan."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.constructs.table import text_of
from workshop.errors import Report, did_you_mean
from workshop.layouts import traits
from workshop.model.bets import Bets, bet_key, bet_name
from workshop.model.kit import Slide, Stage
from workshop.model.source import Content

OPTIONS = "options"


def placed(bets: Bets, stages: Sequence[Stage], content: Content, report: Report) -> Bets:
    """Return the counts of the bets that are in a plan; those of a bet that isn't in it are left out.

    A name that no bet of the kit has is a warning; counts that don't fit the options are an error.
    """
    if not bets:
        return {}
    shown = [slide for stage in stages for slide in stage.slides if "asks" in traits(slide.layout)]
    asked = {bet_key(bet_name(slide.bet, slide.id)): slide for slide in shown}
    sources = [slide for stage in content.stages for slide in stage.slides]
    known = {bet_key(slide.bet): slide.bet for slide in sources if "asks" in traits(slide.attrs.get("layout"))}
    for name, counts in bets.items():
        if name in asked:
            _check(asked[name], max(len(counts.first), len(counts.again)), report)
        elif name not in known:
            message = f"there are counts for “{name}”, but no bet has this name"
            report.warn(message, None, did_you_mean(name, known), "bets")
    return {name: counts for name, counts in bets.items() if name in asked}


def _check(slide: Slide, count: int, report: Report) -> None:
    options = len(text_of(slide.slot(OPTIONS)))
    if count > options:
        message = f"the bet “{bet_name(slide.bet, slide.id)}” has {options} options, and {count} letters have counts"
        report.error(message, slide.at, "correct the file of --bets", "bets")
