"""The writer of ``present.html``, with notes and hidden slides, and of ``slides.html``, which has neither and is to be shared."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

from workshop.fonts import ARIMO
from workshop.layout.laid import LaidChart, LaidItem, LaidOut, LaidPicture, LaidShapes, LaidSlide, LaidTable, LaidText
from workshop.model.blocks import Line, Run, Runs, plain
from workshop.model.kit import NOTE_KINDS, Slide
from workshop.render.svg.slide import draw_slide, font_files, screen_pen
from workshop.render.writing import Writer
from workshop.wording.messages import messages

SAFE = ("http://", "https://", "mailto:", "tel:", "#")
BLANK = "____"


def words_of(slide: LaidSlide) -> str:
    """Return everything that a slide shows below its title, in reading order."""
    return "".join(part for item in slide.items for part in _item(item))


def lines_of(lines: Iterable[Line]) -> str:
    """Return paragraphs and lists."""
    found = []
    for marked, group in groupby(lines, lambda line: line.marker != "none"):
        some = list(group)
        found.append(_list(some) if marked else "".join(f"<p>{_runs(line.runs)}</p>" for line in some if line.runs))
    return "".join(found)


def _item(item: LaidItem) -> Iterator[str]:
    match item:
        case LaidText(placeholder=place, lines=lines):
            if place.mono:
                yield f"<pre>{escape(chr(10).join(line.text for line in lines))}</pre>"
            elif place.role != "title":
                yield lines_of(lines)
        case LaidTable():
            yield _table(item)
        case LaidChart(shown=shown):
            yield _said(shown.alt)
        case LaidPicture(picture=picture):
            yield _said(picture.alt)
        case LaidShapes(shapes=shapes, alt=alt):
            yield _said(alt) if alt else "".join(lines_of(shape.lines) or _said(shape.alt) for shape in shapes)


def _said(alt: str) -> str:
    return f"<p>{escape(alt)}</p>" if alt else ""


def _list(lines: list[Line]) -> str:
    """Return a list, with those of the next level inside the item before them."""
    kind, level = "ol" if lines[0].marker in ("number", "letter") else "ul", lines[0].level
    items: list[str] = []
    for deeper, group in groupby(lines, lambda line: line.level > level):
        some = list(group)
        if deeper and items:
            items[-1] += _list(some)
        else:
            items += [_runs(line.runs) for line in some]
    start = f' start="{lines[0].number}"' if kind == "ol" and lines[0].number > 1 else ""
    return f"<{kind}{start}>{''.join(f'<li>{item}</li>' for item in items)}</{kind}>"


def _table(laid: LaidTable) -> str:
    table = laid.table
    head = "" if table.headless else _row(table.header, 'th scope="col"')
    caption = f"<caption>{escape(table.caption or table.alt)}</caption>" if table.caption or table.alt else ""
    return f"<table>{caption}{head}{''.join(_row(row, 'td') for row in table.rows)}</table>"


def _row(cells: tuple[Runs, ...], kind: str) -> str:
    end = kind.partition(" ")[0]
    return f"<tr>{''.join(f'<{kind}>{_runs(cell)}</{end}>' for cell in cells)}</tr>"


def _runs(runs: Runs) -> str:
    parts = []
    for link, group in groupby(runs, lambda run: run.link if run.link.startswith(SAFE) else ""):
        some = tuple(group)
        text = "".join(_run(run) for run in some)
        parts.append(f"<a href={_quoted(link)}>{text}</a>" if link and plain(some).strip() else text)
    return "".join(parts)


def _run(run: Run) -> str:
    text = escape(run.text).replace("\v", " ") or (BLANK if run.blank else "")
    tag = "strong" if run.strong else "em" if run.emphasis else "code" if run.code else ""
    return f"<{tag}>{text}</{tag}>" if tag and text.strip() else text


def _quoted(address: str) -> str:
    return f'"{escape(address)}"'


OURS = ARIMO.parents[1]  # typefaces whose licence lets them be passed on
_PICTURE = re.compile(r' href="([0-9a-f]{16})"')
Drawn = tuple[LaidSlide, str]


def render_html(laid: LaidOut) -> Mapping[str, bytes]:
    """Return both files; the same deck gives the same bytes."""
    pictures: dict[str, str] = {}

    def blob(content: bytes, media_type: str) -> str:
        name = hashlib.sha256(content).hexdigest()[:16]
        pictures[name] = f"data:{media_type};base64,{base64.b64encode(content).decode()}"
        return name

    pen = screen_pen(laid, blob, live=True)
    # a picture that several slides show is in the file once, and the script puts it where it is shown
    drawn = [(slide, _PICTURE.sub(r' data-picture="\1"', draw_slide(pen, laid, slide))) for slide in laid.slides]
    shown = [(slide, svg) for slide, svg in drawn if not slide.slide.hidden]
    return {
        "present.html": _page(laid, drawn, pictures, speaks=True).encode(),
        "slides.html": _page(laid, shown, pictures, speaks=False).encode(),
    }


def _page(laid: LaidOut, drawn: Sequence[Drawn], pictures: Mapping[str, str], *, speaks: bool) -> str:
    kit, theme = laid.kit, laid.theme
    ids = {slide.id for slide, _ in drawn}
    body = "".join(_section(slide, svg, kit.language, ids, speaks=speaks) for slide, svg in drawn)
    whole = "".join(svg for _, svg in drawn)
    used = {name: address for name, address in pictures.items() if f'"{name}"' in whole}
    size = f"@page{{size:{theme.width / 914400:.4f}in {theme.height / 914400:.4f}in;margin:0}}"
    style = _faces(laid, whole) + f":root{{--ratio:{theme.width / theme.height:.5f}}}" + size + _static("deck.css")
    script = _static("deck.js") + _static("present.js")
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    data = json.dumps(used, separators=(",", ":")).replace("<", "\\u003c")
    return f"""<!doctype html>
<html lang="{escape(kit.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escape(kit.title or "Slides")}</title>
<style>{style}</style>
</head>
<body{' class="speaks"' if speaks else ""}>
<main id="slides">
<h1 class="unseen">{escape(kit.title or "Slides")}</h1>
{body}
</main>
{_static("around.html")}
<script type="application/json" id="pictures">{data}</script>
<script>{script}</script>
</body>
</html>
"""


def _section(laid: LaidSlide, svg: str, language: str, ids: set[str], *, speaks: bool) -> str:
    slide, number = laid.slide, laid.number
    title = escape(slide.title_text.replace("\v", " ").strip() or str(number))
    # gradients of a slide that isn't shown can't be used by another
    svg = svg.replace('id="g-', f'id="s{number}-g-').replace("url(#g-", f"url(#s{number}-g-")
    notes = f'<aside class="notes" aria-label="Notes" tabindex="0">{_notes(slide, language)}</aside>' if speaks else ""
    away = " data-away" if slide.hidden else ""
    minutes = f' data-minutes="{slide.minutes:g}"' if speaks and slide.minutes else ""
    return (
        f'<section class="slide" data-id="{escape(laid.id)}" data-number="{number}"{minutes}{away} aria-labelledby="h{number}">'
        f'<h2 id="h{number}">{title}</h2><div class="picture" aria-hidden="true">{svg}</div>'
        f'<div class="words">{_within(words_of(laid), ids)}</div>{notes}</section>\n'
    )


def _within(words: str, ids: set[str]) -> str:
    """Return the words of a slide without links to slides that aren't in the file."""
    first, *parts = words.split('<a href="#')
    kept = [first]
    for part in parts:
        name, end, rest = part.partition('">')
        inside, closing, after = rest.partition("</a>")
        kept.append(f'<a href="#{name}{end}{inside}{closing}{after}' if name in ids else inside + after)
    return "".join(kept)


def _notes(slide: Slide, language: str) -> str:
    words = messages(language)
    labels = dict(zip(NOTE_KINDS, words["note-labels"], strict=True))
    return "".join(
        (f"<h3>{escape(str(labels[note.kind]))}</h3>" if note.kind in labels else "") + lines_of(note.prose.lines)
        for note in slide.told(str(words["print-sources"]))
    )


def _faces(laid: LaidOut, text: str) -> str:
    """Return rules for our own typefaces, cut to the letters that are used."""
    rules = []
    for (family, bold), path in sorted(font_files(laid.theme).items()):
        if path.is_relative_to(OURS):
            weight = "400 700" if path == ARIMO else "700" if bold else "400"
            data = base64.b64encode(_cut(path, text)).decode()
            rules.append(
                f'@font-face{{font-family:"{family}";src:url(data:font/ttf;base64,{data});font-weight:{weight}}}'
            )
    return "".join(rules)


def _cut(path: Path, text: str) -> bytes:
    import uharfbuzz as hb

    wanted = hb.SubsetInput()
    wanted.unicode_set.update(set(map(ord, text)))
    made: Any = hb.subset(hb.Face(path.read_bytes()), wanted)
    return bytes(made.blob.data)


def _static(name: str) -> str:
    return (files("workshop.render.html") / "static" / name).read_text("utf-8")


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


WRITER = Writer(
    filename="slides.html",
    render=render_html,
    meaning="the deck for a browser: present.html with notes, slides.html to share (HTML)",
    whom="the room",
    default=False,
)
