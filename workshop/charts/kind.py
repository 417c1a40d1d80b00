"""The description of a kind of chart: its resolver, its drawing steps and its native plot; the table of kinds; and resolving a chart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

from workshop.charts.kinds import KINDS
from workshop.errors import Problem, WorkshopError, did_you_mean

if TYPE_CHECKING:  # a talk without charts imports nothing that draws them
    from workshop.charts.canvas import Canvas
    from workshop.charts.draw import Surface
    from workshop.charts.resolved import ResolvedChart
    from workshop.model.exhibits import Chart

PRINT_SIZE = 10.0
Drawn = TypeVar("Drawn", bound="Surface")


def words_on_axes(resolved: ResolvedChart) -> Iterator[str]:
    """Yield the names of the categories and the texts of visible ticks."""
    yield from resolved.categories[:: resolved.every]
    for axis in (resolved.value_axis, resolved.other_axis):
        if axis is not None and axis.visible:
            yield from (text for _, text in axis.ticks)


def words(resolved: ResolvedChart) -> Iterator[str]:
    """Yield the words that most kinds show: those on the axes, labels, and names of dashed lines and of a key."""
    yield from words_on_axes(resolved)
    yield from (label.text for series in resolved.series for label in series.labels)
    yield from (reference.label for reference in resolved.references)
    if resolved.key:
        yield from (series.name for series in resolved.series)


class Kind(Struct, frozen=True, kw_only=True):
    """One kind of chart.

    Attributes:
        name: as in ``Chart.kind``.
        meaning: one phrase for ``list charts``.
        resolve: decides limits, looks and the place of every label on a canvas; raises a ``WorkshopError``, with the fix, if
        the chart couldn't be read there.
        paint: the steps that draw it on a surface.
        words: returns every text that a resolved chart shows, wherever it is drawn.
        native: ``"package.module:function"`` of its native plot, which takes a ``Drawing`` and returns the children of
            ``c:plotArea``. It is named, not imported, since only the deck writer needs it.
        from_table: whether it can be drawn from a table of names and numbers, such as a CSV file.
        readable: whether its values can be read out one by one to people who don't see it.
    """

    name: str
    meaning: str
    resolve: Callable[[Chart, Canvas], ResolvedChart]
    paint: tuple[Callable[[ResolvedChart, Surface], None], ...]
    native: str
    words: Callable[[ResolvedChart], Iterable[str]] = words
    from_table: bool = False
    readable: bool = True

    def painted(self, resolved: ResolvedChart, surface: Drawn) -> Drawn:
        """Draw a chart on a surface, at the size that it was resolved for, and return the surface."""
        for step in self.paint:
            step(resolved, surface)
        return surface

    def plot(self) -> Callable[[Any], list[Any]]:
        """Import and return the function that makes the native plot."""
        made: Callable[[Any], list[Any]] = _imported(self.native)
        return made


class Kinds(Struct, frozen=True):
    """The kinds of chart that exist, by name; each is imported when it is first asked for.

    Attributes:
        load: returns the kind with a name in ``names``.
    """

    names: tuple[str, ...]
    load: Callable[[str], Any]

    def get(self, name: str) -> Kind:
        """Return a kind.

        Raises:
            WorkshopError: for an unknown name, with the nearest one, or if the registered value isn't a ``Kind``.
        """
        if name not in self.names:
            hint = did_you_mean(name, self.names)
            raise WorkshopError(Problem(f"no kind of chart is named '{name}'", hint=hint, code="chart"))
        found = self.load(name)
        if not isinstance(found, Kind):
            what = f"the kind of chart '{name}' is registered as a {type(found).__name__}"
            raise WorkshopError(Problem(what, hint="register a workshop.charts.kind.Kind", code="chart"))
        return found


def _imported(target: str) -> Any:
    module, _, attribute = target.partition(":")
    return getattr(import_module(module), attribute)


BUILT_IN = Kinds(tuple(KINDS), lambda name: _imported(KINDS[name]))


def is_built_in(kind: Kind) -> bool:
    """Whether a kind is one of ours, not one that a plugin brings."""
    return kind.name in KINDS and kind is BUILT_IN.get(kind.name)


def resolve_chart(
    chart: Chart,
    *,
    width_pt: float,
    height_pt: float,
    colors: Mapping[str, str],
    medium: str,
    size_pt: float = PRINT_SIZE,
    kinds: Kinds = BUILT_IN,
) -> ResolvedChart:
    """Decide limits, ticks, looks and the place of every label of a chart in a box.

    Args:
        width_pt, height_pt: the box in points.
        colors: role -> six hex digits of the theme; a label has its series' colour only if it can be read.
        medium: "deck" (sizes of the theme's chart layouts) or "print" (all text at ``size_pt``).
        size_pt: text size in print, in points.
        kinds: the kinds of chart that exist.

    Raises:
        WorkshopError: with the fix, for a chart that couldn't be read in that box (too many series, too many or too long
        names, numbers that no axis can show), and for an unknown kind of chart.
    """
    from workshop.charts.canvas import canvas, refuse

    kind = kinds.get(chart.kind)
    if not chart.series or all(v is None for series in chart.series for v in series.values):
        refuse(chart, "there is nothing to draw", "give it at least one value")
    return kind.resolve(chart, canvas(width_pt, height_pt, colors, medium, size_pt))
