"""Builds files written for other tools in this process, and judges their slides by what those tools' manuals say.

``constructs.yaml`` and ``talks.yaml`` state what to expect; ``read`` reads a finished deck with python-pptx alone, so nothing of the
package judges itself.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml
from msgspec.structs import replace
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu

from workshop.build import prepare
from workshop.errors import Problem, WorkshopError, errors_in
from workshop.layout.addresses import HYPHEN, MAY_BREAK
from workshop.layout.laid import LaidOut, LaidSlide, LaidText
from workshop.model.blocks import Line, Run
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.render.pptx.deck import write_deck

REGISTRY = standard_registry()
TOLD = ("slidev", "remark", "deckset")
HERE = Path(__file__).resolve().parent
# Left over from the source, these stand on no slide that isn't about them
SOURCE = (":::", "{{<", "{.", "{#", "<!--", "![", ". . .", "](", "<br", "[^", "#|")
SCHEMES = {"arabicPlain": "{}.", "arabicPeriod": "{}.", "arabicParenR": "{})", "arabicParenBoth": "({})"}
SCHEMES |= {"alphaLcPeriod": "{a}.", "alphaLcParenR": "{a})", "alphaLcParenBoth": "({a})"}
SCHEMES |= {"alphaUcPeriod": "{A}.", "alphaUcParenR": "{A})", "alphaUcParenBoth": "({A})"}
SCHEMES |= {"romanLcPeriod": "{r}.", "romanLcParenR": "{r})", "romanLcParenBoth": "({r})"}
SCHEMES |= {"romanUcPeriod": "{R}.", "romanUcParenR": "{R})", "romanUcParenBoth": "({R})"}
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


@dataclass(kw_only=True)
class Seen:
    """One slide of a finished deck.

    Attributes:
        title: the words of its title; ``hidden`` says whether they are beyond the edge of the slide.
        lines: words between two line breaks; ``items``: level and words of each item of a list.
        looks: kind of look -> the words that have it.
        boxes: left, top, width and height of each picture, as shares of the slide; of the background, the whole slide.
        columns: left and width of each text, as shares of the slide's width.
    """

    title: str = ""
    hidden: bool = False
    text: str = ""
    lines: list[str] = field(default_factory=list)
    items: list[tuple[int, str]] = field(default_factory=list)
    numbering: list[str] = field(default_factory=list)
    looks: dict[str, list[str]] = field(default_factory=dict)
    tables: list[list[list[str]]] = field(default_factory=list)
    aligned: list[list[str]] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    columns: list[tuple[float, float]] = field(default_factory=list)
    notes: str = ""
    links: list[str] = field(default_factory=list)
    jumps: list[int] = field(default_factory=list)
    equations: list[str] = field(default_factory=list)
    code: list[float] = field(default_factory=list)
    clicks: int = 0


@dataclass(frozen=True, kw_only=True)
class Deck:
    """What became of a file: its slides, its warnings, and its errors, with which there is no deck."""

    slides: tuple[Seen, ...]
    said: tuple[Problem, ...]
    errors: tuple[Problem, ...]


Prepared = tuple[LaidOut | None, tuple[Problem, ...]]


def built(paths: Iterable[Path]) -> dict[Path, Deck]:
    """Build files up to the bytes of their decks, and read them; all slides are written into one deck, which is much faster."""
    made = {path: _prepared(path) for path in paths}
    fine = {path: laid for path, (laid, _) in made.items() if laid is not None}
    seen = iter(_read_together(list(fine.values())))
    slides = {path: tuple(next(seen) for _ in laid.slides) for path, laid in fine.items()}
    return {
        path: Deck(slides=slides.get(path, ()), said=said, errors=() if path in fine else errors_in(said))
        for path, (_, said) in made.items()
    }


def _prepared(path: Path) -> Prepared:
    try:
        tool = path.stem.partition("-")[
            0
        ]  # of the three that only evidence tells from pandoc's, in a file of a few lines
        laid, problems = prepare(path, Request(tool=tool if tool in TOLD else ""), REGISTRY, base=None)
    except WorkshopError as error:
        return None, tuple(error.problems)
    return (None if errors_in(problems) else laid), problems


def _read_together(decks: Sequence[LaidOut]) -> Iterator[Seen]:
    """Yield the slides of several decks; ids that several of them use get a number, and links follow."""
    slides = [_renamed(slide, f"d{k}-") for k, laid in enumerate(decks) for slide in laid.slides]
    counts = [len(laid.slides) for laid in decks]
    whole = replace(decks[0], slides=tuple(slides))
    first = [start for start, count in zip(accumulate((0, *counts)), counts, strict=False) for _ in range(count)]
    for start, seen in zip(first, read(write_deck(whole)), strict=True):
        seen.jumps = [target - start for target in seen.jumps]
        yield seen


def _renamed(thing: Any, lead: str) -> Any:
    """Return a slide, or any part of it, with ``lead`` before each id and each link to a slide."""
    if isinstance(thing, tuple):
        return tuple(_renamed(part, lead) for part in thing)
    if isinstance(thing, Run):
        return replace(thing, link=f"#{lead}{thing.link[1:]}") if thing.link.startswith("#") else thing
    if isinstance(thing, LaidSlide):
        return replace(thing, id=lead + thing.id, items=_renamed(thing.items, lead))
    if isinstance(thing, LaidText | Line):
        key = "lines" if isinstance(thing, LaidText) else "runs"
        return replace(thing, **{key: _renamed(getattr(thing, key), lead)})
    return thing


# ---------------------------------------------------------------- reading a deck
def read(deck: bytes) -> Iterator[Seen]:
    """Yield each slide of a deck."""
    presentation = Presentation(io.BytesIO(deck))
    size = presentation.slide_width, presentation.slide_height
    order = {slide.part: number for number, slide in enumerate(presentation.slides, 1)}
    for slide in presentation.slides:
        seen = Seen()
        if (
            slide._element.cSld.find(qn("p:bg")) is not None
            and slide._element.cSld.find(qn("p:bg")).find(".//" + qn("a:blip")) is not None
        ):
            seen.boxes.append((0.0, 0.0, 1.0, 1.0))
        _without_equations(slide.shapes._spTree, seen)
        for shape in _flat(slide.shapes):
            _shape(shape, seen, size)
        for link in slide._element.iter(qn("a:hlinkClick")):
            relation = slide.part.rels[link.get(qn("r:id"))]
            if relation.is_external:
                seen.links.append(relation.target_ref)
            else:
                seen.jumps.append(order[relation.target_part])
        if slide.has_notes_slide:
            seen.notes = slide.notes_slide.notes_text_frame.text
        timing = slide._element.find(qn("p:timing"))
        seen.clicks = 0 if timing is None else sum(c.get("nodeType") == "clickEffect" for c in timing.iter(qn("p:cTn")))
        yield seen


def _without_equations(tree: Any, seen: Seen) -> None:
    """Note the equations of a slide, and leave what programs show that don't know them."""
    for either in list(tree.iter(f"{{{COMPATIBLE}}}AlternateContent")):
        seen.equations += ["".join(t.text for t in m.iter(f"{{{MATH}}}t")) for m in either.iter(f"{{{MATH}}}oMath")]
        for child in list(either.find(f"{{{COMPATIBLE}}}Fallback")):
            either.addprevious(child)
        either.getparent().remove(either)


def _flat(shapes: Iterable[Any]) -> Iterator[Any]:
    for shape in shapes:
        if shape.shape_type is not None and hasattr(shape, "shapes"):
            yield from _flat(shape.shapes)
        else:
            yield shape


def _shape(shape: Any, seen: Seen, size: tuple[Emu, Emu]) -> None:
    if shape._element.tag == qn("p:pic"):
        left, top, wide, high = shape.left, shape.top, shape.width, shape.height
        seen.boxes.append((left / size[0], top / size[1], wide / size[0], high / size[1]))
        return
    if getattr(shape, "has_table", False) and shape.has_table:
        _table(shape.table, seen)
        return
    if not shape.has_text_frame:
        return
    kind = str(shape.placeholder_format.type) if shape.is_placeholder else ""
    if kind.startswith(("TITLE", "CENTER_TITLE")):
        seen.title = _words(shape.text_frame.paragraphs)
        box = shape._element.spPr.find(qn("a:xfrm"))
        seen.hidden = box is not None and (shape.top + shape.height <= 0 or shape.top >= size[1])
    elif not kind.startswith(("SLIDE_NUMBER", "FOOTER", "DATE")) and shape.text_frame.text.strip():
        seen.columns.append((shape.left / size[0], shape.width / size[0]))
    _frame(shape.text_frame, seen, listed=not kind.startswith("TITLE"))


def _words(paragraphs: Iterable[Any]) -> str:
    return " ".join(" ".join(p.text.replace("\v", " ").split()) for p in paragraphs).strip()


def _frame(frame: Any, seen: Seen, *, listed: bool) -> None:
    expected: dict[int, str] = {}
    for paragraph in frame.paragraphs:
        seen.text += "\n" + paragraph.text.replace("\v", "\n")
        seen.lines += [" ".join(line.split()) for line in paragraph.text.split("\v")]
        _runs(paragraph, seen)
        marker = _marker(paragraph)
        if not listed or not paragraph.text.strip():
            continue
        if marker != "none":
            seen.items.append((paragraph.level, " ".join(paragraph.text.split())))
        level = paragraph.level
        if marker and marker not in ("none", expected.get(level)):
            seen.numbering.append(marker)
        expected = {k: v for k, v in expected.items() if k < level} | {level: marker}


def _marker(paragraph: Any) -> str:
    """Return the first marker of a numbered list, "" for a bullet, "none" for a paragraph that says that it has none."""
    properties = paragraph._p.pPr
    if properties is None:
        return ""
    number = properties.find(qn("a:buAutoNum"))
    if number is not None:
        start = int(number.get("startAt", 1))
        letter, roman = chr(96 + start), ROMAN[start] if start < len(ROMAN) else "?"
        scheme = SCHEMES[number.get("type")]
        return scheme.format(start, a=letter, A=letter.upper(), r=roman, R=roman.upper())
    return "none" if properties.find(qn("a:buNone")) is not None else ""


def _runs(paragraph: Any, seen: Seen) -> None:
    for run in paragraph.runs:
        properties = run._r.rPr
        if properties is None:
            continue
        shift = int(properties.get("baseline", 0))
        face = properties.find(qn("a:latin"))
        found = {
            "super": shift > 0,
            "sub": shift < 0,
            "bold": run.font.bold,
            "italic": run.font.italic,
            "strike": properties.get("strike") == "sngStrike",
            "underlined": run.font.underline,
            "mono": face is not None and face.get("typeface", "").startswith(("Courier", "Fira Mono")),
        }
        for look, has in found.items():
            if has:
                seen.looks.setdefault(look, []).append(run.text)
        if found["mono"] and run.font.size is not None:
            seen.code.append(run.font.size.pt)


def _table(table: Any, seen: Seen) -> None:
    seen.tables.append([[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows])
    first = list(table.rows)[-1]
    names = {"r": "right", "ctr": "center"}
    seen.aligned.append([names.get(_align(cell.text_frame.paragraphs[0]), "left") for cell in first.cells])
    for row in table.rows:
        for cell in row.cells:
            seen.text += "\n" + cell.text
            for paragraph in cell.text_frame.paragraphs:
                _runs(paragraph, seen)


def _align(paragraph: Any) -> str:
    return "" if paragraph._p.pPr is None else paragraph._p.pPr.get("algn", "")


# ---------------------------------------------------------------- judging it
def faults(deck: Deck, expected: Mapping[str, Any]) -> list[str]:
    """Return what differs from the expectation, in words; none if all holds."""
    if deck.errors:
        return [f"error: {problem.message}" for problem in deck.errors]
    found = [f"no warning says {word!r}" for word in expected.get("named", ()) if not _named(deck, word)]
    found += _leftovers(deck, expected)
    wanted = expected["slides"]
    if not expected.get("may_split"):
        if len(deck.slides) != len(wanted):
            titles = [slide.title for slide in deck.slides]
            return [*found, f"{len(deck.slides)} slides instead of {len(wanted)}: {titles}"]
        for number, (slide, want) in enumerate(zip(deck.slides, wanted, strict=True), 1):
            found += [f"slide {number}: {fault}" for fault in _slide_faults(slide, want)]
        return found
    return [*found, *_slide_faults(_together(deck.slides), wanted[0])]


def _named(deck: Deck, word: str) -> bool:
    return any(word in problem.message for problem in deck.said)


def _leftovers(deck: Deck, expected: Mapping[str, Any]) -> Iterator[str]:
    for mark in (*SOURCE, *expected.get("never", ())):
        for number, slide in enumerate(deck.slides, 1):
            if mark in slide.text:
                yield f"slide {number} shows {mark!r}"


def _together(slides: tuple[Seen, ...]) -> Seen:
    """Return several slides as if they were one."""
    whole = Seen(title=slides[0].title if slides else "")
    for slide in slides:
        whole.text += slide.text
        for name in ("lines", "items", "numbering", "tables", "boxes", "columns", "links", "code"):
            getattr(whole, name).extend(getattr(slide, name))
    return whole


def _slide_faults(slide: Seen, want: Mapping[str, Any]) -> list[str]:
    checks = {
        "title": lambda value: [] if _flat_text(slide.title) == _flat_text(value) and not slide.hidden else [f"its title is {slide.title!r}"],
        "untitled": lambda _: [] if slide.hidden or not slide.title else [f"its title is {slide.title!r}"],
        "text": lambda value: [f"{t!r} is missing" for t in value if _flat_text(t) not in _flat_text(slide.text)],
        "never": lambda value: [f"it shows {t!r}" for t in value if t in slide.text],
        "lists": lambda value: _missing(slide.items, [(level, text) for level, text in value], "items"),
        "numbering": lambda value: [] if [str(v) for v in value] == slide.numbering else [f"its numbering is {slide.numbering}"],
        "lines": lambda value: [f"no line {line!r}" for line in value if line not in slide.lines],
        "table": lambda value: [] if value in slide.tables else [f"its tables are {slide.tables}"],
        "aligned": lambda value: [] if value in slide.aligned else [f"its columns are {slide.aligned}"],
        "widths": lambda value: _widths(slide, value),
        "pictures": lambda value: [] if len(slide.boxes) == value else [f"it has {len(slide.boxes)} pictures"],
        "fills": lambda value: [] if sum(w * h for _, _, w, h in slide.boxes) >= value else [f"its pictures are {slide.boxes}"],
        "picture_width": lambda value: _between(slide, 2, value),
        "picture_left": lambda value: _between(slide, 0, value),
        "equations": lambda value: [] if value == slide.equations else [f"its equations are {slide.equations}"],
        "notes": lambda value: [f"no note {t!r}" for t in value if _flat_text(t) not in _flat_text(slide.notes)],
        "notes_never": lambda value: [f"a note {t!r}" for t in value if t in slide.notes],
        "links": lambda value: [f"no link to {t}" for t in value if t not in slide.links],
        "jumps": lambda value: [] if value == slide.jumps else [f"its links lead to {slide.jumps}"],
        "clicks": lambda value: [] if value == slide.clicks else [f"it has {slide.clicks} clicks"],
        "code_points": lambda value: [] if slide.code and min(slide.code) >= value else [f"its code has {set(slide.code)} pt"],
    }  # fmt: skip
    looks = {"super", "sub", "bold", "italic", "strike", "underlined"}
    found: list[str] = []
    for key, value in want.items():
        if key in looks:
            found += [f"no {key} {t!r}" for t in value if t not in slide.looks.get(key, [])]
        else:
            found += checks[key](value)
    return found


def _missing(have: list[Any], want: list[Any], what: str) -> list[str]:
    """Return a fault unless the wanted are among the others in this order."""
    rest = iter(have)
    return [] if all(any(item == other for other in rest) for item in want) else [f"its {what} are {have}"]


def _widths(slide: Seen, want: list[int]) -> list[str]:
    columns = sorted(slide.columns)[-len(want) :]
    shares = [round(100 * width / sum(w for _, w in columns)) for _, width in columns]
    near = len(shares) == len(want) and all(abs(a - b) <= 5 for a, b in zip(shares, want, strict=True))
    return [] if near else [f"its columns have {shares} percent"]


def _between(slide: Seen, place: int, bounds: list[float]) -> list[str]:
    values = [box[place] for box in slide.boxes]
    return [] if values and all(bounds[0] <= v <= bounds[1] for v in values) else [f"its pictures are {slide.boxes}"]


def _flat_text(text: str) -> str:
    plain = str(text).replace("\N{NO-BREAK SPACE}", " ").replace(MAY_BREAK, "").replace(HYPHEN, "-")
    return " ".join(plain.split())


# ---------------------------------------------------------------- what to expect
def constructs() -> list[dict[str, Any]]:
    """Return the entries of ``constructs.yaml``."""
    return yaml.safe_load((HERE / "constructs.yaml").read_text("utf-8"))


def talks() -> dict[str, dict[str, Any]]:
    """Return the entries of ``talks.yaml``: path below ``talks/`` -> what to expect."""
    return yaml.safe_load((HERE / "talks.yaml").read_text("utf-8"))


def talk_faults(deck: Deck, want: Mapping[str, Any]) -> list[str]:
    """Return what differs from the expectation of a talk."""
    if deck.errors:
        return [f"error: {problem.message}" for problem in deck.errors]
    found = [f"no warning says {word!r}" for word in want.get("named", ()) if not _named(deck, word)]
    found += _leftovers(deck, {})
    least = want["slides"]
    if not least <= len(deck.slides) <= 1.5 * least:
        found.append(f"{len(deck.slides)} slides instead of {least}")
    shown = _flat_text(" ".join(slide.text for slide in deck.slides))
    noted = _flat_text(" ".join(slide.notes for slide in deck.slides))
    found += [f"{text!r} is missing" for text in want["shown"] if _flat_text(text) not in shown]
    found += [f"no note {text!r}" for text in want.get("noted", ()) if _flat_text(text) not in noted]
    pictures = sum(len(slide.boxes) for slide in deck.slides)
    if pictures < want.get("pictures", 0):
        found.append(f"{pictures} pictures instead of {want['pictures']}")
    return found
