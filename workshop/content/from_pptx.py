"""Slides of any presentation as Markdown: title, lists with their levels, tables, pictures, charts as CSV, notes."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from lxml import etree
from msgspec import Struct, field

from workshop.content.slide_edits import MEDIA, edits_folder
from workshop.files.brought import with_files
from workshop.files.canonical import SHAPES, Part, canonical, shape_name
from workshop.files.deck_file import all_words_of, cells_of, notes_of, words_of
from workshop.files.deck_shapes import FOOT, TITLES, kind_of, own_properties, placeholder_of, text_of
from workshop.files.edit_lines import SAID, TREE, in_yaml, lines_of
from workshop.files.freed_shapes import freed
from workshop.files.operations import Operation
from workshop.files.package_file import NAMESPACES, Node, PackageFile, read_package, whole
from workshop.files.slide_files import SlideFile, slide_files

_A, _C, _P, _R = (f"{{{NAMESPACES[prefix]}}}" for prefix in "acpr")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
BODIES = frozenset({"body", "obj", "subTitle"})
KINDS = {"barChart": "bar", "lineChart": "line"}  # charts that a CSV file can have here; upright bars are columns
PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "svg"})
ESCAPED = re.compile(r"([\\`*_{}\[\]<>$|~])")
BLOCK = re.compile(r"[-+#>:=|]")
NUMBER = re.compile(r"(\d+)[.)](?=\s|$)")


class SlideWords(Struct, kw_only=True):
    """A slide as Markdown.

    Attributes:
        title: its title, escaped.
        body: what is under it, without notes.
        text: the list or the text under it alone.
        notes: its notes, or "".
        words: all its words as a list, for a slide that Markdown can't show.
        files: name -> content of the pictures and tables of values that ``body`` names.
        other: what on it Markdown can't show, in words; "" if nothing.
        objects: whether there are tables, pictures or charts, or several bodies.
    """

    title: str = ""
    body: str = ""
    text: str = ""
    notes: str = ""
    words: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    other: str = ""
    objects: bool = False

    def source(self, attributes: str = "", *, as_list: bool = False) -> str:
        """Return the slide's source.

        Args:
            attributes: what is between the braces of its heading.
            as_list: whether all its words are listed instead of shown as they are.
        """
        heading = f"## {self.title}{f' {{{attributes}}}' if attributes else ''}"
        notes = f"::: notes\n{self.notes}\n:::" if self.notes else ""
        return "\n\n".join(filter(None, (heading, self.words if as_list else self.body, notes))) + "\n"


def escaped(text: str) -> str:
    r"""Return a text of which no part is a mark in Markdown.

    >>> escaped("2 * 3 [units]"), escaped("- 5 degrees")
    ('2 \\* 3 \\[units\\]', '\\- 5 degrees')
    """
    return guarded(ESCAPED.sub(r"\\\1", " ".join(text.split())))


def guarded(line: str) -> str:
    r"""Return a line that doesn't begin a list, a heading or anything else.

    >>> guarded("1. May"), guarded("# 1"), guarded("May")
    ('1\\. May', '\\# 1', 'May')
    """
    if number := NUMBER.match(line):
        return f"{number[1]}\\{line[number.end() - 1 :]}"
    return f"\\{line}" if BLOCK.match(line) else line


def slide_words(package: PackageFile, slide: SlideFile, stem: str) -> SlideWords:
    """Return a slide as Markdown.

    Args:
        stem: beginning of the names of its files.
    """
    found, bodies, said = SlideWords(), list[str](), list[str]()
    tree = slide.root.find("p:cSld/p:spTree", NAMESPACES)
    for shape in tree if tree is not None else ():
        own = placeholder_of(shape)
        kind = kind_of(own) if own is not None else ""
        if kind in FOOT or own_properties(shape) is None:
            continue
        if kind in TITLES and not found.title:
            found.title = escaped(all_words_of(shape))
            continue
        said += [text for p in shape.iter(f"{_A}p") if (text := escaped(words_of(p)))]
        if shape.tag == f"{_P}sp" and kind in BODIES:
            bodies += filter(None, [_body(package, slide.part, shape, kind)])
            found.text = found.text or "".join(bodies[-1:])
            found.objects |= len(bodies) > 1
        elif shape.tag == f"{_P}sp" and kind and not text_of(shape):
            continue  # an empty place
        elif block := _object(package, slide.part, shape, found, stem):
            bodies.append(block)
            found.objects = True
        else:
            found.other = found.other or _called(shape)
    found.body, found.words = "\n\n".join(bodies), "\n".join(f"- {text}" for text in said)
    found.notes = "\n\n".join(map(escaped, notes_of(package, slide.part)))
    return found


class TalkDraft(Struct, frozen=True):
    """A talk made of a deck.

    Attributes:
        files: name -> content of its files.
        plain: how many slides are Markdown.
        drawn: how many have shapes that each build adds to them.
        left: what on the slides isn't taken over, in words.
    """

    files: Mapping[str, bytes]
    plain: int
    drawn: int
    left: tuple[str, ...] = ()


def talk_of(deck: bytes, talk: Path) -> TalkDraft:
    """Return a deck as a talk; of a slide that Markdown can't show, each build adds the shapes below its heading.

    Raises:
        WorkshopError: if it isn't a presentation that can be read.
    """
    package, files, texts, left = read_package(deck), dict[str, bytes](), list[str](), list[str]()
    slides, drawn = slide_files(package), 0
    parts = canonical(package, {slide.part: f"slide-{slide.number}" for slide in slides})
    for slide in slides:
        words = slide_words(package, slide, f"{talk.stem}-{slide.number}")
        name = f"slide-{slide.number}"
        words.title = words.title or f"Slide {slide.number}"
        hidden = " .hidden" if slide.root.get("show") in ("0", "false") else ""
        if words.other:
            words.body = ""
            files |= _drawn(package, parts, slide, name, edits_folder(talk).name, left)
            drawn += 1
        else:
            files |= words.files
        texts.append(words.source(f"#{name}{hidden}"))
        if slide.root.find("p:timing", NAMESPACES) is not None:
            left.append(f"slide {slide.number}: its animations")
    made = {talk.name: "\n".join(texts).encode(), **files}
    return TalkDraft(made, len(slides) - drawn, drawn, tuple(left))


def _drawn(
    package: PackageFile, parts: Mapping[str, Part], slide: SlideFile, name: str, own: str, left: list[str]
) -> dict[str, bytes]:
    """Return name -> content of the files with what each build adds to a slide; what isn't taken over is added to ``left``."""
    root = etree.fromstring(parts[f"slide[{name}]"].xml, _PARSER)
    tree = root.find("p:cSld/p:spTree", NAMESPACES)
    layout, brought, lines = package.related(slide.part, "slideLayout"), dict[str, tuple[str, bytes]](), list[str]()
    used = Counter[str]()
    shapes = [shape for shape in tree if shape.tag in SHAPES] if tree is not None else []
    for shape in sorted(shapes, key=lambda shape: shape.tag == f"{_P}cxnSp"):  # what connects others comes after them
        place = placeholder_of(shape)
        kind = kind_of(place) if place is not None else ""
        if kind in TITLES or kind in FOOT or (kind and not text_of(shape) and shape.tag == f"{_P}sp"):
            continue
        freed(shape, package, layout)
        _named_once(shape, used)
        xml = etree.tostring(shape, method="c14n", exclusive=True, with_tail=False).decode()
        one = Operation(part=f"slide[{name}]", path=(*TREE, shape_name(shape)), kind="added", now=xml, after="-")
        try:
            made = with_files(one, package, parts, brought)
        except LookupError as error:
            left.append(f"slide {slide.number}: {SAID.get(error.args[0], _called(shape))}")
            continue
        lines += [in_yaml(line.but(edit=len(lines) + 1)) for line, _ in lines_of([made], "")]
    files = {f"{own}/{MEDIA}/{known.rpartition(':')[2]}.{end}": blob for known, (end, blob) in brought.items()}
    return {f"{own}/{name}.yaml": ("\n".join(lines) + "\n").encode(), **files} if lines else {}


def _named_once(shape: Node, used: Counter[str]) -> None:
    """Give a shape a name that no other one on its slide has."""
    own = next(shape.iter(f"{_P}cNvPr"), None)
    if own is not None:
        name = str(own.get("name") or "Shape")
        used[name] += 1
        own.set("name", name if used[name] == 1 else f"{name} ({used[name]})")


def _called(shape: Node) -> str:
    """Return what people call a shape that Markdown can't show."""
    names = {"grpSp": "a group", "cxnSp": "a connector", "graphicFrame": "a drawing or an object", "pic": "a film or picture", "sp": "a shape"}  # fmt: skip
    return names.get(str(shape.tag).rpartition("}")[2], "a shape")


def _body(package: PackageFile, part: str, shape: Node, kind: str) -> str:
    """Return the paragraphs of a placeholder: points, unless they have no bullets."""
    links = {r.id: r.target for r in package.relations(part) if r.external and r.kind == "hyperlink"}
    lines, listed = list[str](), False
    for paragraph in shape.iterfind("p:txBody/a:p", NAMESPACES):
        text = _runs(paragraph, links)
        if not text:
            continue
        look = paragraph.find("a:pPr", NAMESPACES)
        bare = kind == "subTitle" or (look is not None and look.find("a:buNone", NAMESPACES) is not None)
        number = look is not None and look.find("a:buAutoNum", NAMESPACES) is not None
        if bare:
            lines += ["", text] if lines else [text]
        else:
            mark = "1." if number else "-"
            lines += [*([""] if lines and not listed else []), f"{'   ' * whole(look, 'lvl')}{mark} {text}"]
        listed = not bare
    return "\n".join(lines)


def _runs(paragraph: Node, links: Mapping[str, str]) -> str:
    """Return the runs of a paragraph, with bold, italics and links."""
    found = []
    for node in paragraph:
        if node.tag == f"{_A}br":
            found.append(" ")
        text = "".join(t.text or "" for t in node.iter(f"{_A}t")) if node.tag in (f"{_A}r", f"{_A}fld") else ""
        core = text.strip()
        if not core:
            found.append(text)
            continue
        look, shown = node.find("a:rPr", NAMESPACES), ESCAPED.sub(r"\\\1", core)
        link = look.find("a:hlinkClick", NAMESPACES) if look is not None else None
        if look is not None and look.get("b") in ("1", "true"):
            shown = f"**{shown}**"
        if look is not None and look.get("i") in ("1", "true"):
            shown = f"*{shown}*"
        if target := links.get(str(link.get(f"{_R}id"))) if link is not None else "":
            shown = f"[{shown}]({target})"
        found.append(text.replace(core, shown, 1))
    line = " ".join("".join(found).split())
    return guarded(line)


def _object(package: PackageFile, part: str, shape: Node, found: SlideWords, stem: str) -> str:
    """Return a table, picture or chart as Markdown, its file among those of the slide; "" for anything else."""
    properties = own_properties(shape)
    alt = escaped(str(properties.get("descr", ""))) if properties is not None else ""
    if (table := shape.find(".//a:tbl", NAMESPACES)) is not None:
        return _table(table)
    is_film = shape.find("*/p:nvPr/*", NAMESPACES) is not None and placeholder_of(shape) is None
    if shape.tag == f"{_P}pic" and not is_film:
        target = _target(package, part, shape, "p:blipFill/a:blip", "embed")
        ending = target.rpartition(".")[2].lower()
        if target and ending in PICTURES:
            name = f"{stem}-{len(found.files) + 1}.{ending}"
            found.files[name] = package.blobs[target]
            return f"![{alt}]({name})"
    chart = _target(package, part, shape, ".//c:chart", "id")
    if chart and (values := _values(package.tree(chart))):
        kind, rows = values
        name = f"{stem}-{len(found.files) + 1}.csv"
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows(rows)
        found.files[name] = written.getvalue().encode()
        return f"![{alt}](chart:{name}){{kind={kind} x={rows[0][0]} y={','.join(rows[0][1:])}}}"
    return ""


def _target(package: PackageFile, part: str, shape: Node, path: str, key: str) -> str:
    node = shape.find(path, NAMESPACES)
    return package.numbered(part, node.get(f"{_R}{key}")) if node is not None else ""


def _table(table: Node) -> str:
    rows = [list(map(escaped, row)) for row in cells_of(table)]
    lines = [f"| {' | '.join(cells)} |" for cells in rows]
    return "\n".join([*lines[:1], "|---" * len(rows[0]) + "|", *lines[1:]]) if rows else ""


def _values(chart: Node) -> tuple[str, Sequence[Sequence[str]]] | None:
    """Return the kind of a simple chart, and its values as rows below their names; ``None`` for any other chart."""
    plots = [node for node in chart.iterfind(".//c:plotArea/*", NAMESPACES) if str(node.tag).endswith("Chart")]
    kind = KINDS.get(str(plots[0].tag).rpartition("}")[2], "") if len(plots) == 1 else ""
    series = plots[0].findall("c:ser", NAMESPACES) if kind else []
    direction = plots[0].find("c:barDir", NAMESPACES) if kind else None
    kind = "column" if direction is not None and direction.get("val") == "col" else kind
    columns = [["x", *_points(one, "c:cat")] for one in series[:1]]
    columns += [[f"y{k}", *_points(one, "c:val")] for k, one in enumerate(series, 1)]
    if len(columns) < 2 or len({len(column) for column in columns}) != 1 or len(columns[0]) < 2:
        return None
    return kind, list(zip(*columns, strict=True))


def _points(series: Node, path: str) -> list[str]:
    return [str(value.text) for value in series.iterfind(f"{path}//c:pt/c:v", NAMESPACES)]
