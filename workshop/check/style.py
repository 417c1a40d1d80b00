"""A check of a kit's style: things that a room or a facilitator would stumble over, and words of a world that would be false in another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from workshop.errors import At, Problem, Severity
from workshop.layout.laid import LaidOut
from workshop.layouts import traits
from workshop.model import blocks as model_blocks
from workshop.model import kit
from workshop.model.rooms import has_paper
from workshop.model.source import Content

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
    paper = has_paper(laid.kit.room)  # what is on slides in its place has the words of sheets
    slides = [slide for slide in laid.kit.slides if not slide.hidden and (paper or not slide.continued)]
    found: list[Problem] = []
    if content.policy.unknown == "error":
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
    from workshop.check.abbreviations import ABBREVIATION, check_abbreviations
    from workshop.check.check_words import Words, words_for
    from workshop.check.nonsense import check_sense
    from workshop.check.person_verbs import check_person_verbs
    from workshop.check.reading_ease import check_reading
    from workshop.check.sentences import check_claims, check_counted
    from workshop.check.terms import check_terms, known_words

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
