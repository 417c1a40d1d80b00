"""Divs of talks: callouts, and what stands in for a picture or a program."""

from __future__ import annotations

from workshop.constructs.boxes import emphasised
from workshop.constructs.construct import Construct, framed, titled, unseen
from workshop.model.blocks import Panel


# What talks written for other tools bring along: callouts, stand-ins for what can't be shown, pictures at a slide's edge.
class Callout(Panel, frozen=True):
    """A box with a title."""


class StandIn(Panel, frozen=True, kw_only=True):
    """A box that says what would be here: a diagram, the result of a program, a picture from the web.

    ``missing`` says that it stands for a picture, whose place it takes.
    """

    missing: bool = False


class Edge(Panel, frozen=True, kw_only=True):
    """Pictures that fill the left or right side of a slide; ``share`` is their part of its width."""

    side: str = "right"
    share: float = 50.0


TALKS = (
    Construct(name="callout", example="", fenced=False, block=Callout, slide=titled, paper=framed(style="tint")),
    Construct(name="stand-in", example="", fenced=False, block=StandIn, slide=emphasised, paper=framed(style="dash")),
    Construct(name="edge", example="", fenced=False, block=Edge, slide=unseen, paper=framed()),
)
