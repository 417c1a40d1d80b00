"""Choosing the theme for a request and a kit: a registered one, a theme file or a user's template, perhaps with a logo, with colours for code."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from workshop.errors import Problem, Report, did_you_mean
from workshop.files.color_arithmetic import contrast, stepped
from workshop.inputs.door import find_inside
from workshop.model.blocks import COMMENT, DEFINED, KEYWORD, NUMBER, STRING
from workshop.model.meta import KitMeta
from workshop.model.request import Request
from workshop.model.source import Content
from workshop.model.theme import Theme
from workshop.plugins.registry import Registry

FILES = (".yaml", ".yml")


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
        if request.theme or content.policy.unknown == "error":
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
    theme, problems = _chosen(name, request, registry, kit)
    if theme.template is not None and theme.template.dressed is not None:
        theme = replace(theme, template=replace(theme.template, dressed=with_code(theme.template.dressed)))
    return with_code(theme), problems


def _chosen(name: str, request: Request, registry: Registry, kit: Path | None) -> tuple[Theme, tuple[Problem, ...]]:
    from workshop.themes.logo import read_logo, with_logo

    size = read_logo(request.logo) if request.logo is not None else None
    if request.template is not None:
        from workshop.themes.template import template_theme

        matched = template_theme(request.template, request.font_files)
        if request.logo is None or size is None:
            return matched.theme, matched.problems
        source = matched.theme.template  # its own layouts have no place for another logo
        ours = source.dressed if source is not None and source.dressed is not None else matched.theme
        return with_logo(ours, request.logo, size), matched.problems
    theme, problems = _own_theme(name, registry, None if request.theme else kit)
    return (with_logo(theme, request.logo, size) if request.logo is not None and size else theme), problems


def _own_theme(name: str, registry: Registry, kit: Path | None) -> tuple[Theme, tuple[Problem, ...]]:
    if not is_file(name, registry):
        return registry.get("theme", name)(), ()
    from workshop.themes.theme_file import read_theme

    return read_theme(Path(name), kit)


def page_colors(theme: Theme) -> dict[str, dict[str, str]]:
    """Return the sets of colours for the companion page: the chosen theme's own, and ours for whatever else a device asks for."""
    from workshop.themes.beds import DARK, LIGHT
    from workshop.themes.theme_file import contrast_dark, contrast_theme

    ours = {"light": LIGHT, "dark": DARK, "contrast": contrast_theme().colors, "contrast-dark": contrast_dark().colors}
    sets = {name: dict(colors) for name, colors in ours.items()}
    return sets | {"dark" if theme.dark else "light": dict(theme.colors)}


LEAST, STRONG = 4.5, 7.0  # contrast of text; in a theme whose quiet text has that much, too
# Class of characters -> the colour roles to choose from, the best one first
ROLES: Mapping[bytes, tuple[str, ...]] = {
    KEYWORD: ("accent",),
    COMMENT: ("muted",),
    STRING: ("c3", "open", "c2", "stop"),
    NUMBER: ("stop", "c2", "open"),
    DEFINED: ("c5", "c2", "open"),
}


def with_code(theme: Theme) -> Theme:
    """Return a theme with a colour role for each class of code; none where no colour has enough contrast."""
    colors = dict(theme.colors)
    own = {"accent1": colors["accent"]}
    colors |= {r: stepped(own[p.slot], p.steps) for r, p in theme.paints.items() if r in colors and p.slot in own}

    def reading(role: str) -> float:
        return min(contrast(colors[role], colors[ground]) for ground in ("bg", "panel"))

    least = STRONG if reading("muted") >= STRONG else LEAST
    found: dict[bytes, str] = {}
    for kind, roles in ROLES.items():
        used = {colors[role] for role in (*found.values(), "ink")}
        read = [role for role in roles if reading(role) >= least]
        free = [role for role in read if colors[role] not in used]
        if read:
            found[kind] = (free or read)[0]
    return replace(theme, code=found)
