"""Write the pages of ``docs/reference/`` that say what the code says: commands, keys, divs, kinds of chart, and Python.

python docs/make_reference.py
"""

from __future__ import annotations

import inspect
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from docs.make_gallery import drawn  # noqa: E402 - found through the line above
from docs.pages import wrapped  # noqa: E402
from workshop import deck  # noqa: E402
from workshop.cli.app import commands  # noqa: E402
from workshop.cli.grouped import GroupedOption  # noqa: E402
from workshop.cli.schemas import SCHEMAS, schema_of  # noqa: E402
from workshop.constructs.construct import Place  # noqa: E402
from workshop.constructs.table import DIVS, SPANS  # noqa: E402
from workshop.plugins.registry import standard_registry  # noqa: E402

PAGES, PICTURES = HERE / "reference", HERE / "pictures" / "charts"
MADE = "This page is made by `python docs/make_reference.py`.\n"
RIDES = "month,rides,walks\nMarch,9,6\nApril,14,5\nMay,17,3\nJune,19,2\n"
# kind of chart -> the rows and the attributes of an example
EXAMPLES = {
    "column": (RIDES, "x=month y=rides,walks unit=count"),
    "bar": ("why,people\nIt was raining,14\nToo far for a start,9\nNo place to lock it,4\n", "x=why y=people unit=count"),
    "stacked": (RIDES, "x=month y=rides,walks unit=count"),
    "line": (RIDES, "x=month y=rides,walks unit=count"),
    "scatter": (
        "name,kilometres,minutes\nAnna,4,15\nBen,8,27\nChen,12,44\nDana,6,19\n", "x=kilometres y=minutes name=name unit=count"
    ),
    "dots": (RIDES, "x=month y=rides,walks unit=count"),
    "squares": ("who,people,riders\nMorning shift,24,9\nEvening shift,16,4\n", "x=who y=people,riders"),
}  # fmt: skip


def cell(text: str) -> str:
    """Return a text for a cell of a table."""
    return " ".join(text.split()).replace("|", r"\|")


def _sentence(phrase: str) -> str:
    return phrase[0].upper() + phrase[1:].removesuffix("; also from a CSV file")


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table as Markdown."""
    head = list(head)
    lines = [head, ["---"] * len(head), *([cell(text) for text in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


# ---------------------------------------------------------------- commands
def commands_page() -> str:
    """Return the page of all commands and their options."""
    parts = [
        "# Commands\n",
        MADE,
        "`workshop COMMAND --help` prints the same. With a path or with options alone, `build` is meant.\n",
    ]
    for path, command in _commands(commands):
        if isinstance(command, click.Group) and path:
            parts.append(f"## workshop {path}\n\n{_help(command)}")
            continue
        named = [f"`{_written(option)}`" for option in _shared(path, command)]
        parts.append(
            f"{'###' if ' ' in path else '##'} workshop {path}\n\n```\nworkshop {_usage(path, command)}\n```\n\n{_help(command)}"
        )
        for group, options in _grouped(path, command).items():
            parts.append(
                f"**{group}**\n\n"
                + table(("option", "what it does"), ((f"`{_written(o)}`", o.help or "") for o in options))
            )
        if named:
            parts.append(f"As in `build`: {', '.join(named)}.\n")
    return "\n".join(parts)


def _commands(group: click.Group, above: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        path = f"{above} {name}".strip()
        yield path, command
        if isinstance(command, click.Group):
            yield from _commands(command, path)


def _usage(path: str, command: click.Command) -> str:
    given = [
        param.make_metavar(click.Context(command)) for param in command.params if isinstance(param, click.Argument)
    ]
    return " ".join((path, *given))


def _help(command: click.Command) -> str:
    r"""Return a help text: what is after a \\b is a block of its own."""
    parts = []
    for part in re.split(r"\n\s*\n", inspect.cleandoc(command.help or "")):
        shown = part.removeprefix("\b\n")
        parts.append(f"```\n{shown}\n```" if part.startswith("\b") else " ".join(shown.split()))
    return "\n\n".join(parts) + "\n"


def _options(command: click.Command) -> list[click.Option]:
    return [param for param in command.params if isinstance(param, click.Option) and not param.hidden]


def _written(option: click.Option) -> str:
    metavar = "" if option.is_flag else f" {option.make_metavar(click.Context(commands))}"
    return ", ".join(option.opts) + metavar


def _of_build() -> dict[str, str]:
    build = commands.get_command(click.Context(commands), "build")
    assert build is not None
    return {option.opts[0]: option.help or "" for option in _options(build)}


def _shared(path: str, command: click.Command) -> list[click.Option]:
    """Return the options that mean the same as in ``build``."""
    known = _of_build()
    return [option for option in _options(command) if path != "build" and known.get(option.opts[0]) == option.help]


def _grouped(path: str, command: click.Command) -> Mapping[str, list[click.Option]]:
    shared, found = _shared(path, command), {}
    for option in _options(command):
        if option not in shared:
            heading = str(option.group.value) if isinstance(option, GroupedOption) else "Options"
            found.setdefault(heading, []).append(option)
    return found


# ---------------------------------------------------------------- keys
def keys_page() -> str:
    """Return the page of all keys of YAML files."""
    parts = [
        "# Keys of YAML files\n",
        MADE,
        (
            "`workshop schema NAME` prints the same as a JSON schema, with which an editor completes and checks a file: "
            "`# yaml-language-server: $schema=kit.json` in its first line names it. "
            "All keys are optional, except `title` and `sections` in kit.yaml and the first keys of an entry.\n"
        ),
    ]
    shown: set[str] = set()
    for name in SCHEMAS:
        schema = schema_of(name)
        model = schema.get("items", schema)
        what = schema["title"] if schema["title"].endswith(".yaml") else _sentence(schema["title"])
        parts.append(f"## {what}\n\n`workshop schema {name}`. {model['description']}\n")
        if name == "talk":
            parts.append(
                f"These keys, and those of a section: {', '.join(f'`{key}`' for key in model['properties'])}.\n"
            )
            continue
        parts.append(_keys(model))
        for part, own in schema.get("$defs", {}).items():
            if part not in shown:
                shown.add(part)
                parts.append(f"### {_name(part)}\n\n{own['description']}\n\n{_keys(own)}")
    return "\n".join(parts)


def _keys(model: Mapping[str, Any]) -> str:
    rows = (
        (f"`{key}`", _type(value), _default(value), value["description"]) for key, value in model["properties"].items()
    )
    return table(("key", "value", "default", "meaning"), rows)


def _name(model: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.removesuffix("Meta")).capitalize()


def _default(schema: Mapping[str, Any]) -> str:
    default = schema.get("default", "")
    if isinstance(default, (bool, dict)):
        return "" if not default or isinstance(default, dict) else "yes"
    return f"`{default:g}`" if isinstance(default, float) else f"`{default}`" if default != "" else ""


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return _name(schema["$ref"].rpartition("/")[2]).lower()
    if "anyOf" in schema:
        return " or ".join(_type(part) for part in schema["anyOf"] if part.get("const") != "")
    if "enum" in schema:
        names = [f"`{name}`" for name in schema["enum"] if isinstance(name, str) and name]
        return " or ".join(names)
    if "const" in schema:
        return f"`{schema['const']}`"
    kind = schema.get("type", "any")
    if kind == "array":
        return f"list: {_type(schema['items'])}" if "items" in schema else "list"
    if kind == "object":
        inner = schema.get("additionalProperties")
        return f"names: {_type(inner)}" if isinstance(inner, dict) else "keys and values"
    return {"integer": "whole number", "number": "number"}.get(
        kind if isinstance(kind, str) else "", "date" if schema.get("format") == "date" else "text"
    )


# ---------------------------------------------------------------- divs
def divs_page() -> str:
    """Return the page of all divs and classes of spans."""
    places = {Place.ANYWHERE: "slides and exercises", Place.NOTES: "slides", Place.EXERCISE: "exercises"}
    rows = (
        (
            f"`{name}`",
            div.meaning,
            f"in `{'`, `'.join(div.within)}`" if div.within else places[div.place],
            ", ".join([*(f"`{key}=`" for key in div.keys), *(f"`.{look}`" for look in div.looks)]),
            ", ".join(f"`.{name}`" for name in div.classes),
        )
        for name, div in DIVS.items()
    )
    parts = [
        "# Divs and spans\n",
        MADE,
        (
            "A div is `::: name` … `:::`, or with attributes `::: {.name key=value}`. Besides the attributes in the table, each may have `claim=`, `else=`, `for=` and `room=`. "
            'Callouts are written as in Quarto: `::: {.callout-tip title="…"}`.\n'
        ),
        table(("div", "what it is for", "where", "attributes", "classes of its items"), rows),
        "\nInside them:\n",
    ]
    for name, div in DIVS.items():
        inside = f":::: {name}\n{div.example}\n::::" if ":::" in div.example else f"::: {name}\n{div.example}\n:::"
        parts.append(f"## {name}\n\n{_sentence(div.meaning)}.\n\n```markdown\n{inside}\n```\n")
    spans = ((f"`[{span.example}]{{.{span.name}}}`",) for span in SPANS)
    parts.append(
        "## Spans\n\nA span is `[text]{.class}`; [marks and steps](../write/exhibits.md#marks-and-steps) says what they look like.\n"
    )
    parts.append(table(("span",), spans))
    return "\n".join(parts).replace("\n\nInside them:\n", "")


# ---------------------------------------------------------------- charts
def charts_page() -> tuple[str, dict[Path, str]]:
    """Return the page of all kinds of chart, and its pictures."""
    registry = standard_registry()
    meanings = {kind: registry.get("chart", kind).meaning for kind in registry.names("chart")}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        talk = []
        for kind, (rows, attributes) in EXAMPLES.items():
            (folder / f"{kind}.csv").write_text(rows, "utf-8")
            talk.append(f"## A chart of kind {kind}\n\n![](chart:{kind}.csv){{kind={kind} {attributes}}}\n")
        (folder / "talk.md").write_text("\n".join(talk), "utf-8")
        slides, _ = drawn(folder / "talk.md", folder / "cache")
    parts = [
        "# Kinds of chart\n",
        MADE,
        (
            "Each is a native chart in PowerPoint. Those with an example can be drawn from a CSV file: "
            "[charts from a CSV](../write/exhibits.md#charts-from-a-csv) explains the attributes. The others are drawn by demos: "
            "[plugins](../plugins.md) says how. There is no pie chart: `kind=pie` is drawn as one stacked column, whose parts can be compared.\n"
        ),
    ]
    pictures = {}
    for (kind, (rows, attributes)), (_, svg) in zip(EXAMPLES.items(), slides, strict=True):
        pictures[PICTURES / f"{kind}.svg"] = svg + "\n"
        parts.append(
            f"## {kind}\n\n{_sentence(meanings[kind])}.\n\n"
            f"![An example of the kind {kind}](../pictures/charts/{kind}.svg)\n\n"
            f"```markdown\n![](chart:{kind}.csv){{kind={kind} {attributes}}}\n```\n\n`{kind}.csv`:\n\n```csv\n{rows}```\n"
        )
    rest = [kind for kind in meanings if kind not in EXAMPLES]
    parts.append(
        "## Drawn by demos\n\n" + table(("kind", "what it draws"), ((f"`{kind}`", meanings[kind]) for kind in rest))
    )
    return "\n".join(parts), pictures


FENCE = "~~~"  # while the code in sentences has two marks


def python_page() -> str:
    """Return the page of what Python code may import: the examples of the package, then each class with its methods."""
    parts = ["# A deck from Python", MADE, _told(deck)]
    for name in ("Deck", "Slide", "Box", "Problem"):
        made = getattr(deck, name)
        parts += [f"## {name}", _told(made)]
        for method, function in vars(made).items():
            if isinstance(function, classmethod) or (inspect.isfunction(function) and method == "save"):
                bound = getattr(made, method)
                asked = [f"{one.name}" for one in inspect.signature(bound).parameters.values() if one.name != "self"]
                parts += [f"### {name}.{method}({', '.join(asked)})", _told(bound)] if method[0] != "_" else []
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _told(what: object) -> str:
    """Return a docstring as Markdown: examples as code, what it lists as lists."""
    found: list[str] = []
    for block in re.split(r"\n\s*\n", inspect.getdoc(what) or ""):
        head, _, rest = block.partition("\n")
        if block.startswith(">>>"):
            found.append(f"{FENCE}python\n{block}\n{FENCE}")
        elif head.endswith(":") and rest.startswith("    "):
            items = re.sub(r"\n\s{8,}", " ", rest)
            lines = (line.strip().partition(": ") for line in items.splitlines())
            found.append("\n".join([head, "", *(f"- `{name}`: {said}" for name, _, said in lines)]))
        else:
            found.append(" ".join(block.split()))
    return "\n\n".join(found).replace("``", "`").replace(FENCE, "```")


def pages() -> dict[Path, str]:
    """Return all pages and pictures."""
    charts, pictures = charts_page()
    made = {
        "commands": commands_page(),
        "keys": keys_page(),
        "divs": divs_page(),
        "charts": charts,
        "python": python_page(),
    }
    return {**{PAGES / f"{name}.md": wrapped(text) for name, text in made.items()}, **pictures}


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    for path, text in pages().items():
        path.write_text(text, "utf-8")
