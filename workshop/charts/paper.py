"""A drawing surface over matplotlib: lines, bars, marks and words, in points and by colour role.

matplotlib is imported only here, and only when something is drawn. Its settings are global: we change them while a drawing
is saved and then restore them, and only one thread at a time draws or saves, so that none uses another's settings.
"""

from __future__ import annotations

import io
import logging
import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import chdir, nullcontext
from functools import cache, wraps
from pathlib import Path
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from msgspec import Struct

from workshop.charts.estimate import CONTEXT_SHARE, LEADING, TINT, TINT_SHARE, mixed
from workshop.charts.geometry import Point, Rect

DPI = 72
PNG_DPI = 200
SALT = "workshop"
FAINT_SHARE = 0.12
_MARKERS = {"circle": "o", "square": "s", "triangle": "^", "diamond": "D"}
_DASHES: Mapping[str, tuple[float, ...]] = {"sysDash": (3, 1), "lgDashDot": (8, 3, 1, 3), "dash": (4, 3)}
_HATCHES = {"wdUpDiag": "////", "dkHorz": "----", "wdDnDiag": "\\\\\\\\", "pct50": "......"}
_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": SALT,
    "hatch.linewidth": 1.2,
    "path.simplify": False,
}
_OTHERS, _BACKEND = Path("matplotlibrc"), "MPLBACKEND"  # settings that matplotlib takes from where it is imported
_ALONE = Lock()
logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it warns of a home that it can't write to, which does no harm
_Args = ParamSpec("_Args")
_Made = TypeVar("_Made")


def _alone(step: Callable[_Args, _Made]) -> Callable[_Args, _Made]:
    """Let only one thread at a time run a step: drawing reads the settings that saving changes."""

    @wraps(step)
    def taken(*args: _Args.args, **named: _Args.kwargs) -> _Made:
        with _ALONE:
            return step(*args, **named)

    return taken


@cache
def _imported() -> None:
    """Import matplotlib without settings from the current folder, which may be a stranger's, and without a backend.

    Settings can start other programs. Only if there are any, the folder is left meanwhile: other threads need it, too.
    """
    backend = os.environ.pop(_BACKEND, None)
    try:
        with chdir(Path(__file__).parent) if os.path.lexists(_OTHERS) else nullcontext():
            import matplotlib  # noqa: F401, ICN001
    finally:
        os.environ.update({_BACKEND: backend} if backend else {})


class Face(Struct, frozen=True):
    """A family and its files; without files, matplotlib's own typeface is used.

    Words stay text in this family, so the same files are needed where the drawing is shown.
    """

    family: str
    files: tuple[Path, ...] = ()

    def properties(self, size: float, *, bold: bool) -> Any:
        """Return matplotlib's description of a typeface, with its file, so that nothing needs to be registered."""
        from matplotlib.font_manager import FontProperties

        if not self.files:
            return FontProperties(family="DejaVu Sans", size=size, weight=700 if bold else 400)
        return FontProperties(family=self.family, size=size, weight=600 if bold else 400, fname=self._file(bold=bold))

    def _file(self, *, bold: bool) -> Path:
        """Return the upright file whose weight is nearest, by the files' own style names."""
        from matplotlib.ft2font import FT2Font

        wanted = ("SemiBold", "Bold") if bold else ("Regular", "Book")
        styles = {FT2Font(path).style_name: path for path in reversed(self.files)}
        return next((styles[style] for style in wanted if style in styles), self.files[0])


class Paper:
    """A figure of ``width`` x ``height`` points, y growing downwards."""

    @_alone
    def __init__(self, width: float, height: float, colors: Mapping[str, str], face: Face, scale: float) -> None:
        _imported()
        from matplotlib.figure import Figure

        self.colors = dict(colors)
        self.faces = {bold: face.properties(1, bold=bold) for bold in (False, True)}
        self.scale = scale
        self.figure = Figure(figsize=(width * scale / DPI, height * scale / DPI), dpi=DPI)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(height, 0)

    def color(self, role: str) -> str:
        """Return the hex colour of a role; tints are mixed with the background."""
        if role == "context":
            return self._mixed("muted", CONTEXT_SHARE)
        if role == "faint":
            return self._mixed("ink", FAINT_SHARE)
        return "#" + self.colors[role].lstrip("#")

    def _mixed(self, role: str, share: float) -> str:
        return "#" + mixed(self.colors[role], self.colors["bg"], share).lower()

    @_alone
    def line(self, points: Sequence[Point], role: str, weight: float, dash: str = "", *, order: float = 2) -> None:
        """Draw a line through points."""
        from matplotlib.lines import Line2D

        style: Any = (0, _DASHES[dash]) if dash in _DASHES else "solid"
        xs, ys = zip(*points, strict=True)
        self.axes.add_line(
            Line2D(
                xs,
                ys,
                color=self.color(role),
                linewidth=weight * self.scale,
                linestyle=style,
                solid_capstyle="round",
                solid_joinstyle="round",
                dash_capstyle="butt",
                zorder=order,
            )
        )

    @_alone
    def mark(self, at: Point, symbol: str, size: float, role: str) -> None:
        """Draw a marker of ``size`` points across."""
        from matplotlib.lines import Line2D

        if symbol == "none":
            return
        edge = 0.8 * self.scale
        across = size * self.scale * (0.8 if symbol == "diamond" else 1.0) - edge
        face = self.color(role)
        self.axes.add_line(
            Line2D(
                [at[0]],
                [at[1]],
                linestyle="none",
                marker=_MARKERS[symbol],
                markersize=across,
                markerfacecolor=face,
                markeredgecolor=self.color(role),
                markeredgewidth=edge,
                zorder=4,
            )
        )

    @_alone
    def bar(self, rect: Rect, pattern: str, role: str) -> None:
        """Draw a bar, solid or with a pattern."""
        from matplotlib.patches import Rectangle

        hatch = _HATCHES.get(pattern)
        color = self.color(role)
        ground = self.color("bg") if hatch else self._mixed(role, TINT_SHARE) if pattern == TINT else color
        self.axes.add_patch(
            Rectangle(
                (rect.left, rect.top),
                rect.width,
                rect.height,
                facecolor=ground,
                edgecolor=color,
                linewidth=self.scale if pattern else 0,
                hatch=hatch,
                zorder=1.5,
            )
        )

    @_alone
    def words(
        self,
        text: str,
        box: Rect,
        size: float,
        role: str,
        *,
        bold: bool = False,
        align: str = "center",
    ) -> None:
        """Set text in an estimated box, line by line: "left", "center" or "right" in it."""
        x = {"left": box.left, "right": box.right}.get(align, box.center[0])
        for number, line in enumerate(text.split("\n")):
            self.axes.text(
                x,
                box.top + (number + 0.5) * size * LEADING + size * 0.35,
                line.replace("  ", " \u00a0"),
                fontproperties=self.faces[bold],
                fontsize=size * self.scale,
                color=self.color(role),
                ha=align,
                va="baseline",
                parse_math=False,
                zorder=5,
            )

    @_alone
    def save(self, kind: str) -> bytes:
        """Return the drawing as "svg" or "png"; the same drawing gives the same bytes."""
        from matplotlib import rc_context

        buffer = io.BytesIO()
        date = {"Date": None} if kind == "svg" else {"Software": None}
        with rc_context(_SETTINGS), warnings.catch_warnings():
            warnings.filterwarnings(
                "ignore", message="Glyph"
            )  # the print writer checks its texts against its fonts itself
            dpi = PNG_DPI if kind == "png" else DPI
            self.figure.savefig(buffer, format=kind, dpi=dpi, metadata=date, facecolor=self.color("bg"))
        return buffer.getvalue()
