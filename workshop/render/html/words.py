"""The words of a slide as HTML: paragraphs, lists, tables, and in words what pictures show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from workshop.layout.laid import LaidChart, LaidItem, LaidPicture, LaidShapes, LaidSlide, LaidTable, LaidText
from workshop.model.blocks import Line, Run, Runs, plain

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
