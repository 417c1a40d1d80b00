"""Writes nodes as short text, so that a fixture can show how a piece of Markdown is parsed."""

from __future__ import annotations

from typing import Any

from workshop.model import markup
from workshop.model import source as src


def outline(node: Any, indent: str = "") -> list[str]:
    """Return one line for each block, inline content on the same line."""
    deeper = indent + "  "
    match node:
        case markup.Paragraph(children, at):
            return [f"{indent}paragraph {at.line}: {inline(children)}"]
        case markup.Heading(level, children, attrs, at):
            return [f"{indent}heading {level} {at.line}: {inline(children)}{braces(attrs)}"]
        case markup.ListBlock(items, ordered, start, at):
            lines = [f"{indent}{f'list from {start}' if ordered else 'list'} {at.line}"]
            for item in items:
                box = {None: "", True: " [x]", False: " [ ]"}[item.checked]
                lines.append(f"{deeper}item {item.at.line}{box}{braces(item.attrs)}")
                lines += [line for block in item.blocks for line in outline(block, deeper + "  ")]
            return lines
        case markup.TableBlock(header=header, rows=rows, aligns=aligns, caption=caption, attrs=attrs, at=at):
            shown = [" | ".join(map(inline, row)) for row in (header, *rows)]
            head = f"{indent}table {at.line} {','.join(a or '-' for a in aligns)}: {inline(caption)}{braces(attrs)}"
            return [head, *(deeper + row for row in shown)]
        case markup.CodeBlock(text, language, attrs, at):
            return [f"{indent}code {at.line} {language}{braces(attrs)}: {text!r}"]
        case markup.Picture(target, alt, attrs, at):
            return [f"{indent}picture {at.line} {target}: {inline(alt)}{braces(attrs)}"]
        case markup.Quote(blocks, at):
            return [f"{indent}quote {at.line}", *(line for block in blocks for line in outline(block, deeper))]
        case markup.Div(name, blocks, attrs, at):
            head = f"{indent}div {at.line} {name}{braces(attrs)}"
            return [head, *(line for block in blocks for line in outline(block, deeper))]
        case markup.Pause(at):
            return [f"{indent}pause {at.line}"]
        case src.SlideSource(id=name, title=title, blocks=blocks, notes=notes, attrs=attrs, at=at):
            lines = [f"{indent}slide {at.line} {name}: {inline(title)}{braces(attrs, skip_id=True)}"]
            lines += [line for block in blocks for line in outline(block, deeper)]
            if notes:
                lines += [deeper + "notes", *(line for block in notes for line in outline(block, deeper + "  "))]
            return lines
    raise TypeError(node)


def inline(nodes: tuple[Any, ...]) -> str:
    return "".join(_inline(node) for node in nodes)


def _inline(node: Any) -> str:
    match node:
        case markup.Text(text, _):
            return text
        case markup.Value(expr, at):
            return f"<value {at.line}:{at.column} {expr}>"
        case markup.Strong(children):
            return f"<strong {inline(children)}>"
        case markup.Emphasis(children):
            return f"<em {inline(children)}>"
        case markup.Strike(children):
            return f"<strike {inline(children)}>"
        case markup.CodeSpan(text, _):
            return f"<code {text}>"
        case markup.Link(target, children, _):
            return f"<link {target} {inline(children)}>"
        case markup.Span(children, attrs, _):
            return f"<span {inline(children)}{braces(attrs)}>"
        case markup.Cite(keys, _):
            return f"<cite {','.join(keys)}>"
        case markup.LineBreak():
            return "<break>"
        case markup.FootnoteRef(children, _):
            return f"<footnote {inline(children)}>"
    raise TypeError(node)


def braces(attrs: markup.Attrs, *, skip_id: bool = False) -> str:
    parts = [f"#{attrs.id}"] if attrs.id and not skip_id else []
    parts += [f".{name}" for name in attrs.classes] + [f"{key}={value!r}" for key, value in attrs.pairs]
    return f" {{{' '.join(parts)}}}" if parts else ""
