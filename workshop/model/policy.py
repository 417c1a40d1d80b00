"""What a source may contain, and what becomes of a mistake in it: a kit is checked, a talk is shown as well as it can be."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Policy(Struct, frozen=True, kw_only=True):
    """How strict the reading, the plan and the layout of a source are.

    Attributes:
        unknown: a name that nobody knows, or a rule that is broken, is an error; or a warning, and it is shown as written.
        html: HTML, and what other tools write, is refused; or read.
        digits: each number must come from a run or a source; or may be typed.
        overfull: a slide without room for what it holds is an error; or is laid out freely.
        plan: slides are chosen for a slot; or all are taken as they come.
        files: without a choice, all files that have something in them are written; or the deck alone.
    """

    unknown: Literal["error", "shown"]
    html: Literal["refused", "read"]
    digits: Literal["checked", "free"]
    overfull: Literal["error", "freely"]
    plan: Literal["slot", "all"]
    files: Literal["all", "deck"]


KIT = Policy(unknown="error", html="refused", digits="checked", overfull="error", plan="slot", files="all")
TALK = Policy(unknown="shown", html="read", digits="free", overfull="freely", plan="all", files="deck")
