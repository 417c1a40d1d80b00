"""How the deck is to look: options of the command line, and the theme they mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workshop.errors import Problem, Report, did_you_mean
from workshop.model.request import Request
from workshop.model.source import Content
from workshop.model.theme import Theme
from workshop.plugins.registry import Registry

if TYPE_CHECKING:
    from workshop.themes.template import Matched

FILES = (".yaml", ".yml")
TEMPLATES = (".pptx", ".potx", ".ppsx")
BOLD = " bold"


def look_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options about the deck's look."""
    for option in reversed(
        (
            click.option("--theme", default="", metavar="NAME or FILE", help="Look: light, or see 'list themes'."),
            click.option(
                "--template",
                type=click.Path(path_type=Path, dir_okay=False),
                metavar="FILE",
                help="Write the deck into this .pptx or .potx, on its own layouts: see 'list layouts FILE'.",
            ),
            click.option(
                "--logo",
                type=click.Path(path_type=Path),
                metavar="PICTURE",
                help="A PNG or JPEG for a free corner of the slides, and for the head of the sheets.",
            ),
            click.option(
                "--font-file",
                "font_files",
                multiple=True,
                metavar="NAME=FILE",
                help='Measure a typeface of the template with its own file; "NAME bold=FILE" for the bold one.',
            ),
        )
    ):
        command = option(command)
    return command


def font_files(values: Sequence[str]) -> dict[tuple[str, bool], Path]:
    """Return ``NAME=FILE`` options as (family, bold) -> file.

    Raises:
        click.BadParameter: for another form, or a file that does not exist.
    """
    found: dict[tuple[str, bool], Path] = {}
    for text in values:
        name, equals, file = text.partition("=")
        if not (equals and name.strip() and Path(file).is_file()):
            reason = "there is no such file" if equals else 'write NAME=FILE, e.g. "Corporate Sans=corporate.ttf"'
            raise click.BadParameter(f"'{text}': {reason}", param_hint="--font-file")
        family = name.strip()
        bold = family.lower().endswith(BOLD)
        found[family[: -len(BOLD)] if bold else family, bold] = Path(file)
    return found


def check_theme_name(name: str, registry: Registry) -> None:
    """Refuse a theme that is neither registered nor a file.

    Raises:
        click.BadParameter: with the nearest names.
    """
    if not name or registry.has("theme", name):
        return
    if Path(name).suffix.lower() in TEMPLATES:
        raise click.BadParameter(f"'{name}' is a presentation; use --template {name}", param_hint="--theme")
    if Path(name).suffix.lower() not in FILES:
        raise click.BadParameter(f"'{name}'; {did_you_mean(name, registry.names('theme'))}", param_hint="--theme")
    if not Path(name).is_file():
        raise click.BadParameter(f"there is no file '{name}'", param_hint="--theme")


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


def layouts_as_text(matched: Matched) -> str:
    """Return what was matched to what, and why, a line a layout of ours; then the layouts that nothing took."""
    template = matched.theme.template
    assert template is not None
    names = {layout.part: layout for layout in matched.layouts}
    why = {pick.layout.part: pick.why for pick in matched.picks.values()}
    lines, taken = [], set()
    for role, specs in template.variants.items():
        parts = list(dict.fromkeys(spec.part for spec in specs))
        taken.update(parts)
        best = max((spec for spec in specs if spec.part == parts[0]), key=lambda spec: len(spec.placeholders))
        held = [f"{p.role}={p.idx}" for p in best.placeholders if p.idx >= 0]
        boxes = [p.role for p in best.placeholders if p.idx < 0]
        layout = names[parts[0]]
        also = "".join(f", else {names[part].number} {names[part].name}" for part in parts[1:3])
        lines.append(f"{role.ljust(15)} {layout.number:>2} {layout.name}{also}")
        lines.append(f"{'':15}    {why.get(layout.part, 'as the file beside it says')}; placeholders {', '.join(held)}")
        if boxes:
            lines.append(f"{'':15}    without a placeholder: {', '.join(boxes)}")
    free = [f"{layout.number} {layout.name}" for layout in matched.layouts if layout.part not in taken]
    if free:
        lines.append(f"not used: {', '.join(free)}")
    return "\n".join(lines)
