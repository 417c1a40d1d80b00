"""What a workshop adds to slides, registered as a plugin does it: bets, votes, tags, the toy line and the rest."""

from __future__ import annotations

from workshop.plugins.registry import Registry

EXTRAS = {
    "stage-picture": "workshop.training.picture_of_stage:STAGE_PICTURE",
    "solution": "workshop.training.tags:SOLUTION",
    "tag": "workshop.training.tags:TAG",
    "bet": "workshop.training.bet_panel:BET",
    "toy-line": "workshop.training.toy_line:TOY_LINE",
    "vote": "workshop.training.vote_panels:VOTES",
    "address": "workshop.training.address:ADDRESS",
    "poll": "workshop.training.poll_numbers:POLL",
}


def register(registry: Registry) -> None:
    """Add every extra of a workshop's slides, in the order in which they are put there."""
    for name, target in EXTRAS.items():
        registry.add("extra", name, target)
