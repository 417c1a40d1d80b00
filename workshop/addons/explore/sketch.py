"""What readers draw over a chart: a line before they see the run's."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from msgspec.structs import replace

from workshop.addons.explore.drawn import Look, Part, PokeError, Words, aligned, boxed, filled, tag
from workshop.addons.explore.states import Seen, exhibit_of
from workshop.charts.resolved import ResolvedChart
from workshop.model.exhibits import Chart, Findings
from workshop.model.pokes import Draw
from workshop.wording.formats import FILTERS, show

POINTS = 5  # that are drawn
LEVELS = 40  # steps from the foot of the plot to its top
UNITS = ("bits", "percent", "ratio")  # those in which the page can say how far two lines are apart


def sketched(poke: Draw, found: Findings, seen: Sequence[Seen], then: Part, prefix: str, look: Look) -> Part:
    """Return the part with a line to draw as its bet; while it is being drawn, the run's line is hidden.

    Raises:
        PokeError: if the chart doesn't have the line, or the page couldn't say how far apart two lines are.
    """
    data = _drawing(poke, found, seen, then.data["controls"][0]["texts"], look)
    comment = filled(poke.comment, found, {}) if poke.comment else ""
    bet = tag("p", escape(filled(poke.question, found, {})), class_="ask")
    bet += _levels(data, prefix, look.words)
    bet += tag("button", look.words("explore-place"), type="button", class_="small", data_place="")
    bet += tag("p", "", class_="measure", data_bettext="", tabindex="-1")
    return replace(
        then,
        kind="draw",
        bet=bet,
        data={
            "kind": "draw",
            "sketch": data,
            "comment": comment,
            "then": then.data,
            "proof": {"drawn": [_proof(data, tilt) for tilt in (0, 3, 7)]},
        },
        start={"line": ".".join([str(LEVELS // 2)] * (len(data["xs"]) - data["given"])), "drawn": "", **then.start},
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
        "given": poke.given,
        "role": roles[drawn],
        "name": drawn,
        "hidden": [role for name, role in roles.items() if name not in poke.shown and name != drawn]
        if poke.shown
        else [],
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
    return tag("fieldset", tag("legend", escape(legend), class_="legend") + tag("div", rows, class_="levels"), class_="field", data_levels="")  # fmt: skip


def _proof(data: dict[str, Any], tilt: int) -> dict[str, Any]:
    """Return a line, and how far it is from the run's: the page must come to the same."""
    free = range(data["given"], len(data["xs"]))
    levels = [(10 + tilt * number) % (LEVELS + 1) for number in free]
    apart = [abs(data["values"][level] - data["real"][n]) for level, n in zip(levels, free, strict=True)]
    furthest = free[apart.index(max(apart))]
    return {"in": levels, "out": [FILTERS[data["unit"]](sum(apart) / len(apart)), furthest]}
