"""How the deck is to look: options of the command line, and the theme they mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workshop.errors import did_you_mean
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
