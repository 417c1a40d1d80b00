"""Any .pptx or .potx as a theme: the deck is written into it, using its layouts, colours and typefaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from workshop.errors import At, Problem, Report, WorkshopError
from workshop.files.colors import Scheme
from workshop.model.theme import LayoutSpec, Paint, Template, Theme
from workshop.templates.builder import Bench
from workshop.templates.compose import ROLES, variants
from workshop.templates.file import TemplateFile, as_presentation, layout_parts, open_template
from workshop.templates.fonts import CAPITALS, advice, faces
from workshop.templates.layouts import TemplateLayout, read_layouts
from workshop.templates.match import Pick, match_layouts
from workshop.templates.overrides import Overrides, read_overrides
from workshop.templates.palette import hexes, is_dark, palette
from workshop.templates.prompts import completed

MONO, SHEETS = "Courier New", "Fira Sans"
Files = Mapping[tuple[str, bool], Path]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """A template that has been read and matched.

    Attributes:
        layouts: all its layouts; ``picks`` has the chosen ones, by kind.
        theme: the theme, with every role composed.
        problems: advice, and problems with the file of overrides.
    """

    file: TemplateFile
    layouts: tuple[TemplateLayout, ...]
    picks: Mapping[str, Pick]
    theme: Theme
    problems: tuple[Problem, ...] = field(default=())


def template_theme(path: Path, fonts: Files | None = None) -> Matched:
    """Read a template and the overrides beside it in ``NAME.layouts.yaml``.

    Args:
        path: a .pptx or .potx.
        fonts: (family, bold) -> font file for measuring.

    Raises:
        WorkshopError: for a file that can't be a template, or for wrong overrides.
    """
    file = open_template(path)
    masters = [(master, layout_parts(file.package, master)) for master in file.masters]
    file = replace(file, package=completed(file.package, masters))
    layouts = read_layouts(file)
    size = (file.width, file.height)
    picks = match_layouts(layouts, size)
    if not {"content", "title-only", "two"} & set(picks):
        raise WorkshopError(
            Problem(
                "no layout of this template has a title and room for content",
                file.at,
                hint="add one with a title and one content placeholder under it, or use --theme",
                code="template",
            )
        )
    report = Report(list(file.left_out))
    own = read_overrides(path, layouts, ROLES, report)
    report.raise_if_errors()
    theme = _theme(path, file, picks, own, {**own.fonts, **(fonts or {})}, report)
    return Matched(file=file, layouts=layouts, picks=picks, theme=theme, problems=tuple(report.found))


def _theme(
    path: Path, file: TemplateFile, picks: Mapping[str, Pick], own: Overrides, fonts: Files, report: Report
) -> Theme:
    main = next(picks[kind] for kind in ("content", "title-only", "two") if kind in picks)
    families = _families(picks)
    text = main.slots["main"].look.family if "main" in main.slots else families[-1]
    measured = faces(families, fonts)
    bench = Bench(picks=picks, faces=measured, width=file.width, height=file.height, ground="", font=text)
    area = bench.area(main)
    paints = palette(main.layout, area, own.colors)
    scheme = main.layout.scheme
    bench = replace(bench, ground=scheme.hex(paints["bg"]))
    if file.by != 1:
        report.advise(
            f"its slides are {file.height / file.by / 914_400:.1f} in high; they are scaled to 7.5 in",
            file.at,
            "so 18 pt look as large as in any other deck",
            "template",
        )
    report.extend(advice(families, fonts, At(path.as_posix())))
    specs = {role: variants(_overridden(bench, own.picks.get(role, {})), role) for role in ROLES}
    return _made(path, file, specs, paints, scheme, bench)


def _made(
    path: Path,
    file: TemplateFile,
    specs: Mapping[str, tuple[LayoutSpec, ...]],
    paints: Mapping[str, Paint],
    scheme: Scheme,
    bench: Bench,
) -> Theme:
    colors = hexes(scheme, paints)
    return Theme(
        name=path.stem,
        dark=is_dark(colors["bg"]),
        colors={role: color for role, color in colors.items() if "/" not in role},
        font=bench.font,
        mono=MONO,
        sheet_font=SHEETS,
        measure_fonts=bench.faces.files,
        width=file.width,
        height=file.height,
        layouts={role: found[-1] for role, found in specs.items()},
        measure_scale=bench.faces.scale,
        template=Template(package=as_presentation(file.package), paints=paints, variants=specs),
    )


def _overridden(bench: Bench, picks: Mapping[str, Pick]) -> Bench:
    if not picks:
        return bench
    return replace(bench, picks={**bench.picks, **picks})


def _families(picks: Mapping[str, Pick]) -> tuple[str, ...]:
    """Return the typefaces of titles and texts, the most frequent one last."""
    names = [h.look.family for pick in picks.values() for h in pick.layout.holders]
    return tuple(sorted(set(names), key=lambda name: (names.count(name), name)))


__all__ = ["CAPITALS", "Matched", "template_theme"]
