"""Any .pptx or .potx as a theme: its own layouts, for talks that fit them, and our own layouts in its look."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.errors import At, Problem, Report, Severity
from workshop.layouts import all_layouts
from workshop.model.theme import Template, Theme
from workshop.templates.builder import Bench
from workshop.templates.dressed import Worn, dressed, on_our_page
from workshop.templates.file import TemplateFile, as_presentation, layout_parts, open_template
from workshop.templates.look import CAPITALS, advice, faces
from workshop.templates.matching import Pick, match_layouts
from workshop.templates.overrides import Overrides, read_overrides
from workshop.templates.user_layouts import TemplateLayout, completed, read_layouts

MONO = "Courier New"
Files = Mapping[tuple[str, bool], Path]


class Matched(Struct, frozen=True, kw_only=True):
    """A template that has been read and matched.

    Attributes:
        layouts: all its layouts; ``picks`` has the chosen ones, by kind.
        theme: the theme, with every role composed that its layouts can show, and our own layouts in its look.
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
    picks = match_layouts(layouts, (file.width, file.height))
    report = Report(list(file.left_out))
    own = read_overrides(path, layouts, report)
    report.raise_if_errors()
    every = {**own.fonts, **(fonts or {})}
    ours = dressed(path.stem, _worn(path, file, layouts, own, every))
    theme = _theme(path, file, picks, own, every, ours) if _has_content(picks) else ours
    return Matched(file=file, layouts=layouts, picks=picks, theme=theme, problems=tuple(report.found))


def _has_content(picks: Mapping[str, Pick]) -> bool:
    return bool({"content", "title-only", "two"} & set(picks))


def _worn(path: Path, file: TemplateFile, layouts: tuple[TemplateLayout, ...], own: Overrides, fonts: Files) -> Worn:
    """Return a template on a page of our size; if that is another one than its own, its layouts are read again."""
    page = on_our_page(file)
    if page is not file:
        layouts = read_layouts(page)
        own = read_overrides(path, layouts, Report())
    picks = match_layouts(layouts, (page.width, page.height))
    main = _main(picks) if picks else Pick(layouts[0], {}, "the first one")
    return Worn(file=page, layouts=layouts, main=main, cover=picks.get("cover"), own=own, fonts=fonts)


def _theme(
    path: Path, file: TemplateFile, picks: Mapping[str, Pick], own: Overrides, fonts: Files, ours: Theme
) -> Theme:
    """Return the theme whose layouts are the template's own."""
    main = _main(picks)
    text = main.slots["main"].look.family if "main" in main.slots else main.layout.prose.family
    families = tuple(dict.fromkeys((*_families(picks), text)))
    measured = faces(families, fonts)
    bench = Bench(picks=picks, faces=measured, width=file.width, height=file.height, colors=ours.colors, font=text)
    told = []
    if file.by != 1:
        message = f"its slides are {file.height / file.by / 914_400:.1f} in high; they are scaled to 7.5 in"
        hint = "so 18 pt look as large as in any other deck"
        told.append(Problem(message, file.at, hint=hint, code="template", severity=Severity.ADVICE))
    template = Template(
        package=as_presentation(file.package),
        paints=ours.dress.paints if ours.dress is not None else {},
        variants={
            role: _overridden(bench, own.picks.get(role, {})).variants(one)
            for role, one in all_layouts().items()
            if one.composed is not None
        },
        dressed=ours,
        footer=own.footer,
        face="" if text == main.layout.minor else text,
        told=(*told, *advice(families, fonts, At(path.as_posix()))),
    )
    return Theme(
        name=path.stem,
        dark=ours.dark,
        colors=ours.colors,
        font=text,
        mono=MONO,
        measure_fonts=measured.files,
        width=file.width,
        height=file.height,
        layouts={role: found[-1] for role, found in template.variants.items()},
        measure_scale=measured.scale,
        template=template,
    )


def _main(picks: Mapping[str, Pick]) -> Pick:
    """Return the layout that most slides are on."""
    return next(picks[kind] for kind in ("content", "title-only", "two", *picks) if kind in picks)


def _overridden(bench: Bench, picks: Mapping[str, Pick]) -> Bench:
    if not picks:
        return bench
    return replace(bench, picks={**bench.picks, **picks})


def _families(picks: Mapping[str, Pick]) -> tuple[str, ...]:
    """Return the typefaces of titles and texts, the most frequent one last."""
    names = [h.look.family for pick in picks.values() for h in pick.layout.holders]
    return tuple(sorted(set(names), key=lambda name: (names.count(name), name)))


__all__ = ["CAPITALS", "Matched", "template_theme"]
