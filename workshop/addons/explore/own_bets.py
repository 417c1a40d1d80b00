"""The reader's own bets, drawn over a model's curve of how sure it is and how often it is right."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from workshop.addons.explore.drawn import Look, Part, PokeError, tag
from workshop.addons.explore.sketch import in_every_state
from workshop.addons.explore.states import Seen
from workshop.model.pokes import Guess
from workshop.wording.formats import FILTERS

SURE = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)  # how sure a reader can be
TRIED = (
    (0.9, True),
    (0.6, False),
    (0.6, True),
    (1.0, True),
    (0.7, False),
    (0.5, True),
    (0.8, True),
)  # bets, for a proof


def with_own(poke: Guess, seen: Sequence[Seen], part: Part, look: Look) -> Part:
    """Return the part with a place for the reader's own bets, and where they are drawn.

    Raises:
        PokeError: if the chart isn't one of shares over shares.
    """
    frame = in_every_state(poke.yours, seen, look).frame
    if (frame.chart.unit, frame.chart.x_unit) != ("percent", "percent"):
        raise PokeError(f"'{poke.yours}' isn't a chart of percent over percent")
    yours = {
        "xs": {f"{100 * sure:.0f}": round(frame.along_other(sure), 1) for sure in SURE},
        "ys": [round(frame.along_value(share), 1) for share in (0.0, 1.0)],
    }
    show, right = FILTERS["percent"], sum(hit for _, hit in TRIED)
    out = [str(right), show(right / len(TRIED)), show(sum(sure for sure, _ in TRIED) / len(TRIED))]
    proof = {"bets": [{"in": [[f"{100 * sure:.0f}", hit] for sure, hit in TRIED], "out": out}]}
    told = tag("p", look.words("explore-yours"), class_="finding", data_yours="", data_after="")
    return replace(part, right=part.right + told, data={**part.data, "yours": yours, "proof": proof})
