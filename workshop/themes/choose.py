"""The theme that a request and a kit mean: a registered one, a theme file, or a user's template, with a logo or without."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from workshop.errors import Problem, Report, did_you_mean
from workshop.model.request import Request
from workshop.model.source import Content
from workshop.model.theme import Theme
from workshop.plugins.registry import Registry

FILES = (".yaml", ".yml")


def with_look(request: Request, content: Content, registry: Registry, report: Report) -> Request:
    """Return a request with the theme that the content asks for, where the command line named none.

    A theme that does not exist is noted at its line.
    """
    theme = request.theme or _own(content.meta.theme, content, registry)
    if not (request.theme or registry.has("theme", theme) or Path(theme).suffix.lower() in FILES):
        known = registry.names("theme")
        report.error(f"there is no theme '{theme}'", content.meta_at.get("theme"), did_you_mean(theme, known), "theme")
        theme = known[0]
    return replace(request, theme=theme)


def _own(theme: str, content: Content, registry: Registry) -> str:
    """Return a theme that a kit names: a file is looked for beside the kit, wherever the build is started."""
    is_file = theme and not registry.has("theme", theme) and Path(theme).suffix.lower() in FILES
    return (content.root / theme).as_posix() if is_file else theme


def chosen_theme(request: Request, registry: Registry) -> tuple[Theme, tuple[Problem, ...]]:
    """Return the theme that a request means, and what there is to say about it.

    Raises:
        WorkshopError: for a template, theme file or logo that cannot be used.
    """
    from workshop.themes.logo import read_logo, with_logo

    size = read_logo(request.logo) if request.logo is not None else None
    if request.template is not None:
        from workshop.templates.logo import logos_of
        from workshop.themes.template import template_theme

        matched = template_theme(request.template, request.font_files)
        if request.logo is None or size is None:
            return matched.theme, matched.problems
        return logos_of(matched.theme, matched.layouts, request.logo, size), matched.problems
    theme, problems = _own_theme(request, registry)
    return (with_logo(theme, request.logo, size) if request.logo is not None and size else theme), problems


def _own_theme(request: Request, registry: Registry) -> tuple[Theme, tuple[Problem, ...]]:
    if registry.has("theme", request.theme) or Path(request.theme).suffix.lower() not in FILES:
        return registry.get("theme", request.theme)(), ()
    from workshop.themes.file import read_theme

    return read_theme(Path(request.theme))
