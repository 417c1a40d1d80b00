"""A check of a kit's style: things that a room or a facilitator would stumble over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from workshop.errors import At, Problem, Severity
from workshop.layout.laid import LaidOut
from workshop.layouts import traits
from workshop.model import kit
from workshop.model.source import Content

MOST_WORDS = 40
SAME_LAYOUT = 3  # most slides in a row
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
TOPICS = frozenset(
    ["introduction", "agenda", "overview", "summary", "outline", "background", "questions", "discussion", "conclusion"]
)


def check_kit(laid: LaidOut, content: Content) -> tuple[Problem, ...]:
    """Return warnings on titles, words, notes, minutes, rhythm and wording.

    For a single file, only titles that are used twice are reported.
    """
    slides = [slide for slide in laid.kit.slides if not slide.hidden]
    found = list(_twice(slides))
    if content.is_kit:
        for slide in slides:
            found.extend(_slide(slide))
        found.extend(_rhythm(slides))
        found.extend(_wording(slides, laid.kit, content))
    return tuple(found)


def _wording(slides: list[kit.Slide], shown: kit.Kit, content: Content) -> Iterator[Problem]:
    """Check the wording, with the kit's own list and the lists for its language; a talk imports none of this."""
    from workshop.check.abbreviations import ABBREVIATION, check_abbreviations
    from workshop.check.claims import check_claims
    from workshop.check.person_verbs import check_person_verbs
    from workshop.check.reading import check_reading
    from workshop.check.terms import check_terms, known_words
    from workshop.check.words import Words, words_for

    words = words_for(shown.language)
    if content.style is not None:
        yield from check_person_verbs(slides, shown.sheets, content.style, words or Words())
    if words is None:
        return
    yield from check_claims(content, shown.audience, words)
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
        kinds = {note.kind for note in slide.notes}
        if missing := [name.capitalize() for name in ("say", "next") if name not in kinds]:
            yield _warn(
                f"the notes have no {' and no '.join(missing)}", slide.at, "write **Say** … and **Next** …", "notes"
            )
        if not slide.minutes:
            yield _warn("this slide takes no time", slide.at, "give it minutes=", "minutes")


def body_words(slide: kit.Slide) -> int:
    """Return the number of words of running text on a slide, without tables, charts, labels and asides."""
    return sum(
        block.words
        for name, blocks in slide.slots
        if name not in ASIDE
        for block in blocks
        if isinstance(block, kit.Prose)
    )


def _rhythm(slides: list[kit.Slide]) -> Iterator[Problem]:
    run = 0
    for before, slide in zip([None, *slides], slides, strict=False):
        run = run + 1 if before is not None and before.layout == slide.layout else 1
        if run == SAME_LAYOUT + 1:
            yield _warn(
                f"{run} slides in a row have the layout '{slide.layout}'",
                slide.at,
                "put another kind between them",
                "rhythm",
            )
