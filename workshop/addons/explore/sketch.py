"""What readers draw over a chart: a line before they see it, and their own bets."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from msgspec.structs import replace

from workshop.addons.explore.drawn import Look, Part, PokeError, Words, aligned, boxed, filled, tag
from workshop.addons.explore.states import Seen, exhibit_of
from workshop.charts.resolved import ResolvedChart
from workshop.model.exhibits import Chart, Findings
from workshop.model.pokes import Draw, Guess
from workshop.wording.formats import FILTERS, show

POINTS = 5  # that are drawn
LEVELS = 40  # steps from the foot of the plot to its top
UNITS = ("bits", "percent", "ratio")  # those in which the page can say how far two lines are apart


def sketched(poke: Draw, found: Findings, seen: Sequence[Seen], then: Part, prefix: str, look: Look) -> Part:
    """Return a line to draw, and the part that is hidden until it is drawn.

    Raises:
        PokeError: if the chart doesn't have the line, or the page couldn't say how far apart two lines are.
    """
    words, data = look.words, _drawing(poke, found, seen, then.data["controls"][0]["texts"], look)
    comment = filled(poke.comment, found, {}) if poke.comment else ""
    left = tag("p", escape(filled(poke.question, found, {})), class_="ask")
    left += tag("p", words("explore-draw-veil"), class_="measure needs-js", data_veil="")
    told = tag("p", escape(comment), class_="measure", data_bettext="", tabindex="-1")
    place = tag("button", words("explore-place"), type="button", class_="go needs-js", data_place="")
    left += _levels(data, prefix, words) + place
    left += tag("div", told + then.left, class_="col", data_after="")
    return Part(
        kind="draw",
        left=left,
        right=tag("div", then.right, class_="col", data_axes=""),
        data={
            "kind": "draw",
            "sketch": data,
            "comment": comment,
            "then": then.data,
            "proof": {"drawn": [_proof(data, tilt) for tilt in (0, 3, 7)]},
        },
        start={"line": ".".join([str(LEVELS // 2)] * (len(data["xs"]) - data["given"])), "drawn": "", **then.start},
        numbers=then.numbers,
        exhibits=then.exhibits,
    )


def in_every_state(name: str, seen: Sequence[Seen], look: Look) -> ResolvedChart:
    """Return a chart whose places hold in every state.

    Raises:
        PokeError: if it isn't a chart, or its plot moves from state to state.
    """
    charts = [e if isinstance(e := exhibit_of(name, one), Chart) else None for one in seen]
    if not any(charts):
        raise PokeError(f"'{name}' isn't a chart")
    resolved = [one for one in boxed(aligned(charts), look) if one is not None]
    if any(one.frame.plot != resolved[0].frame.plot for one in resolved):
        raise PokeError(f"the plot of '{name}' moves from state to state; give its lines the same names in all of them")
    return resolved[0]


def _drawing(poke: Draw, found: Findings, seen: Sequence[Seen], dialled: Sequence[str], look: Look) -> dict[str, Any]:
    """Return where the points are, what each height means, and what the run found there; ``dialled`` names what is turned."""
    base = found.exhibits.get(poke.exhibit)
    names = [series.name for series in base.series] if isinstance(base, Chart) else []
    drawn = filled(poke.series, found, {})
    if not isinstance(base, Chart) or not {drawn, *poke.shown} <= {*names} or base.unit not in UNITS:
        raise PokeError(f"'{poke.exhibit}' isn't a chart in {', '.join(UNITS)} with the lines that it draws and shows")
    resolved = in_every_state(poke.exhibit, seen, look)
    line = base.series[names.index(drawn)]
    known = [place for place, value in enumerate(line.values) if value is not None]
    last = len(known) - 1
    points = poke.points or tuple(dict.fromkeys(known[round(n * last / (POINTS - 1))] for n in range(POINTS)))
    real = [line.values[point] for point in points if point in known]
    if len(real) < len(points) or poke.given >= len(points):
        raise PokeError(f"'{drawn}' doesn't have the points {', '.join(map(str, points))}, or all of them are given")
    frame, plot = resolved.frame, resolved.frame.plot
    heights = [plot.bottom - plot.height * level / LEVELS for level in range(LEVELS + 1)]
    values = [round(frame.data((plot.left, y))[1], 4) for y in heights]
    roles = {name: series.color for name, series in zip(names, resolved.series, strict=True)}
    return {
        "xs": [round(frame.along_other(line.x[p] if line.x else float(p)), 1) for p in points],
        "ys": [round(y, 1) for y in heights],
        "values": values,
        "texts": [FILTERS[base.unit](value) for value in values],
        "names": [_named(base, p, dialled) for p in points],
        "real": [round(value, 4) for value in real if value is not None],
        "said": [FILTERS[base.unit](value) for value in real if value is not None],
        "heights": [round(frame.along_value(value), 1) for value in real if value is not None],
        "right": round(plot.right + 1, 1),
        "given": poke.given,
        "role": roles[drawn],
        "shown": [roles[name] for name in poke.shown],
        "roles": roles,
        "unit": base.unit,
        "apart": look.words(f"explore-apart-{base.unit}", off="{off}"),
        "axis": base.x_label or base.measure,
    }


def _named(chart: Chart, point: int, dialled: Sequence[str]) -> str:
    """Return what a point is called: as on the dial if each point has its place there, else as on the axis."""
    x = chart.series[0].x
    if len(dialled) == max(len(x), len(chart.categories)):
        return dialled[point]
    return show(x[point], chart.x_unit or "number") if x else chart.categories[point]


def _levels(data: dict[str, Any], prefix: str, words: Words) -> str:
    """Return a slider for each point that is drawn."""
    rows, middle = "", LEVELS // 2
    for number in range(data["given"], len(data["xs"])):
        name, told = f"{prefix}p{number}", data["texts"][middle]
        bar = (
            f'<input type="range" id="{name}" min="0" max="{LEVELS}" step="1" value="{middle}" aria-valuetext="{told}" '
            f'data-level="{number}">'
        )
        rows += tag("label", escape(data["names"][number]), for_=name) + bar + tag("output", told, for_=name)
    legend = words("explore-draw" if len(data["xs"]) - data["given"] > 1 else "explore-draw-one", axis=data["axis"])
    return tag("fieldset", tag("legend", escape(legend), class_="legend") + tag("div", rows, class_="levels"), class_="field needs-js", data_levels="")  # fmt: skip


def _proof(data: dict[str, Any], tilt: int) -> dict[str, Any]:
    """Return a line, and how far it is from the run's: the page must come to the same."""
    free = range(data["given"], len(data["xs"]))
    levels = [(10 + tilt * number) % (LEVELS + 1) for number in free]
    apart = [abs(data["values"][level] - data["real"][n]) for level, n in zip(levels, free, strict=True)]
    furthest = free[apart.index(max(apart))]
    return {"in": levels, "out": [FILTERS[data["unit"]](sum(apart) / len(apart)), furthest]}


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
