"""What a learning platform asks: the quiz with the idea behind each wrong answer, and tasks whose blanks are numbers; and its formats.

Every value is that of the run, as it is printed on sheet and key; a task with numbers of its own for each person is a bank.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import Struct

from workshop.addons.personal.asked_for import PersonalSet
from workshop.constructs.answer_divs import Ruler
from workshop.model.blocks import Block, Choices, Drawn, Line, Panel, Prose, Run, ShownChart, ShownPicture, ShownTable
from workshop.model.kit import Exercise, Kit, Sheet
from workshop.model.prints import LETTERS, Question
from workshop.render.print.forms import misconception
from workshop.wording.messages import messages

NUMBER = re.compile(r"[−-]?\d[\d,]*(\.\d+)?%?")
BREAK = re.compile(r"[\n\v]")
GAP = "____"


class Choice(Struct, frozen=True):
    """An option, and what is said to whoever picks it."""

    key: str
    text: str
    right: bool
    said: str


class Item(Struct, frozen=True, kw_only=True):
    """A question: with ``choices``, or with a ``number`` as its answer.

    Attributes:
        key: an identifier that is the same in every export.
        bank: what it belongs to: the title of a stage, or of a task that has several versions.
        name: for lists.
        html: the question.
        number: the answer as it is printed, without separators; "" for a choice.
        within: how far an answer may be off: half of the last digit that is printed.
    """

    key: str
    bank: str
    name: str
    html: str
    choices: tuple[Choice, ...] = ()
    number: str = ""
    within: str = "0"

    @property
    def right(self) -> str:
        """The key of the right choice, or the number."""
        return next((choice.key for choice in self.choices if choice.right), self.number)


def items_of(kit: Kit, versions: Sequence[PersonalSet]) -> tuple[Item, ...]:
    """Return the questions of the quiz, those for weeks later, and every numeric blank of every task and of its versions."""
    titles = {mark.id: mark.title for mark in kit.marks} | {stage.id: stage.title for stage in kit.stages}
    quiz = [_asked(question, titles.get(question.stage, ""), kit) for question in (*kit.quiz, *kit.later)]
    tasks: dict[str, Item] = {}
    for sheet in (*kit.sheets, *(sheet for one in versions for sheet in one.sheets)):
        for item in _tasks(sheet, titles.get(sheet.stage, ""), kit):
            tasks.setdefault(
                item.html + item.number, item
            )  # a task without numbers of its own is the same on every sheet
    return (*quiz, *tasks.values())


def _asked(question: Question, bank: str, kit: Kit) -> Item:
    words = messages(kit.language, kit.here)
    closing = "".join(run.text for run in question.closing)
    choices = []
    for letter, option in zip(LETTERS, question.options, strict=False):
        idea = str(words["export-idea"]).replace("{idea}", misconception(option.misconception))
        said = (
            closing or str(words["export-right"])
            if option.right
            else " ".join(filter(None, (idea, f"{closing}." if closing else "")))
        )
        choices.append(Choice(letter, _inline(option.text), option.right, said))
    html = f"<p>{_inline(question.text)}</p>"
    return Item(key=question.id, bank=bank, name=f"{bank} {question.id}", html=html, choices=tuple(choices))


def _tasks(sheet: Sheet, bank: str, kit: Kit) -> Iterator[Item]:
    for exercise in sheet.exercises:
        if any(_is_drawn(block) for block in exercise.task):
            continue  # a platform doesn't show it
        blanks = [run for run in _runs(exercise.task) if run.blank]
        for place, blank in enumerate(blanks):
            if NUMBER.fullmatch(blank.answer):
                yield _blank(exercise, place, blank, f"{sheet.id}-{exercise.id}", f"{bank}: {exercise.title}", kit)


def _blank(exercise: Exercise, place: int, blank: Run, key: str, bank: str, kit: Kit) -> Item:
    """Return the question for one blank of a task; the blanks before it have their answers, those after it are gaps."""
    html = f"<p><strong>{escape(exercise.title)}</strong></p>{Html(place).blocks(exercise.task)}"
    number = blank.answer.replace(",", "").replace("−", "-").removesuffix("%")
    decimals = len(number.partition(".")[2])
    return Item(
        key=f"{key}-{place + 1}",
        bank=bank,
        name=f"{exercise.title} {key} {place + 1}",
        html=html + f"<p>{escape(str(messages(kit.language, kit.here)['export-gap']))}</p>",
        number=number,
        within=f"{0.5 * 10**-decimals:.{decimals + 1}f}" if decimals else "0",
    )


def _is_drawn(block: Block) -> bool:
    if isinstance(block, ShownChart | ShownPicture | Drawn):
        return True
    return isinstance(block, Panel) and any(map(_is_drawn, block.blocks))


def _runs(blocks: Iterable[Block]) -> Iterator[Run]:
    """Yield the runs of a task in the order in which ``Html`` writes them."""
    for block in blocks:
        for line in _lines(block):
            yield from line
        if isinstance(block, Panel) and not isinstance(block, Ruler):
            yield from _runs(block.blocks)


def _lines(block: Block) -> Iterator[tuple[Run, ...]]:
    if isinstance(block, Prose):
        yield from (line.runs for line in block.lines)
    elif isinstance(block, ShownTable):
        yield from (cell for row in (block.header, *block.rows) for cell in row)
    elif isinstance(block, Choices):
        yield from block.options


class Html:
    """Writes a task as HTML, and marks the blank at a place.

    Args:
        asked: the place of the blank that is asked for.
    """

    def __init__(self, asked: int) -> None:
        self._asked, self._seen = asked, 0

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Return blocks as HTML; a ruler is left out, since nobody could read it."""
        return "".join(self._block(block) for block in blocks if not isinstance(block, Ruler))

    def _block(self, block: Block) -> str:
        if isinstance(block, ShownTable):
            head = "".join(f"<th>{self._line(cell)}</th>" for cell in block.header)
            rows = "".join(f"<tr>{''.join(f'<td>{self._line(cell)}</td>' for cell in row)}</tr>" for row in block.rows)
            return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        if isinstance(block, Prose):
            return "".join(self._paragraph(line) for line in block.lines)
        own = "".join(f"<p>{self._line(runs)}</p>" for runs in _lines(block))
        if not isinstance(block, Panel):
            return own
        title = f"<p><strong>{escape(block.title)}</strong></p>" if block.title else ""
        return f"{title}{own}{self.blocks(block.blocks)}"

    def _paragraph(self, line: Line) -> str:
        mark = f"{line.number}. " if line.marker == "number" else "• " if line.marker else ""
        return f"<p>{mark}{self._line(line.runs)}</p>"

    def _line(self, runs: Iterable[Run]) -> str:
        return "".join(map(self._run, runs))

    def _run(self, run: Run) -> str:
        if not run.blank:
            return _inline((run,))
        place, self._seen = self._seen, self._seen + 1
        if place == self._asked:
            return f"<strong>[ ? ]</strong>{' %' if run.answer.endswith('%') else ''}"
        return escape(run.answer) if place < self._asked and run.answer else GAP


def _inline(runs: Iterable[Run]) -> str:
    """Return runs as HTML: bold, code and fractions, which are written with a stroke."""
    found = []
    for run in runs:
        text = BREAK.sub("<br/>", escape(run.text, quote=False))
        text = f"<code>{text}</code>" if run.code else text
        found.append(f"<strong>{text}</strong>" if run.strong else text)
    return "".join(found)


TEMPLATES = Path(__file__).with_name("templates")
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_NOT_IN_IDENTIFIERS = re.compile(r"[^\w.-]", re.ASCII)
_SIGNS_OF_GIFT = re.compile(r"([~=#{}:\\])")


def moodle(title: str, items: Sequence[Item]) -> bytes:
    """Return Moodle XML: a category for each bank."""
    return _filled("moodle.xml", title=title, banks=_banks(items))


def gift(title: str, items: Sequence[Item]) -> bytes:
    """Return GIFT: feedback follows each answer, and a number has its tolerance."""
    return _filled("questions.gift", title=title, banks=_banks(items))


def qti(_: str, items: Sequence[Item]) -> bytes:
    """Return a package of QTI 2.1 items; each wrong answer has its feedback."""
    files = {f"items/{identifier(item.key)}.xml": _filled("item.xml", item=item) for item in items}
    return packed({"imsmanifest.xml": _filled("qti-manifest.xml", items=items), **files})


def scorm(title: str, page: bytes) -> bytes:
    """Return the companion page as a package: a page around it tells the platform how many bets are placed and won."""
    manifest, launch = _filled("scorm-manifest.xml", title=title), (TEMPLATES / "launch.html").read_bytes()
    return packed({"imsmanifest.xml": manifest, "index.html": launch, "explore.html": page})


FORMATS: Mapping[str, tuple[str, Callable[[str, Sequence[Item]], bytes]]] = {
    "moodle": ("questions.xml", moodle),
    "gift": ("questions.gift", gift),
    "qti": ("questions-qti.zip", qti),
}


def identifier(key: str) -> str:
    """Return a key as an identifier, which begins with a letter.

    >>> identifier("S2-00P, next word")
    'i-S2-00P--next-word'
    """
    return f"i-{_NOT_IN_IDENTIFIERS.sub('-', key)}"


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip archive whose bytes don't depend on the clock."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            archive.writestr(entry, content)
    return buffer.getvalue()


def _banks(items: Iterable[Item]) -> list[tuple[str, list[Item]]]:
    by_bank = attrgetter("bank")
    return [(bank, list(some)) for bank, some in groupby(sorted(items, key=by_bank), by_bank)]


def _path(title: str, bank: str) -> str:
    """Return the path of a category; a stroke in a name is written twice."""
    return "/".join(("$course$/top", *(part.replace("/", "//") for part in (title, bank) if part)))


def _for_gift(text: str) -> str:
    return _SIGNS_OF_GIFT.sub(r"\\\1", text).replace("\n", " ")


def _filled(name: str, **values: Any) -> bytes:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=name.endswith(".xml"),
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.filters |= {"gift": _for_gift, "identifier": identifier}
    return environment.get_template(name).render(**values, path=_path).encode()
