"""Marp: comments that are notes or directives, options of pictures, pictures at a slide's edge."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from workshop.content.reading import Reading
from workshop.errors import At
from workshop.model.markup import NO_ATTRS, Attrs, Block, Div, Edge, Inline, Paragraph, Picture, Text

_DIRECTIVE = re.compile(r"\s*[_$]?([a-zA-Z]+)\s*:\s*(.*)$")
_CLASS = re.compile(r"_class\s*:\s*\[?([\w ,-]+)\]?")
_QUIET = re.compile(
    "marp|theme|class|paginate|size|math|headingDivider|lang|title|author|description|keywords|url|image|style"
)
_SEEN = re.compile(
    "backgroundColor|backgroundImage|backgroundPosition|backgroundRepeat|backgroundSize|color|header|footer"
)
_SIDE = re.compile(r"(left|right)(?::(\d+(?:\.\d+)?)%)?$")
_SIZE = re.compile(r"(w|h|width|height):(\S+)$")
_FILTER = re.compile(
    r"(blur|brightness|contrast|drop-shadow|grayscale|hue-rotate|invert|opacity|saturate|sepia)(?::\S+)?$"
)
_PLACES = ("cover", "contain", "fit", "auto", "vertical", "center", "top", "bottom", "fixed")
_DECKSET = re.compile(r"inline|fit|fill|original|filtered|mute|autoplay|loop|hide|corner-radius\(.*\)|alpha\(.*\)")
_SHARE = re.compile(r"[1-9]\d?%|100%")
HALF = 50.0
BACKGROUND = "marp"  # attribute of a picture that isn't in the text: its side, and its share of the slide


def comment(text: str, at: At, reading: Reading) -> list[Block]:
    """Return the notes in a comment; directives are noted if they change what is seen."""
    text = text.strip()
    lines = [line for line in text.split("\n") if line.strip()]
    found = [_DIRECTIVE.match(line) for line in lines]
    if (classes := _CLASS.fullmatch(text)) and "lead" in classes[1].split():
        return [Div("lead", (), NO_ATTRS, at)]
    if text in ("fit", "") or (
        lines
        and all(
            (m and (_QUIET.fullmatch(m[1]) or _SEEN.fullmatch(m[1]))) or line.startswith((" ", "-"))
            for m, line in zip(found, lines, strict=True)
        )
    ):
        for match in found:
            if match and _SEEN.fullmatch(match[1]) and match[2].strip(" \"'"):
                reading.lose(f"the directive {match[1]}: has no effect", at)
        return []
    return [Div("notes", paragraphs(text, at), Attrs(classes=("notes",)), at)]


def paragraphs(text: str, at: At) -> tuple[Block, ...]:
    """Return the paragraphs of a comment."""
    found = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    return tuple(Paragraph((Text(part, at),), at) for part in found if part)


def options(alt: tuple[Inline, ...], attrs: Attrs, at: At, reading: Reading) -> tuple[tuple[Inline, ...], Attrs]:
    """Take the options of Marp, Deckset or remark out of the words in a picture's brackets, and return the rest and what they say."""
    text = "".join(node.text for node in alt if isinstance(node, Text))
    pairs, words, tool = dict(attrs.pairs), list[str](), reading.habits.name
    background = tool == "deckset" and "inline" not in text.split()  # there, all others lie behind the words
    for word in text.split():
        if word == "bg" and tool == "marp":
            background = True
        elif (tool == "deckset" and _DECKSET.fullmatch(word)) or (tool == "remark" and word.startswith(":")):
            continue
        elif tool != "marp" and not background and _SHARE.fullmatch(word):
            pairs["width"] = word
        elif match := _SIZE.match(word):
            value = match[2] + ("px" if match[2].isdecimal() else "")
            pairs["width" if match[1].startswith("w") else "height"] = value
        elif _FILTER.match(word):
            if not (background and word.startswith("opacity")):
                reading.lose(f"the filter {word.partition(':')[0]} of a picture has no effect", at)
        elif background and (side := _SIDE.match(word)):
            pairs[BACKGROUND] = f"{side[1]} {side[2] or HALF}"
        elif not (background and (word in _PLACES or word.endswith("%"))):
            words.append(word)
    if background:
        pairs.setdefault(BACKGROUND, "all 100")
        pairs.setdefault("alt", " ".join(words) or "background")
        pairs.pop("width", None)
        pairs.pop("height", None)
        return (), Attrs(attrs.id, attrs.classes, tuple(pairs.items()))
    if not words and text:
        pairs.setdefault("alt", "picture")
    kept: tuple[Inline, ...] = (Text(" ".join(words), at),) if words else ()
    return kept, Attrs(attrs.id, attrs.classes, tuple(pairs.items()))


def edges(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks with each background picture as an ``Edge``."""
    return [_edge(block) if isinstance(block, Picture) and BACKGROUND in block.attrs else block for block in blocks]


def _edge(picture: Picture) -> Edge:
    side, _, share = picture.attrs.get(BACKGROUND).partition(" ")
    pairs = tuple(pair for pair in picture.attrs.pairs if pair[0] != BACKGROUND)
    own = replace(picture, attrs=Attrs(picture.attrs.id, (), pairs))
    return Edge(side=side, share=float(share), pictures=(own,) if own.target else (), at=picture.at)


def joined(found: Sequence[Edge]) -> Edge | None:
    """Return all background pictures of a slide as one ``Edge``."""
    if not found:
        return None
    side = next((edge for edge in found if edge.side != "all"), found[0])
    return replace(side, pictures=tuple(p for edge in found for p in edge.pictures))
