"""A check of a kit's style: things that a room or a facilitator would stumble over, and words of a world that would be false in another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from workshop.constructs.table import DIVS
from workshop.errors import At, Problem, Report, Severity, did_you_mean
from workshop.inputs.worlds import FILE, FOLDER, read_world
from workshop.layout.laid import LaidOut
from workshop.layouts import traits
from workshop.model import blocks as model_blocks
from workshop.model import kit
from workshop.model.markup import Div
from workshop.model.request import PAPER
from workshop.model.source import (
    Content,
    ExerciseSource,
    SlideSource,
    exhibit_runs,
    seen_sheets,
    seen_slides,
    seen_stages,
    taught,
    visible,
)

# ---------------------------------------------------------------- kit
MOST_WORDS = 40
NO_KNOBS: Mapping[str, Mapping[str, int]] = MappingProxyType({})
ASIDE = frozenset(
    [
        "mode",
        "minutes",
        "unit",
        "measure",
        "label",
        "claim-label",
        "reply-label",
        "hint",
        "materials",
        "who",
        "version",
        "scope",
        "numeral",
        "question",
        "exit-ticket",
    ]
)
# A letter that stands for an option: any of B to D as a word, or an A that isn't the article
LETTER = re.compile(r"(?<![\w'’])(?:[B-D]|A(?=[.,:;?!)\"”]|\s(?:and|or)\b))(?![\w'’-])")
TOPICS = frozenset(
    ["introduction", "agenda", "overview", "summary", "outline", "background", "questions", "discussion", "conclusion"]
)


def check_kit(
    laid: LaidOut, content: Content, defaults: Mapping[str, Mapping[str, int]] = NO_KNOBS
) -> tuple[Problem, ...]:
    """Return warnings on titles, words, notes, minutes and wording.

    A single file has none of them.

    Args:
        laid: the kit as it is shown.
        content: the kit as it is written.
        defaults: demo -> each of its knobs that takes whole numbers -> its default.
    """
    paper = laid.kit.room == PAPER  # what is on slides in its place has the words of sheets
    slides = [slide for slide in laid.kit.slides if not slide.hidden and (paper or not slide.continued)]
    found: list[Problem] = []
    if content.is_kit:
        found.extend(_twice(slides))
        for slide in slides:
            found.extend(_slide(slide))
        found.extend(_bet_letters(slides))
        found.extend(_wording(slides, laid.kit, content, defaults))
    return tuple(found)


def _wording(
    slides: list[kit.Slide], shown: kit.Kit, content: Content, defaults: Mapping[str, Mapping[str, int]]
) -> Iterator[Problem]:
    """Check the wording, with the kit's own list and the lists for its language; a talk imports none of this."""
    from workshop.check.prose import (
        ABBREVIATION,
        Words,
        check_abbreviations,
        check_reading,
        check_terms,
        known_words,
        words_for,
    )
    from workshop.check.sentences import check_claims, check_counted, check_person_verbs, check_sense

    words = words_for(shown.language)
    if content.style is not None:
        yield from check_person_verbs(slides, shown.sheets, content.style, words or Words())
    if words is None:
        return
    yield from check_claims(content, shown.audience, words)
    yield from check_counted(content, shown.audience, words, defaults)
    yield from check_sense(slides, shown.sheets, words)
    order = tuple(stage.id for stage in content.stages)
    named = ABBREVIATION.findall(" ".join(content.variables.values()))  # --var client="ACME" is a name
    limit = next((a.meta.reading_grade for a in content.audiences if a.id == shown.audience), 0)
    if words.grade and limit:
        yield from check_reading(shown.stages, shown.sheets, limit, shown.audience, known_words(content.glossary))
    yield from check_terms(slides, content.glossary, order, words)
    yield from check_abbreviations(
        slides, shown.sheets, (*words.abbreviations, *content.meta.abbreviations, *named), content.glossary
    )


def _warn(message: str, at: At, hint: str, code: str) -> Problem:
    return Problem(message, at, hint=hint, code=code, severity=Severity.WARNING)


def _twice(slides: Iterable[kit.Slide]) -> Iterator[Problem]:
    titles = [slide for slide in slides if slide.title_text and not slide.continued]
    counts = Counter(slide.title_text for slide in titles)
    seen: set[str] = set()
    for slide in titles:
        if counts[slide.title_text] > 1 and slide.title_text in seen:
            yield _warn(
                f"the title '{slide.title_text}' is used twice",
                slide.at,
                "say what is different here",
                "duplicate-title",
            )
        seen.add(slide.title_text)


def _slide(slide: kit.Slide) -> Iterator[Problem]:
    if slide.works:
        return
    title = slide.title_text.strip()
    if "bare" not in traits(slide.layout):
        if not title:
            yield _warn("this slide has no title", slide.at, "say its finding in one sentence", "no-title")
        elif title.lower().strip("?!.") in TOPICS or len(title.split()) < 3:
            yield _warn(f"the title '{title}' names a topic", slide.at, "say what the slide shows", "topic-title")
        elif title.endswith(".") and not title.endswith("…"):
            yield _warn("this title ends with a full stop", slide.at, "take it out", "full-stop")
        words = 0 if slide.quiz == "answers" else body_words(slide)  # its answers are read out one by one
        if words > MOST_WORDS:
            yield _warn(
                f"{words} words on one slide, {words - MOST_WORDS} too many",
                slide.at,
                "move some to the notes, or split it",
                "words",
            )
    if "large-title" not in traits(slide.layout) and not slide.continued:
        if not any(note.kind == "say" for note in slide.notes):
            yield _warn("the notes have no Say", slide.at, "write **Say** …", "notes")
        if not slide.minutes:
            yield _warn("this slide takes no time", slide.at, "give it minutes=", "minutes")


def body_words(slide: kit.Slide) -> int:
    """Return the number of words of running text on a slide, without tables, charts, labels and asides."""
    return sum(
        block.words
        for name, blocks in slide.slots
        if name not in ASIDE
        for block in blocks
        if isinstance(block, model_blocks.Prose)
    )


def _bet_letters(slides: list[kit.Slide]) -> Iterator[Problem]:
    """Warn of notes that name an option of a bet by its letter, which changes when options change places."""
    bets = {slide.id for slide in slides if "asks" in traits(slide.layout)}
    for slide in (slide for slide in slides if slide.id in bets or bets & set(slide.answers)):
        for line in (line for note in slide.notes for line in note.prose.lines):
            if named := LETTER.search(line.text):
                hint = "name it by its words, since options may change places"
                yield _warn(f"the notes name an option as {named[0]}", line.at, hint, "bet-letter")


# ---------------------------------------------------------------- coverage
# Coverage of the subject: the slides, demos, exercises and check questions for each point.
ASKING = frozenset({"hands", "thumbs", "bet"})  # ways in which a room answers


class Row(Struct, frozen=True, kw_only=True):
    """One point with the ids of everything that teaches, practises and checks it."""

    id: str
    text: str
    slides: tuple[str, ...]
    demos: tuple[str, ...]
    exercises: tuple[str, ...]
    questions: tuple[str, ...]


def rows(content: Content, audience: str = "") -> tuple[Row, ...]:
    """Return one row per point, in the order of ``points.yaml``.

    Args:
        content: the kit.
        audience: id of the audience whose slides and exercises count; "" for all.
    """
    if audience:
        stages = seen_stages(content, audience)
        slides = [slide for stage in stages for slide in seen_slides(stage, audience)]
        sheets = seen_sheets(content, stages)
        exercises = [e for sheet in sheets for e in sheet.exercises if visible(e.attrs, audience)]
    else:
        slides = [slide for stage in content.stages for slide in stage.slides]
        exercises = [exercise for sheet in content.sheets for exercise in sheet.exercises]
    named = {run.name: run.demo for stage in content.stages for run in stage.runs}
    found = []
    for point in content.points:
        mine = [s for s in slides if point.id in taught(s.attrs)]
        demos = dict.fromkeys(named.get(name, name) for s in mine for name in _runs(s))
        found.append(
            Row(
                id=point.id,
                text=point.text,
                slides=tuple(dict.fromkeys(s.id for s in mine)),
                demos=tuple(demos),
                exercises=tuple(dict.fromkeys(e.id for e in exercises if point.id in taught(e.attrs))),
                questions=tuple(dict.fromkeys(s.id for s in mine if _asks(s))),
            )
        )
    return tuple(found)


def check_points(content: Content) -> tuple[Problem, ...]:
    """Return problems: points that no slide teaches, and unknown points."""
    report = Report()
    if not content.points:
        return ()
    ids = {point.id for point in content.points}
    parts: list[SlideSource | ExerciseSource] = [slide for stage in content.stages for slide in stage.slides]
    parts += [exercise for sheet in content.sheets for exercise in sheet.exercises]
    for part in parts:
        for name in taught(part.attrs):
            if name not in ids:
                report.error(f"there is no point '{name}'", part.at, did_you_mean(name, ids), "unknown-point")
    for point, row in zip(content.points, rows(content), strict=True):
        if not row.slides:
            # if an overlay drops slides, that may be on purpose
            note = report.advise if content.overlays else report.warn
            note(f"no slide teaches point {point.id}", point.at, f"write teaches={point.id} on one", "point")
    return tuple(report.found)


def as_markdown(content: Content) -> str:
    """Return the table of ``list points``."""
    lines = ["| point | taught by | demo | exercise | asked on |", "|---|---|---|---|---|"]
    for row in rows(content):
        cells = [
            f"**{row.id}** {row.text}",
            *(", ".join(names) or "–" for names in (row.slides, row.demos, row.exercises, row.questions)),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _runs(slide: SlideSource) -> Iterator[str]:
    for name, _ in exhibit_runs(slide.blocks, ""):
        yield name


def _asks(slide: SlideSource) -> bool:
    divs = (DIVS[block.name] for block in slide.blocks if isinstance(block, Div) and block.name in DIVS)
    asks = "quiz" in slide.attrs or slide.attrs.get("does") in ASKING
    return asks or any("checks" in traits(name) for name in (slide.attrs.get("layout"), *(div.layout for div in divs)))


_WORD = re.compile(r"[a-z]{2,14}")
_SAID = re.compile(r"(?<![\w-])[A-Za-z]+(?![\w-])")
_SKIPPED = re.compile(
    r"\{\{.*?\}\}|\{[#.:\w][^{}\n]*\}|\(#[^)\n]*\)|(?<=/)[\w.-]+", re.DOTALL
)  # values, attributes, links
NAMED = ("name", "a")  # keys with more than a word, of which each counts
WHOLE = ("sentences", "like", "ask", "our")  # keys whose words are everybody's
ENDINGS = ("", "s", "es")
SMALL = frozenset({"a", "an", "the", "of"})
OTHERS = ("kit.yaml", "style.yaml", "sources.yaml", "frameworks.yaml")  # files that nobody reads out


def check_worlds(content: Content) -> Iterator[Problem]:
    """Yield an error for each word of a ready world in a text of the kit that isn't in an overlay or in a world itself."""
    home = content.root / FOLDER
    words = {word for path in sorted(home.glob(f"*/{FILE}")) for word in words_of(path.parent)}
    if not words:
        return
    allowed = set(content.style.allowed) if content.style is not None else set()
    said = {word + ending for word in words for ending in ENDINGS}
    for name in content.files:
        path = Path(name)
        outside = any(
            path.resolve().is_relative_to(top.resolve()) for top in (home, *content.worlds, *content.overlays)
        )
        if outside or path.name in OTHERS or not path.is_file():
            continue
        text = _SKIPPED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), path.read_text("utf-8"))
        for number, line in enumerate(text.split("\n"), 1):
            for found in _SAID.finditer("" if path.suffix == ".yaml" and line.lstrip().startswith("#") else line):
                if (word := found[0]).lower() in said and word not in allowed and word.lower() not in allowed:
                    hint = "write {{ world.… }}, say it in other words, or add it to allowed: in style.yaml"
                    yield Problem(
                        f"{word!r} is a word of one world", At(name, number, found.start() + 1), hint, "world-word"
                    )


def words_of(folder: Path) -> set[str]:
    """Return the words of a world that belong to it alone: its roles, and those of its name."""
    value = read_world(folder).value
    parts = [word for key in NAMED for word in str(value.get(key, "")).split() if word not in SMALL]
    roles = _leaves({key: part for key, part in value.items() if key not in (*NAMED, *WHOLE)})
    return {word for word in (*parts, *roles) if _WORD.fullmatch(word)}


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for part in value.values() if isinstance(value, dict) else value:
            yield from _leaves(part)
