"""Choosing the theme for a request and a kit: a registered one, a theme file or a user's template, perhaps with a logo."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.errors import At, Problem, Report, Severity, did_you_mean
from workshop.fonts import ARIMO
from workshop.inputs.door import find_inside
from workshop.layouts import LAYOUTS
from workshop.layouts.grid import HEIGHT, WIDTH
from workshop.layouts.own import own_layouts
from workshop.model.meta import KitMeta
from workshop.model.request import Request
from workshop.model.source import Content
from workshop.model.theme import Template, Theme
from workshop.plugins.registry import Registry
from workshop.templates.builder import Bench
from workshop.templates.look import advice, faces
from workshop.templates.match import Pick, TemplateLayout, completed, match_layouts, read_layouts, roomiest
from workshop.templates.opening import TemplateFile, as_presentation, layout_parts, open_template
from workshop.templates.overrides import Overrides, doubts, read_overrides, told
from workshop.templates.palette import hexes, is_dark, palette

# ---------------------------------------------------------------- choose
FILES = (".yaml", ".yml")
NO_FOOTER = "--footer is for a template; in our own themes the foot of a slide names its stage"


def theme_name(request: Request, content: Content, registry: Registry, report: Report) -> str:
    """Return the requested theme, else the one that the content names; an unknown one is reported at its line."""
    theme = request.theme or content.meta.theme
    if not request.theme and is_file(theme, registry):
        found = find_inside(theme, (content.root,), content.root)
        if isinstance(found, Path):  # independent of the working folder
            return found.as_posix()
        report.error(found[0], content.meta_at.get("theme"), found[1], "theme")
    elif not (request.theme or registry.has("theme", theme)):
        known = registry.names("theme")
        at, hint = content.meta_at.get("theme"), did_you_mean(theme, known)
        if request.theme or content.is_kit:
            report.error(f"there is no theme '{theme}'", at, hint, "theme")
        else:
            report.advise(f"there is no theme '{theme}': the usual one is taken", at, hint, "theme")
            return KitMeta().theme
    return theme


def is_file(theme: str, registry: Registry) -> bool:
    """Whether a theme is the name of a file rather than a registered one."""
    return not registry.has("theme", theme) and Path(theme).suffix.lower() in FILES


def chosen_theme(
    name: str, request: Request, registry: Registry, kit: Path | None = None
) -> tuple[Theme, tuple[Problem, ...]]:
    """Return the theme with a name, or that of the request's template, with colours for code, and the problems with it.

    Args:
        kit: folder of the kit; if the kit names the theme file, everything that this file names must be inside the kit too.

    Raises:
        WorkshopError: for a template, theme file or logo that can't be used.
    """
    from workshop.themes.theme_file import with_code

    theme, problems = _chosen(name, request, registry, kit)
    return with_code(theme), problems


def _chosen(name: str, request: Request, registry: Registry, kit: Path | None) -> tuple[Theme, tuple[Problem, ...]]:
    from workshop.themes.theme_file import read_logo, with_logo

    size = read_logo(request.logo) if request.logo is not None else None
    if request.template is not None:
        from workshop.templates.logo import logos_of

        matched = template_theme(request.template, request.font_files, request.footer)
        if request.logo is None or size is None:
            return matched.theme, matched.problems
        return logos_of(matched.theme, matched.layouts, request.logo, size), matched.problems
    theme, problems = _own_theme(name, registry, None if request.theme else kit)
    if request.footer:
        problems = (
            *problems,
            Problem(NO_FOOTER, hint="give --template, or leave out --footer", code="footer", severity=Severity.ADVICE),
        )
    return (with_logo(theme, request.logo, size) if request.logo is not None and size else theme), problems


def _own_theme(name: str, registry: Registry, kit: Path | None) -> tuple[Theme, tuple[Problem, ...]]:
    if not is_file(name, registry):
        return registry.get("theme", name)(), ()
    from workshop.themes.theme_file import read_theme

    return read_theme(Path(name), kit)


def page_colors(theme: Theme) -> dict[str, dict[str, str]]:
    """Return the sets of colours for the companion page: the chosen theme's own, and ours for whatever else a device asks for."""
    from workshop.themes.theme_file import contrast_dark, contrast_theme

    ours = {"light": LIGHT, "dark": DARK, "contrast": contrast_theme().colors, "contrast-dark": contrast_dark().colors}
    sets = {name: dict(colors) for name, colors in ours.items()}
    return sets | {"dark" if theme.dark else "light": dict(theme.colors)}


# ---------------------------------------------------------------- template
# Any .pptx or .potx as a theme: the deck is written into it, using its layouts, colours and typefaces.
MONO, SHEETS = "Courier New", "Fira Sans"
Files = Mapping[tuple[str, bool], Path]


class Matched(Struct, frozen=True, kw_only=True):
    """A template that has been read and matched.

    Attributes:
        layouts: all its layouts; ``picks`` has the chosen ones, by kind.
        theme: the theme, with every role composed.
        problems: advice, and problems with the file of overrides.
        doubts: what may look wrong on some layouts, one sentence each.
    """

    file: TemplateFile
    layouts: tuple[TemplateLayout, ...]
    picks: Mapping[str, Pick]
    theme: Theme
    problems: tuple[Problem, ...] = field(default=())
    doubts: tuple[str, ...] = field(default=())


def template_theme(path: Path, fonts: Files | None = None, footer: str = "") -> Matched:
    """Read a template and the overrides beside it in ``NAME.layouts.yaml``.

    Args:
        path: a .pptx or .potx.
        fonts: (family, bold) -> font file for measuring.
        footer: words of every footer; "" for what the file of overrides says.

    Raises:
        WorkshopError: for a file that can't be a template, or for wrong overrides.
    """
    file = open_template(path)
    masters = [(master, layout_parts(file.package, master)) for master in file.masters]
    file = replace(file, package=completed(file.package, masters))
    layouts = read_layouts(file)
    size = (file.width, file.height)
    picks = match_layouts(layouts, size)
    free = roomiest([x for x in layouts if x.master == _main(picks).layout.master] if picks else layouts, size)
    if not {"content", "title-only", "two"} & set(picks):
        picks |= {"title-only": free}
    report = Report(list(file.left_out))
    own = read_overrides(path, layouts, report)
    report.raise_if_errors()
    own = replace(own, footer=footer) if footer else own
    theme = _theme(path, file, picks, free, own, {**own.fonts, **(fonts or {})}, report)
    template = theme.template
    doubtful = doubts(layouts, picks, template.variants) if template is not None else ()
    report.extend(told(doubtful, file.at))
    return Matched(file=file, layouts=layouts, picks=picks, theme=theme, problems=tuple(report.found), doubts=doubtful)


def _theme(
    path: Path,
    file: TemplateFile,
    picks: Mapping[str, Pick],
    free: Pick,
    own: Overrides,
    fonts: Files,
    report: Report,
) -> Theme:
    main = _main(picks)
    text = main.slots["main"].look.family if "main" in main.slots else main.layout.prose.family
    families = tuple(dict.fromkeys((*_families(picks), text)))
    measured = faces(families, fonts)
    bench = Bench(picks=picks, faces=measured, width=file.width, height=file.height, colors={}, font=text)
    paints = palette(main.layout, bench.area(main), own.colors)
    bench = replace(bench, colors=hexes(main.layout.scheme, paints))
    if file.by != 1:
        report.advise(
            f"its slides are {file.height / file.by / 914_400:.1f} in high; they are scaled to 7.5 in",
            file.at,
            "so 18 pt look as large as in any other deck",
            "template",
        )
    report.extend(advice(families, fonts, At(path.as_posix())))
    specs = {role: _overridden(bench, own.picks.get(role, {})).variants(one) for role, one in LAYOUTS.items()}
    alone = replace(bench, picks={"title-only": free})
    spare = {role: alone.variants(one) for role, one in LAYOUTS.items()}
    template = Template(
        package=as_presentation(file.package),
        paints=paints,
        variants=specs,
        roomiest=spare,
        footer=own.footer,
        face="" if text == main.layout.minor else text,
    )
    return _made(path, file, template, bench)


def _main(picks: Mapping[str, Pick]) -> Pick:
    """Return the layout that most slides are on."""
    return next(picks[kind] for kind in ("content", "title-only", "two", *picks) if kind in picks)


def _made(path: Path, file: TemplateFile, template: Template, bench: Bench) -> Theme:
    colors = bench.colors
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
        layouts={role: found[-1] for role, found in template.variants.items()},
        measure_scale=bench.faces.scale,
        template=template,
    )


def _overridden(bench: Bench, picks: Mapping[str, Pick]) -> Bench:
    if not picks:
        return bench
    return replace(bench, picks={**bench.picks, **picks})


def _families(picks: Mapping[str, Pick]) -> tuple[str, ...]:
    """Return the typefaces of titles and texts, the most frequent one last."""
    names = [h.look.family for pick in picks.values() for h in pick.layout.holders]
    return tuple(sorted(set(names), key=lambda name: (names.count(name), name)))


# ---------------------------------------------------------------- beds
# Beds, the default deck theme: everything is a square-cornered block, like a garden bed.
#
# Evergreen stands for what is known, marigold for what is open, vermilion only for what is blocked or wrong. Series that
# are side by side in a chart (accent and c2, c2 and c5, c5 and c3, accent and the grey of context) have a contrast of 3:1,
# so that they stay distinct when printed in grey.
LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "bg": "FFFFFF",
        "ink": "10211C",
        "muted": "4D5B56",
        "panel": "EDF3F0",
        "accent": "0B5144",
        "c2": "CA8510",
        "c3": "266DBB",
        "stop": "A62C18",
        "c5": "3A0932",
        "open": "F6B92F",
    }
)
DARK: Mapping[str, str] = MappingProxyType(
    {
        "bg": "0E1B17",
        "ink": "F1F5F3",
        "muted": "9AA9A2",
        "panel": "1D2F29",
        "accent": "7DE3C4",
        "c2": "A46700",
        "c3": "3873CC",
        "stop": "F4622A",
        "c5": "E7C8E8",
        "open": "F6B92F",
    }
)


def light() -> Theme:
    """Return the theme for a bright room."""
    return _theme_beds("Beds light", LIGHT, dark=False)


def dark() -> Theme:
    """Return the same layouts on a dark background."""
    return _theme_beds("Beds dark", DARK, dark=True)


def _theme_beds(name: str, colors: Mapping[str, str], *, dark: bool) -> Theme:
    return Theme(
        name=name,
        dark=dark,
        colors=dict(colors),
        font="Arial",
        mono="Courier New",
        sheet_font="Fira Sans",
        measure_fonts={("Arial", False): ARIMO, ("Arial", True): ARIMO},
        width=WIDTH,
        height=HEIGHT,
        layouts=own_layouts(),
    )
