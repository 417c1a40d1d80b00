"""The file of a training, part by part, as plain texts: what the PDF, the Word file and the JSON say alike.

Each field is filled from the build or from ``training.yaml``, or stays a line to write on; nothing is invented.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby

from msgspec import Struct

from workshop import __version__
from workshop.addons.record.competences import Told, framework_data, points_shown, told
from workshop.addons.record.held import held_of, printed
from workshop.addons.room.item_analysis import Interval
from workshop.addons.room.results import LEAST
from workshop.layout.laid import LaidOut
from workshop.model.blocks import plain
from workshop.model.kit import Kit, Sheet, Slide
from workshop.model.rooms import has_paper
from workshop.render.print.block_data import Galley
from workshop.render.print.booklet import class_pages
from workshop.render.print.document import slide_numbers, stage_place
from workshop.render.print.run_mark import run_mark, words_of
from workshop.render.print.sheets import home_sheets
from workshop.wording import formats
from workshop.wording.messages import messages

MORE = 4  # rows of an empty list, besides those for the people who are expected


class Part(Struct, frozen=True, kw_only=True):
    """A part of the file.

    Attributes:
        key: its name in the JSON, and of its heading in the fixed words.
        fields: key -> value; "" for a line to write on.
        texts: paragraphs, each with a head that is set bold, or "".
        columns: keys of the columns of its table.
        shares: the part of the width that each column takes.
        rows: cells; "" for room to write in.
        bands: places of rows that are a heading for those below.
    """

    key: str
    fields: Mapping[str, str] = {}
    texts: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    bands: frozenset[int] = frozenset()


def parts_of(laid: LaidOut, galley: Galley) -> tuple[Part, ...]:
    """Return the parts that have something to say, in the order in which they are filed."""
    kit = laid.kit
    parts = (
        _held(kit),
        _why(kit, galley),
        _who(kit),
        _content(laid, galley),
        _results(kit, galley),
        _groups(kit),
        _counted(kit, galley),
        _competences(kit, galley),
        _left(kit, galley),
        _material(laid, galley),
        _refresh(kit),
        Part(key="signed", fields=dict.fromkeys(("signed-trainer", "signed-responsible"), "")),
        _attendance(kit),
    )
    return tuple(part for part in parts if part.fields or part.texts or part.rows)


def _held(kit: Kit) -> Part:
    held = held_of(kit)
    training = held.training
    real = training.minutes or (kit.duration if held.planned and held.planned != kit.duration else None)
    return Part(
        key="held",
        fields={
            "organisation": training.organisation,
            "date": ", ".join(
                filter(None, (printed(training.date), "–".join(filter(None, (training.start, training.end)))))
            ),
            "place": training.place,
            "minutes-planned": formats.number(held.planned or kit.duration),
            "minutes-real": formats.number(real) if real else "",
            **({"breaks": ", ".join(training.breaks)} if training.breaks else {}),
            "led-by": training.trainer,
            "qualification": training.qualification,
            "audience": kit.audience_title,
            "form": heading(kit, f"form-{kit.room}"),
        },
    )


def _why(kit: Kit, galley: Galley) -> Part:
    """Return the reason, and what the law asks for with the days on which that was and is to be checked."""
    held = held_of(kit)
    laws = []
    for law in held.laws:
        days = {"checked": printed(law.meta.checked), "until": printed(law.source.valid_until)}
        said = [
            galley.word("print-record-law-addresses"),
            law.meta.says,
            galley.word("print-record-law-checked", **days),
        ]
        laws.append((law.meta.name, " ".join((*said, law.source.caveat))))
    return Part(key="why", fields={"reason": held.training.reason}, texts=tuple(laws))


def _who(kit: Kit) -> Part:
    training, results = held_of(kit).training, held_of(kit).results
    count = training.count or (results.filled if results else 0)
    roles = training.roles or Counter(person.role for person in training.attended if person.role)
    return Part(
        key="who",
        fields={
            "people": formats.count(count) if count else "",
            **({"counted": training.counted} if training.counted else {}),
            "roles": ", ".join(f"{role} ({many})" for role, many in roles.items()),
            "systems": ", ".join(training.systems),
            "policy": training.policy,
            "absent": training.absent,
        },
    )


def _content(laid: LaidOut, galley: Galley) -> Part:
    """Return the points that were shown, stage by stage, each with its slides and their minutes."""
    kit, numbers = laid.kit, slide_numbers(laid)
    shown = {slide.id: slide for slide in kit.slides if not slide.hidden}
    minutes = {stage.id: stage.minutes for stage in kit.stages}
    rows: list[tuple[str, ...]] = []
    bands, last = set(), ""
    for each in (each for each in told(kit) if each.said):
        if each.point.stage != last:
            last = each.point.stage
            bands.add(len(rows))
            rows.append(("", stage_place(laid, last)["title"], "", formats.number(minutes.get(last, 0))))
        slides = _slides(each, shown)
        where = ", ".join(numbers[slide.id] for slide in slides if slide.id in numbers)
        rows.append((each.point.id, _words(each, each.said), where, formats.number(sum(s.minutes for s in slides))))
    return Part(
        key="content",
        texts=(("", galley.word("print-record-content-how")),) if rows else (),
        columns=("point", "shown", "slides", "minutes"),
        shares=(0.07, 0.66, 0.15, 0.12),
        rows=tuple(rows),
        bands=frozenset(bands),
    )


def _slides(each: Told, shown: Mapping[str, Slide]) -> list[Slide]:
    """Return the slides that show a point: those that its statements name, or those that teach it."""
    named = [name for line in each.point.shown if line.says in each.said for name in line.slides]
    if named:
        return [shown[name] for name in dict.fromkeys(named) if name in shown]
    return [slide for slide in shown.values() if each.point.id in slide.teaches]


def _words(each: Told, lines: tuple[str, ...]) -> str:
    return each.point.text if len(lines) == len(each.said) + len(each.left) else "; ".join(lines)


def _results(kit: Kit, galley: Galley) -> Part:
    """Return what the quiz showed, question by question; lines to write on before anybody filled it in."""
    results = held_of(kit).results
    items = {item.name: item for item in results.items} if results else {}
    stayed = {one.partner: one for one in results.later} if results else {}
    rows = []
    for question in kit.quiz:
        item, later = items.get(str(question.number)), stayed.get(question.number)
        cells = ("", "", "", "")
        if item:
            drawn = f"{item.drawn[0]} ({item.drawn[1]})" if item.drawn[1] else "–"
            cells = (_short(item.before), _short(item.after), item.told, drawn)
        kept = _short(later.kept) if later and later.kept else "–"
        rows.append((str(question.number), plain(question.text), *cells, *((kept,) if stayed else ())))
    why = "few" if results and not items else "basis" if results else "empty"
    people = formats.count(results.people, "person", "people") if results else ""
    said = galley.word(f"print-record-results-{why}", people=people, least=str(LEAST)) if rows else ""
    more = galley.word("print-record-results-later") if stayed else ""
    return Part(
        key="results",
        texts=(("", " ".join(filter(None, (said, more)))),) if rows else (),
        columns=("number", "question", "before", "after", "change", "drawn", *(("kept",) if stayed else ())),
        shares=(0.05, 0.31, 0.14, 0.14, 0.1, 0.13, 0.13) if stayed else (0.05, 0.39, 0.15, 0.15, 0.11, 0.15),
        rows=tuple(rows) if results is None or items else (),
    )


def _short(share: Interval) -> str:
    """Return a share with its interval in little room: "33% (14–61)"."""
    middle, low, high = (formats.percent(value) for value in share)
    return f"{middle} ({low.removesuffix('%')}–{high.removesuffix('%')})"


def _counted(kit: Kit, galley: Galley) -> Part:
    """Return what people counted in the polls with their own assistants; nothing if nobody counted."""
    told = [(slide.title_text, slide.counted) for slide in kit.slides if slide.counted and not slide.hidden]
    texts = tuple((galley.text(title), galley.text(text)) for title, text in told)
    return Part(key="counted", texts=texts)


def _groups(kit: Kit) -> Part:
    results = held_of(kit).results
    rows = [(g.name, str(g.people), _short(g.before), _short(g.after)) for g in (results.groups if results else ())]
    columns = ("group", "people", "before", "after")
    return Part(key="groups", columns=columns, shares=(0.4, 0.12, 0.24, 0.24), rows=tuple(rows))


def _competences(kit: Kit, galley: Galley) -> Part:
    texts = []
    for framework in kit.frameworks:
        data = framework_data(framework, set(points_shown(kit)), galley)
        parts = [
            f"{galley.word(f'print-map-{name}')} {data[name]}." for name in ("now", "later", "never") if data[name]
        ]
        texts.append((framework.name, " ".join((data["origin"], *parts))))
    return Part(key="competences", texts=(("", galley.word("print-record-addresses")), *texts) if texts else ())


def _left(kit: Kit, galley: Galley) -> Part:
    """Return what the plan leaves out, and what the trainer says was left out."""
    titles = {mark.id: mark.title for mark in kit.marks} | {stage.id: stage.title for stage in kit.stages}
    left = [each for each in told(kit) if each.left]
    own = held_of(kit).training.omitted
    texts = [("", own)] if own else []
    for stage, some in groupby(left, lambda each: each.point.stage):
        listed = "; ".join(f"{each.point.id} {_words(each, each.left)}" for each in some)
        texts.append((f"{titles[stage]}:" if stage in titles else "", f"{listed}."))
    return Part(key="left", texts=tuple(texts) or (("", galley.word("print-record-left-nothing")),))


def _material(laid: LaidOut, galley: Galley) -> Part:
    kit = laid.kit
    used = [(galley.word(f"print-record-{name}"), marks) for name, marks in papers_of(laid, galley)]
    made = galley.word("print-record-made", title=kit.title, version=__version__, seed=str(kit.seed))
    kit_line = (galley.word("print-record-kit"), made)
    return Part(key="material", texts=(*used, kit_line, (galley.word("print-record-digest"), digest(kit))))


def papers_of(laid: LaidOut, galley: Galley) -> Iterator[tuple[str, str]]:
    """Yield the pages that the class wrote on and the sheets to take home, with the marks of their run."""
    kit = laid.kit
    if not has_paper(kit.room):
        return
    pages = [
        _marked(galley.word("print-booklet-tag", number=stage_place(laid, page.stage.id)["label"]), page.sheet, galley)
        for page in class_pages(kit)
    ]
    sheets = [_marked(sheet.id, sheet, galley) for sheet in home_sheets(kit)]
    parts = ("leaf" if kit.leaf else "booklet", pages), ("home" if pages else "sheets", sheets)
    yield from ((name, ", ".join(marks)) for name, marks in parts if marks)


def _marked(name: str, sheet: Sheet | None, galley: Galley) -> str:
    return f"{name} ({galley.word('print-run', mark=run_mark(sheet))})" if sheet else name


def digest(kit: Kit) -> str:
    """Return the SHA-256 of every word and number on the shown slides, the sheets, their keys, and the quiz.

    Two decks with the same digest said the same.
    """
    shown = tuple(slide for slide in kit.slides if not slide.hidden)
    return hashlib.sha256("\n".join(words_of((kit.title, shown, kit.sheets, kit.quiz, kit.later))).encode()).hexdigest()


def _refresh(kit: Kit) -> Part:
    held = held_of(kit)
    fields = {"refresh": printed(held.training.refresh), "filed": held.training.filed}
    until = {"check-again": printed(held.check_again)} if held.check_again else {}
    return Part(key="renewal", fields=until | fields)


def _attendance(kit: Kit) -> Part:
    """Return a list to sign, with names and roles only if the trainer gives them."""
    training = held_of(kit).training
    people = [(person.label, person.role) for person in training.attended]
    lines = max(training.count or kit.people + MORE, len(people)) - len(people)
    rows = enumerate((*people, *[("", "")] * lines), start=1)
    numbered = tuple((str(number), name, role, "") for number, (name, role) in rows)
    columns = ("number", "name", "role", "signature")
    return Part(key="attendance", columns=columns, shares=(0.07, 0.33, 0.25, 0.35), rows=numbered)


def heading(kit: Kit, key: str) -> str:
    """Return the fixed word for a part, a field or a column."""
    return str(messages(kit.language, kit.here)[f"print-record-{key}"])
