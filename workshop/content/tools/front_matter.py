"""Front matter as pandoc, Quarto and Marp write it, translated into ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workshop.content.reading import Reading, resolve_target
from workshop.inputs.yaml_text import Key, Tree

# Keys whose effect would be seen on the slides
LOST = {
    "title-slide-attributes": "title-slide-attributes: has no effect",
    "logo": "logo: is not shown; give the logo with --logo",
    "style": "style: is left out: slides have the look of a theme",
    "backgroundColor": "backgroundColor: has no effect",
    "backgroundImage": "backgroundImage: has no effect",
    "color": "color: has no effect",
    "incremental": "incremental: true has no effect; write ::: incremental around a list",
}
# Keys that choose what a slide show does on a screen, of which a deck knows nothing
SILENT = (
    *("marp", "paginate", "size", "class", "headingDivider", "math", "transition", "mdc", "fonts", "highlighter"),
    *("drawings", "colorSchema", "routerMode", "aspectRatio", "canvasWidth", "favicon", "download", "exportFilename"),
    *("lineNumbers", "monaco", "info", "themeConfig", "duration", "timer", "record", "presenter", "selectable"),
    *("theme-config", "autoscale", "slidenumbers", "build-lists", "slide-transition", "slidecount"),
    *("revealOptions", "highlightTheme", "css", "separator", "verticalSeparator", "notesSeparator"),
    *("output", "format", "editor", "execute", "knit", "editor_options", "engine", "jupyter"),
)
OFF = ("", "false", "no", "none", "null")


def picture_of_cover(tree: Tree, reading: Reading) -> str:
    """Return the picture behind the title slide, as Quarto names it, and take its key away; "" if there is none."""
    for path, options in (((), tree.value), *_formats(tree.value)):
        given = options.get("title-slide-attributes")
        if isinstance(given, dict) and (name := given.get("data-background-image")):
            del options["title-slide-attributes"]
            return resolve_target(reading, str(name), tree.at((*path, "title-slide-attributes")))
    return ""


def feet(tree: Tree) -> str:
    """Return what a tool writes at the head and the foot of every slide, which is one line at the foot here, and take the keys away."""
    found = []
    for _, options in (((), tree.value), *_formats(tree.value)):
        found += [str(options.pop(key)).strip() for key in ("header", "footer") if options.get(key)]
    return " · ".join(dict.fromkeys(text for text in found if text.lower() not in OFF))


def settle(tree: Tree, reading: Reading) -> tuple[str, tuple[str, ...]]:
    """Translate keys in place, and name what is lost; return the authors with where they work, and the notes of the first slide."""
    value: dict[str, Any] = tree.value
    _title(tree)
    for path, options in (((), value), *_formats(value)):
        for key, message in LOST.items():
            if key in options and str(options[key]).strip().lower() not in OFF:
                reading.lose(message, tree.at((*path, key)))
    for key in (*LOST, *SILENT):
        value.pop(key, None)
    authors = _listed(value.get("author") or value.get("authors") or value.get("by-author"))
    names = [str(one.get("name", "")) if isinstance(one, dict) else str(one) for one in authors]
    places = [_place(one) for one in authors]
    institutes = [_place(one) if isinstance(one, dict) else str(one) for one in _listed(value.pop("institute", ""))]
    if authors:
        value["author"] = ", ".join(filter(None, names))
        tree.places.setdefault(("author",), tree.at(("authors",)))
    value.pop("authors", None)
    if value.get("lang") and not value.get("language"):
        value["language"] = value["lang"]
    quarto = reading.habits.cells
    date = str(value.get("date", "")).strip()
    if quarto and (date in ("today", "now", "last-modified") or date.startswith("`r ")):
        reading.lose(
            f"date: {value.pop('date')} is left out: the same file always makes the same deck", tree.at(("date",))
        )
    notes = value.pop("notes", "") or value.pop("speaker-notes", "")
    byline = _byline(names, places, institutes)
    return byline, tuple(str(note) for note in _listed(notes) if str(note).strip())


def _title(tree: Tree) -> None:
    """Make a title that is a list, as pandoc and R Markdown allow it, one text, and what follows in it the subtitle."""
    value: dict[str, Any] = tree.value
    given = value.get("title")
    if not isinstance(given, list):
        return
    texts = [str(one.get("text", "")) if isinstance(one, dict) else str(one) for one in given]
    first, *rest = [text for text in texts if text.strip()] or [""]
    value["title"] = first
    if rest and not value.get("subtitle"):
        value["subtitle"] = " · ".join(rest)
        tree.places[("subtitle",)] = tree.at(("title",))


def _formats(value: dict[str, Any]) -> Iterator[tuple[Key, dict[str, Any]]]:
    """Yield the options of each format, as Quarto has them, with the path to them."""
    formats = value.get("format")
    for name, options in formats.items() if isinstance(formats, dict) else ():
        if isinstance(options, dict):
            yield ("format", name), options


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _place(author: Any) -> str:
    """Return where an author works."""
    if not isinstance(author, dict):
        return ""
    found = _listed(author.get("affiliations") or author.get("affiliation"))
    return ", ".join(str(one.get("name", "")) if isinstance(one, dict) else str(one) for one in found)


def _byline(names: list[str], places: list[str], institutes: list[str]) -> str:
    """Return "Ana Lund (Institute of Water), Ben Okafor · Northern School"; a place that all share comes once, at the end."""
    institutes = [place for place in institutes if place]
    shared = set(places) if len(names) > 1 and all(places) else set()
    if len(shared) == 1:
        institutes, places = [*shared, *institutes], [""] * len(names)
    people = ", ".join(f"{name} ({place})" if place else name for name, place in zip(names, places, strict=True))
    return " · ".join(filter(None, (people, *institutes)))
