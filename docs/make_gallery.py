"""Write ``docs/gallery.md`` and its pictures: every layout as our SVG writer draws it, what chooses it, and the Markdown to copy.

    python docs/make_gallery.py

The examples are in ``docs/gallery.yaml``.
"""

from __future__ import annotations

import base64
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from docs.pages import wrapped  # noqa: E402 - found through the line above
from workshop.build import prepare  # noqa: E402
from workshop.layout.laid import LaidSlide  # noqa: E402
from workshop.model.request import Request  # noqa: E402
from workshop.plugins.registry import standard_registry  # noqa: E402
from workshop.render.svg.slide import draw_slide, screen_pen  # noqa: E402

PAGE, PICTURES = HERE / "gallery.md", HERE / "pictures" / "gallery"
KIT = (
    "title: To work by bicycle\nsubtitle: A workshop of an hour\nlanguage: en-GB\nsections: [01-rides, 02-habit]\n"
    "explore_url: https://rides.example/7\n"
)
SECOND = (
    "---\nstage: habit\nnumber: 2\ntitle: The habit\nquestion: What makes it last?\nlearnt: A month is enough\n---\n\n"
    "## A month makes it last {#lasts minutes=1}\n\nA month is enough.\n\n::: notes\n**Say** Yes.\n:::\n"
)
HEAD = """# The gallery: every layout

The layout of a slide is chosen by what is on it; `layout=` overrides that choice. Each picture below was drawn from the lines under it.
Those in the second part belong to a kit, where every slide has an `{#id}` and notes, which are left out here.
"""
Example = Mapping[str, Any]


@dataclass(frozen=True)
class Shown:
    """An example with its picture; ``role`` is the layout that it got."""

    example: Example
    svg: str
    role: str


@dataclass(frozen=True)
class Gallery:
    """All examples, and what the builds say about them."""

    talk: Sequence[Shown]
    kit: Sequence[Shown]
    said: Sequence[str]


def read() -> Mapping[str, Any]:
    """Return the examples."""
    found: Mapping[str, Any] = yaml.safe_load((HERE / "gallery.yaml").read_text("utf-8"))
    return found


def write_talk(folder: Path, given: Mapping[str, Any]) -> Path:
    """Write the talk with its files, and return it."""
    for name, text in given["files"].items():
        (folder / name).write_text(text, "utf-8")
    talk = folder / "talk.md"
    talk.write_text("\n".join(example["write"] for example in given["talk"]), "utf-8")
    return talk


def write_kit(folder: Path, given: Mapping[str, Any]) -> Path:
    """Write the kit with its files, and return its folder."""
    (folder / "exercises").mkdir(parents=True)
    (folder / "kit.yaml").write_text(KIT, "utf-8")
    (folder / "01-rides.md").write_text("\n".join(example["write"] for example in given["kit"]), "utf-8")
    (folder / "02-habit.md").write_text(SECOND, "utf-8")
    for example in given["kit"]:
        if "exercise" in example:
            (folder / "exercises" / "01-rides.md").write_text(example["exercise"], "utf-8")
        if "sources" in example:
            (folder / "sources.yaml").write_text(example["sources"], "utf-8")
    return folder


def drawn(path: Path, cache: Path) -> tuple[list[tuple[LaidSlide, str]], list[str]]:
    """Return the slides of a talk or kit with their pictures, and what the build says."""
    laid, problems = prepare(path, Request(cache=cache, minutes=0), standard_registry(), base=None)
    pen = screen_pen(laid, lambda content, kind: f"data:{kind};base64,{base64.b64encode(content).decode()}")
    return [(slide, draw_slide(pen, laid, slide)) for slide in laid.slides], [str(problem) for problem in problems]


def shown() -> Gallery:
    """Build the talk and the kit, and draw their slides."""
    given = read()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        slides, said = drawn(write_talk(folder, given), folder / "cache")
        talk = [Shown(e, svg, slide.layout.role) for e, (slide, svg) in zip(given["talk"], slides, strict=True)]
        slides, more = drawn(write_kit(folder / "kit", given), folder / "cache")
    by_id = {slide.id: Shown({}, svg, slide.layout.role) for slide, svg in slides}
    kit = [replace(by_id[_id(example)], example=example) for example in given["kit"]]
    return Gallery(talk, kit, said + more)


def _id(example: Example) -> str:
    found: str = example.get("id") or re.findall(r"\{#([\w-]+)", example["write"])[0]
    return found


def pages(gallery: Gallery) -> dict[Path, str]:
    """Return the page and its pictures."""
    parts, made = [HEAD], {}
    for title, entries in (("Layouts for talks and kits", gallery.talk), ("Layouts for kits", gallery.kit)):
        parts.append(f"\n## {title}\n")
        for entry in entries:
            name = re.sub(r"[^a-z]+", "-", entry.example["name"].lower()).strip("-")
            made[PICTURES / f"{name}.svg"] = entry.svg + "\n"
            parts.append("\n".join(_entry(entry.example, name)))
    return {PAGE: wrapped("".join(parts)), **made}


def _entry(example: Example, name: str) -> Iterator[str]:
    source = re.sub(r"\n?::: notes\n.*?^:::\n", "", example["write"], flags=re.DOTALL | re.MULTILINE).rstrip()
    fence = "````" if "```" in source else "```"
    yield f"\n### {example['name']}\n"
    yield f"![A slide: {_title(source)}](pictures/gallery/{name}.svg)\n"
    yield f"`{example['layout']}` is chosen by {example['chosen']}. {example['shows']}\n"
    yield f"{fence}markdown\n{source}\n{fence}\n"


def _title(source: str) -> str:
    found = re.search(r"^(?:#+|title:) (.+?)(?: \{.*)?$", source, re.MULTILINE)
    return re.sub(r"[\[\]]|\{.*?\}", "", found[1]) if found else ""


def main() -> None:
    """Write the page and its pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for path, text in pages(shown()).items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
