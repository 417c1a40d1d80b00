"""From text as written to text as shown: resolves values, claims and audiences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from workshop.constructs.boxes import Quoted
from workshop.constructs.column_divs import Column
from workshop.constructs.table import DIVS, SPAN_CLASSES
from workshop.constructs.talk_divs import Callout, Edge, StandIn
from workshop.errors import At, WorkshopError
from workshop.model import blocks as model_blocks
from workshop.model import kit, markup
from workshop.model.blocks import last_step, later
from workshop.model.stage_picture import StagePicture
from workshop.model.walk import visible
from workshop.plan.highlight import classes_of
from workshop.plan.scope import Dropped, Scope
from workshop.plan.stated import filled, stated
from workshop.wording.messages import say
from workshop.wording.typography import curled_parts

NUMERIC = re.compile(r"^[<≤>≥±+–−-]?(?:[,.]*+\d[\d,.]*+[½¼¾]?|[½¼¾])(?:/\d+)?\s*(%|bits?|[×x])?$|^[–−-]?$")
BEFORE_STOP = re.compile(r"(?<!\s)\s++([.,;:!?])(?=\s|$)")  # white space
DIGIT = re.compile(r"\d")
DIGIT_OR_PART = re.compile(r"[\d½¼¾]")
PLAIN = model_blocks.Run("")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# What _block and the constructs return as if nothing came before it; text has the click on which it appears already
_RELATIVE = (
    model_blocks.ShownChart,
    model_blocks.ShownTable,
    model_blocks.ShownCode,
    model_blocks.ShownPicture,
    model_blocks.Panel,
    model_blocks.Drawn,
)
LOOK = attrgetter(*(name for name in model_blocks.Run.__struct_fields__ if name != "text"))
T = TypeVar("T")
PictureResolver = Callable[[markup.Picture, Scope], "kit.Block | None"]


class Resolver(Struct, frozen=True):
    """Resolves blocks in one scope; ``picture`` finds exhibits and files."""

    scope: Scope
    picture: PictureResolver

    # ------------------------------------------------------------ inline
    def runs(
        self, inlines: tuple[markup.Inline, ...], look: model_blocks.Run = PLAIN, *, fixed: bool = False
    ) -> model_blocks.Runs:
        """Return inline nodes as runs; neighbours with the same look are joined."""
        fixed = fixed or any(isinstance(node, markup.Cite) for node in inlines)
        found: list[model_blocks.Run] = []
        for node in inlines:
            found.extend(self._inline(node, look, fixed))
        return _curled(_joined(found), self.scope.language)

    def _inline(self, node: markup.Inline, look: model_blocks.Run, fixed: bool) -> model_blocks.Runs:
        match node:
            case markup.Text(text, at):
                if self.scope.digits and not fixed and DIGIT.search(text):
                    self.scope.report.warn(
                        f"'{_around_digit(text)}' has a digit that comes from no run and no source",
                        at,
                        "write a value {{ … }}, cite a source [@key], or mark it [3]{.fixed}",
                        "stray-digit",
                    )
                return (_said(text, look),)
            case markup.Value(expr, at):
                return (_said(self.scope.text(expr, at), look),)
            case markup.Strong(children):
                return self.runs(children, replace(look, strong=True), fixed=fixed)
            case markup.Emphasis(children):
                return self.runs(children, replace(look, emphasis=True), fixed=fixed)
            case markup.Strike(children):
                return self.runs(children, replace(look, strike=True), fixed=fixed)
            case markup.Look(kind, children):
                looks = {"super": replace(look, script=1), "sub": replace(look, script=-1)}
                return self.runs(
                    children, looks.get(kind) or replace(look, underline=True), fixed=fixed or kind in looks
                )
            case markup.Math():
                return self._math(node, look, fixed)
            case markup.CodeSpan(text, _):
                return (replace(look, text=text, code=True),)
            case markup.Link(target, children, _):
                return self.runs(children, replace(look, link=target), fixed=fixed)
            case markup.Span():
                return self._span(node, look, fixed)
            case markup.Cite(keys, _, shown=shown):
                self.scope.cited.extend(keys)
                return self.runs(shown, look, fixed=True)
            case markup.LineBreak():
                return (replace(look, text="\v"),)
            case markup.FootnoteRef(children, _, number):
                marker = str(number or "")
                text = model_blocks.plain(self.runs(children, fixed=fixed))
                self.scope.footnotes.append(f"{marker.translate(RAISED)} {text}" if number else text)
                return (replace(look, text=marker, script=1),) if number else ()

    def _math(self, math: markup.Math, look: model_blocks.Run, fixed: bool) -> model_blocks.Runs:
        formula = math.formula
        if self.scope.digits and not fixed:
            for number in stated(formula.body):
                message = f"the formula states {number}, which comes from no run and no source"
                hint = "write $H = {{ x }}$, cite a source [@key], or mark it [$H = 3$]{.fixed}"
                self.scope.report.warn(message, math.at, hint, "stray-digit")
        if math.values:
            texts = {sign: self.scope.text(value.expr, value.at) for sign, value in math.values}
            formula = filled(formula, texts)
        return self.runs(math.children, replace(look, formula=formula), fixed=True)

    def _span(self, span: markup.Span, look: model_blocks.Run, fixed: bool) -> model_blocks.Runs:
        if not visible(span.attrs, self.scope.audience):
            return ()
        try:
            neutral = self.scope.wording(span.attrs, span.at)
        except Dropped:
            return ()
        needs, kept_by = span.attrs.names("needs"), span.attrs.names("kept-by")
        if needs or kept_by:
            look = replace(look, needs=(*look.needs, *needs), kept_by=(*look.kept_by, *kept_by))
        if neutral is not None:
            return (replace(look, text=neutral),) if neutral else ()
        classes = [SPAN_CLASSES[name] for name in span.attrs.classes if name in SPAN_CLASSES]
        for found in classes:
            look = found.look(look)
        fixed = fixed or any(found.fixed for found in classes)
        if picture := self.scope.drawing(span.attrs.get("draw"), span.at):
            look = replace(look, picture=picture)
        if any(found.asks for found in classes):
            answer = model_blocks.plain(self.runs(span.children, fixed=fixed)).strip()
            return (replace(look, text="", answer=answer),)
        return self.runs(span.children, look, fixed=fixed)

    # ------------------------------------------------------------ blocks
    def blocks(self, blocks: tuple[markup.Block, ...], step: int = 0) -> tuple[model_blocks.Block, ...]:
        """Return blocks resolved; neighbouring paragraphs and lists become one ``Prose``.

        Args:
            step: the click on which the content before them appears.
        """
        found: list[model_blocks.Block] = []
        for block in blocks:
            if isinstance(block, markup.Pause):
                step += 1
                continue
            for made in self._block(block, step):
                beside = isinstance(made, Column)  # one column doesn't wait for what the other hides
                resolved = later(made, step, hidden=beside) if isinstance(made, _RELATIVE) else made
                last = found[-1] if found else None
                if isinstance(resolved, model_blocks.Prose) and isinstance(last, model_blocks.Prose):
                    found[-1] = model_blocks.Prose(last.lines + resolved.lines)
                else:
                    found.append(resolved)
                step = max(step, last_step(resolved))
        return tuple(found)

    def _block(self, block: markup.Block, step: int) -> tuple[model_blocks.Block, ...]:
        match block:
            case markup.Paragraph(children, at):
                line = model_blocks.Line(_stripped(self.runs(children)), step=step, at=at)
                return (model_blocks.Prose((line,)),) if line.runs else ()
            case markup.Heading(_, children, _, at):
                return (
                    model_blocks.Prose(
                        (model_blocks.Line(self.runs(children, model_blocks.Run("", strong=True)), step=step, at=at),)
                    ),
                )
            case markup.ListBlock():
                return self._list(block, step)
            case markup.TableBlock():
                return (self._table(block),)
            case markup.CodeBlock(text, language, attrs, at):
                alt = self.scope.fill(attrs.get("alt"), at) or _code_alt(text, self.scope.language)
                text = text.rstrip("\n")
                return (
                    model_blocks.ShownCode(
                        text, language, alt, at, classes=classes_of(text, language, at, self.scope.report)
                    ),
                )
            case markup.Picture(_, _, attrs, at):
                if not visible(attrs, self.scope.audience):
                    return ()
                try:
                    self.scope.wording(attrs, at)
                except Dropped:
                    return ()
                shown = self.picture(block, self.scope)
                return (shown,) if shown is not None else self._stand_in(block)
            case markup.Quote(inner, at):
                return (Quoted("", self.blocks(inner), at),)
            case markup.Div():
                return self._div(block, step)
            case markup.Box(kind, title, inner, at):
                head, inside = model_blocks.plain(self.runs(title)), self.blocks(inner)
                if kind == "callout":
                    return (Callout(head, inside, at),)
                return (StandIn(head, inside, at, missing=kind == markup.MISSING),)
            case markup.Edge(side=side, share=share, pictures=pictures, at=at):
                found = [(self.picture(picture, self.scope), picture) for picture in pictures]
                seen = tuple(block for block, _ in found if block is not None)
                boxes = tuple(box for block, picture in found if block is None for box in self._stand_in(picture))
                return (*((Edge("", seen, at, side=side, share=share),) if seen else ()), *boxes)
            case markup.Pause():
                return ()

    def _stand_in(self, picture: markup.Picture) -> tuple[model_blocks.Block, ...]:
        """Return a box in the place of a picture of a talk that can't be shown; what is wrong with it has been reported."""
        if not self.scope.talk or not picture.target:
            return ()
        name = model_blocks.Line((model_blocks.Run(picture.target),), at=picture.at)
        title = picture.attrs.get("alt") or model_blocks.plain(self.runs(picture.alt))
        return (StandIn(title, (model_blocks.Prose((name,)),), picture.at, missing=True),)

    def _list(self, block: markup.ListBlock, step: int) -> tuple[model_blocks.Block, ...]:
        items = [item for item in block.items if visible(item.attrs, self.scope.audience)]
        if items and all(item.checked is not None for item in items):
            options = tuple(self.first_line(item) for item in items)
            right = tuple(i for i, item in enumerate(items) if item.checked)
            return (model_blocks.Choices(options, right, block.at),)
        lines: list[model_blocks.Line] = []
        others: list[model_blocks.Block] = []
        self._items(block, lines, others, level=0, step=step)
        return ((model_blocks.Prose(tuple(lines)),) if lines else ()) + tuple(others)

    def _items(
        self,
        block: markup.ListBlock,
        lines: list[model_blocks.Line],
        others: list[model_blocks.Block],
        level: int,
        step: int,
    ) -> None:
        number = block.start
        for item in block.items:
            if not visible(item.attrs, self.scope.audience):
                continue
            try:
                neutral = self.scope.wording(item.attrs, item.at)
            except Dropped:
                continue
            if neutral == "":
                continue
            marker, before = "number" if block.ordered else "bullet", len(lines) + len(others)
            marker = "none" if block.style == "plain" else marker
            for position, part in enumerate(item.blocks):
                if isinstance(part, markup.Paragraph):
                    runs = (
                        (model_blocks.Run(neutral),)
                        if neutral and position == 0
                        else _stripped(self.runs(part.children))
                    )
                    first = position == 0
                    if not runs and len(item.blocks) == 1:
                        continue  # all of its words are for other audiences
                    lines.append(
                        model_blocks.Line(
                            runs,
                            level=level,
                            marker=marker if first else "none",
                            number=number if first else 0,
                            style=block.style if first and block.ordered else "",
                            step=step,
                            right=self.scope.bears_out(item.attrs.get("right"), item.at) if first else None,
                            toy=self.scope.share(item.attrs.get("toy"), item.at) if first else None,
                            picture=self.drawing(item.attrs.get("draw"), item.at) if first else None,
                            at=part.at,
                        )
                    )
                elif isinstance(part, markup.ListBlock):
                    self._items(part, lines, others, level + 1, step)
                else:
                    others.extend(self._block(part, step))
            number += len(lines) + len(others) > before

    def _table(self, table: markup.TableBlock) -> model_blocks.ShownTable:
        fixed = any(isinstance(node, markup.Cite) for node in table.caption)
        header = tuple(_stripped(self.runs(cell, fixed=fixed)) for cell in table.header)
        rows = tuple(tuple(_stripped(self.runs(cell, fixed=fixed)) for cell in row) for row in table.rows)
        caption = with_signs(_stripped(self.runs(table.caption)))
        aligns = tuple(
            align or ("right" if k and all_figures(row[k] for row in rows) else "left")
            for k, align in enumerate(table.aligns)
        )
        alt = (
            self.scope.fill(table.attrs.get("alt"), table.at)
            or caption
            or say(self.scope.language, "table-alt", columns=", ".join(filter(None, map(model_blocks.plain, header))))
        )
        highlight = int(table.attrs.number("highlight")) - 1
        return model_blocks.ShownTable(
            header=header, rows=rows, aligns=aligns, alt=alt, caption=caption, highlight=highlight,
            lanes="lanes" in table.attrs.classes, at=table.at,
        )  # fmt: skip

    def _div(self, div: markup.Div, step: int) -> tuple[model_blocks.Block, ...]:
        if not visible(div.attrs, self.scope.audience):
            return ()
        try:
            neutral = self.scope.wording(div.attrs, div.at)
        except Dropped:
            return ()
        if neutral is not None:
            return (
                (model_blocks.Prose((model_blocks.Line((model_blocks.Run(neutral),), step=step, at=div.at),)),)
                if neutral
                else ()
            )
        construct = DIVS.get(div.name)
        return construct.resolved(div, self, step) if construct else self.blocks(div.blocks, step)

    # ------------------------------------------------------------ what constructs ask for
    def first_line(self, item: markup.Item) -> model_blocks.Runs:
        """Return the first paragraph of a list item."""
        first = item.blocks[0] if item.blocks else None
        return _stripped(self.runs(first.children)) if isinstance(first, markup.Paragraph) else ()

    def fill(self, text: str, at: At) -> str:
        """Return the text of an attribute with its values filled in."""
        return self.scope.fill(text, at)

    def sees(self, attrs: markup.Attrs) -> bool:
        """Whether the audience sees an element with these attributes."""
        return visible(attrs, self.scope.audience)

    def drawing(self, name: str, at: At) -> StagePicture | None:
        """Return a drawing of the kit; ``None`` for no name, or after reporting one that there isn't."""
        return self.scope.drawing(name, at)

    def scale(self, name: str, kind: type[T], at: At) -> T | None:
        """Return a scale that a plugin registered, or ``None`` after reporting that there is none of that kind."""
        try:
            made = self.scope.find("scale", name)()
        except WorkshopError as error:
            self.scope.report.extend(replace(problem, at=at) for problem in error.problems)
            return None
        if not isinstance(made, kind):
            what = f"the scale '{name}' is a {type(made).__name__}"
            self.scope.report.error(what, at, f"register a function that returns a {kind.__name__}", "scale")
            return None
        return made

    def error(self, message: str, at: At, hint: str = "") -> None:
        """Report a mistake; in a talk, which is shown as well as possible, with a warning."""
        note = self.scope.report.warn if self.scope.talk else self.scope.report.error
        note(message, at, hint)

    @property
    def talk(self) -> bool:
        """Whether what is resolved is a talk."""
        return self.scope.talk


def all_figures(cells: Iterable[model_blocks.Runs]) -> bool:
    """Whether a column's cells are numbers or signs for missing ones, with at least one number."""
    texts = [model_blocks.plain(cell).strip() for cell in cells]
    return any(map(DIGIT_OR_PART.search, texts)) and all(map(NUMERIC.match, texts))


def _said(text: str, look: model_blocks.Run) -> model_blocks.Run:
    """Return text with a look; most of it is plain, and that is made without a copy of all fields."""
    return model_blocks.Run(text) if look is PLAIN else replace(look, text=text)


def _joined(runs: list[model_blocks.Run]) -> model_blocks.Runs:
    joined: list[model_blocks.Run] = []
    for run in runs:
        if not run.text and not run.blank:
            continue
        last = joined[-1] if joined else None
        if (
            last is not None
            and (last.tile or run.tile)
            and not (last.text + " ")[-1:].isspace() | run.text[:1].isspace()
        ):
            joined.append(model_blocks.Run(" "))
        same = last is not None and not last.blank and not run.blank and last.formula is run.formula
        if last is not None and same and LOOK(last) == LOOK(run):
            joined[-1] = replace(last, text=last.text + run.text)
        else:
            joined.append(run)
    return tuple(joined)


def _curled(runs: model_blocks.Runs, language: str) -> model_blocks.Runs:
    """Return runs with typographic apostrophes and quotes, except in code."""
    if not any("'" in run.text or '"' in run.text for run in runs):
        return runs
    code = [k for k, run in enumerate(runs) if run.code]
    texts = curled_parts([run.text for run in runs], language, code)
    return tuple(run if run.text == text else replace(run, text=text) for run, text in zip(runs, texts, strict=True))


def _stripped(runs: model_blocks.Runs) -> model_blocks.Runs:
    """Return runs without white space at either end, or before a full stop that followed a citation."""
    texts = [BEFORE_STOP.sub(r"\1", run.text) for run in runs]
    if runs and not runs[0].blank:
        texts[0] = texts[0].lstrip(" ")
    if runs and not runs[-1].blank:
        texts[-1] = texts[-1].rstrip(" ")
    shown = (run if run.text == text else replace(run, text=text) for run, text in zip(runs, texts, strict=True))
    return tuple(run for run in shown if run.text or run.blank)


def _around_digit(text: str) -> str:
    match = DIGIT.search(text)
    start = max(0, (match.start() if match else 0) - 18)
    return text[start : start + 40].strip()


def _code_alt(text: str, language: str) -> str:
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return say(language, "code-alt", line=first)


def with_signs(runs: model_blocks.Runs) -> str:
    """Return the characters of runs, with small figures where they are above the line."""
    return "".join(run.text.translate(RAISED) if run.script > 0 else run.text for run in runs)


def one_line(runs: model_blocks.Runs, at: At) -> model_blocks.Prose:
    """Return runs as ``Prose`` of one plain line."""
    return model_blocks.Prose((model_blocks.Line(runs, at=at),))
