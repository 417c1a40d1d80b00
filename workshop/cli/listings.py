"""One demo in the terminal or as JSON, and the lists that ``list`` prints."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import to_builtins

from workshop.check.coverage import as_markdown
from workshop.cli.console import format_problems
from workshop.content import load
from workshop.errors import Problem, WorkshopError, did_you_mean
from workshop.files.paths import default_cache, trusted_file
from workshop.layouts import all_layouts
from workshop.layouts.own import own_layouts
from workshop.model.exhibits import Chart, Code, Demo, Findings, Meaning, Table, meanings, named
from workshop.model.frozen import thaw
from workshop.model.request import Request
from workshop.model.source import Content
from workshop.model.theme import Theme
from workshop.plugins.registry import Registry
from workshop.runs.own_code import with_own_code
from workshop.runs.runner import RunRequest, run_demo
from workshop.wording.formats import FILTERS, show

if TYPE_CHECKING:
    from workshop.themes.template import Matched
from workshop.cli.demo_lines import demo_lines

LEAST_WIDTH = 40  # characters: a terminal that says that it is narrower would see only "…"
WIDE, MOST = 160, 8  # characters of a table that nobody sees on a terminal; parts of a list that are shown


def loaded_demo(
    name: str, request: Request, registry: Registry, kit: Path, base: Path | None, *, named: bool = True
) -> tuple[Content, Registry]:
    """Return the kit whose data a demo runs on, and a registry that has the demo.

    Args:
        named: whether the user named the kit; if not, a demo that this kit doesn't use runs on the built-in kit's data.

    Raises:
        WorkshopError: for an unknown demo.
    """
    content, _ = load(kit, base)
    if base and not named and registry.has("demo", name) and name not in content.data:
        content, _ = load(base)
    registry = with_own_code(
        registry, content, trust=request.trust, trusted=request.trusted, folder=request.trust_folder
    )
    if not registry.has("demo", name):
        hint = did_you_mean(name, registry.names("demo"))
        hint += "" if named else "; a demo of your kit's own is run with --kit and the kit's folder"
        raise WorkshopError(Problem(f"there is no demo '{name}'", hint=hint))
    return content, registry


def run_one(name: str, request: Request, content: Content, registry: Registry) -> tuple[Findings, Demo]:
    """Run one demo on a kit's data.

    Raises:
        WorkshopError: for the problems of its run.
    """
    own = {slot: path for (_, slot), path in request.data.items()}
    data = {**content.data.get(name, {}), **own}
    knobs = {knob: value for (_, knob), value in request.sets.items()}
    wanted = RunRequest(name=name, demo=name, knobs=knobs, data=data, at=None, own=frozenset(own))
    findings = run_demo(wanted, registry, seed=request.seed, cache=request.cache)
    return findings, registry.get("demo", name)


def print_source(demo: Demo) -> None:
    """Print a demo's toy, or its own module if it has none; in colour on a terminal, unless ``NO_COLOR`` is set."""
    from pygments import highlight
    from pygments.formatters import TerminalFormatter
    from pygments.lexers import PythonLexer

    path = Path(demo.function.__code__.co_filename)
    toy = path.parent.with_name("toys") / path.name
    source = (toy if toy.is_file() else path).read_text("utf-8")
    colour = False if os.environ.get("NO_COLOR") else None
    click.echo(highlight(source, PythonLexer(), TerminalFormatter()), nl=False, color=colour)


def as_json(name: str, seed: int, findings: Findings) -> str:
    """Return facts and exhibits; a table's cells are given both as values and as the text that slides show."""
    exhibits: dict[str, Any] = {}
    for key, exhibit in findings.exhibits.items():
        record = thaw_all(to_builtins(exhibit))
        if isinstance(exhibit, Table):
            record["cells"] = [
                [show(cell, column.unit) for cell, column in zip(row, exhibit.columns, strict=True)]
                for row in exhibit.rows
            ]
        exhibits[key] = {"type": type(exhibit).__name__.lower(), **record}
    record = {"demo": name, "seed": seed, "facts": thaw(findings.facts), "exhibits": exhibits}
    return json.dumps(record, indent=2, ensure_ascii=False)


def thaw_all(value: Any) -> Any:
    """Return nested data that JSON can represent."""
    if isinstance(value, Mapping):
        return {str(k): thaw_all(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [thaw_all(v) for v in value]
    return value


def print_findings(name: str, demo: Demo, seed: int, findings: Findings) -> None:
    """Print title, tables, charts as tables, code and facts of a demo's run."""
    print_exhibits(name, demo.title, findings, f"({name}, seed {seed})")


def print_exhibits(name: str, title: str, findings: Findings, aside: str = "") -> None:
    """Print title, tables, charts as tables, code and facts."""
    from rich.console import Console
    from rich.markup import escape

    console = Console()
    console.width = max(console.width, LEAST_WIDTH)
    console.print(f"[bold]{escape(title)}[/bold]  {aside}".rstrip())
    for key, exhibit in findings.exhibits.items():
        console.print(f"\n[bold]{_kind(exhibit)}:{name}.{key}[/bold]  {escape(exhibit.finding)}", highlight=False)
        if isinstance(exhibit, Code):
            console.print(exhibit.text, markup=False, highlight=False)
        else:
            console.print(_rich_table(exhibit))
    console.print("\n[bold]Facts[/bold]")
    for path, value in named(findings.facts):
        fact = f"  {name}.{path} = {json.dumps(thaw(value), ensure_ascii=False)}"
        console.print(fact, markup=False, highlight=False, overflow="ellipsis", no_wrap=True)


def _kind(exhibit: Chart | Table | Code) -> str:
    return type(exhibit).__name__.lower()


def _rich_table(exhibit: Chart | Table) -> Any:
    from rich.box import SIMPLE_HEAD
    from rich.markup import escape
    from rich.table import Table as RichTable

    table = RichTable(box=SIMPLE_HEAD)
    if isinstance(exhibit, Table):
        for column in exhibit.columns:
            table.add_column(escape(column.name), justify="left" if column.unit == "text" else "right")
        for row in exhibit.rows:
            table.add_row(*(escape(show(c, column.unit)) for c, column in zip(row, exhibit.columns, strict=True)))
        return table
    numeric = bool(exhibit.series and exhibit.series[0].x)
    table.add_column(escape(exhibit.x_label))
    for series in exhibit.series:
        table.add_column(escape(series.name), justify="right")
    places = [show(x, "number") for x in exhibit.series[0].x] if numeric else list(exhibit.categories)
    for k, place in enumerate(places):
        cells = [show(s.values[k], exhibit.unit) if k < len(s.values) else "" for s in exhibit.series]
        table.add_row(escape(place), *map(escape, cells))
    return table


def print_facts(demo: Demo, findings: Findings) -> None:
    """Print every fact of a run with its value, its unit and its meaning, as a table."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table as RichTable

    known, before = meanings(demo), ""
    table = RichTable(box=SIMPLE_HEAD)
    table.add_column(f"{demo.name}.", overflow="fold")
    for column in ("value", "unit", "meaning"):
        table.add_column(column, max_width=50 if column == "value" else None)
    for name, value in named(findings.facts):
        meant = next((m for m in known if m.fits(name)), Meaning(name, "", ""))
        again, before = meant.text == before, meant.text
        cells = (name, _in_unit(value, meant.unit), meant.unit, "" if again else meant.text)
        table.add_row(*map(escape, cells))
    console = Console()
    (console if console.is_terminal else Console(width=WIDE)).print(table)


def _in_unit(value: Any, unit: str) -> str:
    """Return a fact as people read it; of a list, what fits a line."""
    if isinstance(value, Mapping):
        return f"{len(value)} parts"
    if isinstance(value, Sequence) and not isinstance(value, str):
        parts = [_in_unit(part, unit) for part in value]
        return ", ".join(parts[:MOST]) + (" …" if len(parts) > MOST else "")
    if isinstance(value, float) and (unit == "number" or unit not in FILTERS):
        return f"{value:.4g}"
    return show(value, unit if unit in FILTERS else "text")


def draw_charts(findings: Findings, folder: Path, registry: Registry) -> tuple[Path, ...]:
    """Draw every chart of a run as SVG, PNG and PDF into a folder and return the files.

    Raises:
        WorkshopError: exit code 3 if the folder cannot be written to; then nothing was written.
    """
    from workshop.charts.figure import Face, figure, saved
    from workshop.charts.kind import Kinds, resolve_chart
    from workshop.files.output import write_files

    kinds = Kinds(registry.names("chart"), partial(registry.get, "chart"))
    theme: Theme = registry.get("theme", "light")()
    width_mm, height_mm = 170.0, 90.0
    points = 72 / 25.4
    drawn: dict[str, bytes] = {}
    face = Face(theme.font, *(theme.measure_fonts.get((theme.font, bold)) for bold in (False, True)))
    for name, exhibit in findings.exhibits.items():
        if not isinstance(exhibit, Chart):
            continue
        resolved = resolve_chart(
            exhibit,
            width_pt=width_mm * points,
            height_pt=height_mm * points,
            colors=theme.colors,
            medium="print",
            kinds=kinds,
        )
        made = figure(resolved, theme.colors, face, kinds)
        drawn |= {f"{name}.{kind}": saved(made, kind) for kind in ("svg", "png", "pdf")}
    return write_files(folder, drawn)


def print_layouts(template: Path) -> None:
    """Print which of a template's layouts each of our layouts was matched to, and why.

    Raises:
        WorkshopError: for a file that cannot be a template.
    """
    from workshop.themes.template import template_theme

    matched = template_theme(template)
    click.echo(layouts_as_text(matched))
    if matched.problems:
        click.echo(format_problems(matched.problems), err=True)


def layouts_as_text(matched: Matched) -> str:
    """Return how a kit is dressed; then which layout a talk has for what, and why, and the layouts that are not used."""
    template = matched.theme.template
    if template is None or template.dressed is None:
        return _look_as_text(matched.theme)
    names = {layout.part: layout for layout in matched.layouts}
    why = {pick.layout.part: pick.why for pick in matched.picks.values()}
    lines, taken = [_look_as_text(template.dressed), "", "a talk whose slides all fit is on its own layouts:"], set()
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


def _look_as_text(theme: Theme) -> str:
    """Return what our own layouts take from a template: colours, typefaces, size of page, cover, edges."""
    dress = theme.dress
    assert dress is not None
    colors = ", ".join(f"{role} {theme.colors[role]}" for role in ("bg", "ink", "accent", "open", "stop", "panel"))
    faces = " and ".join(dict.fromkeys(filter(None, (theme.heading, theme.font))))
    width, height = theme.width + dress.around.wide, theme.height + dress.around.high
    lines = [
        "a kit, and any other talk, is on our layouts in its look:",
        f"{'colours':15}    {colors}",
        f"{'typeface':15}    {faces}",
        f"{'page':15}    {width / 914_400:.2f} × {height / 914_400:.2f} in",
        f"{'cover':15}    {'its own' if dress.cover else 'ours'}",
    ]
    named = ", ".join(dress.variants)
    lines += [f"{'its layouts':15}    {named}"] if named else []
    return "\n".join((*lines, *(f"{'not there':15}    {what}" for what in dress.told)))


def print_list(what: str, kit: Path, base: Path | None, registry: Registry) -> None:
    """Print one of the lists, one entry per line."""
    if what == "points":
        click.echo(as_markdown(load(kit, base)[0]))
        return
    if what == "themes":
        lines = [(name, registry.get("theme", name)().name) for name in registry.names("theme")]
    elif what == "writers":
        lines = [
            (name, f"{w.filename}: {w.meaning}")
            for name in registry.names("writer")
            for w in [registry.get("writer", name)]
        ]
    elif what == "charts":
        found = [registry.get("chart", name) for name in registry.names("chart")]
        lines = [(k.name, f"{k.meaning}; also from a CSV file" if k.from_table else k.meaning) for k in found]
    elif what == "layouts":
        own = own_layouts()
        lines = [
            (name, f"{own[name].name}: {', '.join(p.role for p in own[name].placeholders)}") for name in all_layouts()
        ]
    elif what == "demos":
        content, _ = load(kit, base)
        lines = list(demo_lines(content, _with_own_demos(registry, content), default_cache()))
    else:
        content, _ = load(kit, base)
        if what == "audiences":
            lines = [(a.id, a.title) for a in content.audiences]
        else:
            lines = [(f"{s.number or '–'}  {s.id}", f"{s.title}: {len(s.slides)} slides") for s in content.stages]
    width = max((len(name) for name, _ in lines), default=0)
    for name, rest in lines:
        click.echo(f"{name.ljust(width)}  {rest}".rstrip())


def _with_own_demos(registry: Registry, content: Content) -> Registry:
    """Return a registry with a kit's own demos; those that are not trusted are named on standard error."""
    try:
        return with_own_code(registry, content, trust=False, trusted=trusted_file())
    except WorkshopError as error:
        click.echo(format_problems(error.problems), err=True)
        return registry
