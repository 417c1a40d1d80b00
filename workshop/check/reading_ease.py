"""How easy texts are to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from msgspec import Struct

from workshop.check.prose import Passage, in_exercise, in_notes, on_slide, sentences
from workshop.check.syllables import syllables
from workshop.errors import At, Problem, Severity
from workshop.kept import kept
from workshop.model import kit

# A check of reading ease for an audience: the grade of Flesch and Kincaid.
#
# J. P. Kincaid, R. P. Fishburne, R. L. Rogers and B. S. Chissom: Derivation of new readability formulas for Navy
# enlisted personnel, 1975: grade = 0.39 words per sentence + 11.8 syllables per word - 15.59.
ENOUGH = 30  # words
LEEWAY = 1  # grades
UNREAD = frozenset(["cell", "given", "quote"])  # figures in tables, and texts to work on
_TOKEN = re.compile(r"[^\s—–/]+")
_WORDS = re.compile(r"[A-Za-z]+")


class Reading(Struct, frozen=True):
    """Counts of a text.

    Attributes:
        plain: the words whose syllables count, without numbers, abbreviations and explained terms.
    """

    sentences: int = 0
    words: int = 0
    plain: int = 0
    syllables: int = 0

    def __add__(self, other: Reading) -> Reading:
        return Reading(
            self.sentences + other.sentences,
            self.words + other.words,
            self.plain + other.plain,
            self.syllables + other.syllables,
        )

    @property
    def grade(self) -> float:
        """The school year in which it is easy to read; 0 if there are no words."""
        if not self.plain:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.plain - 15.59


def check_reading(
    stages: Iterable[kit.Stage], sheets: Iterable[kit.Sheet], limit: float, audience: str, known: re.Pattern[str] | None
) -> Iterator[Problem]:
    """Yield a warning for each section, and each longer slide, note and exercise, that is too hard to read.

    A section is measured as a whole. A part is measured only if it has at least ``ENOUGH`` words, and with some leeway, since
    the grade of a few words is just an estimate.

    Args:
        limit: the audience's grade.
        audience: its id, for the message.
        known: the glossary's terms.
    """
    tasks: dict[str, list[kit.Exercise]] = {}
    for sheet in sheets:
        tasks.setdefault(sheet.stage, []).extend(sheet.exercises)

    def hard(what: str, found: Reading, at: At, most: float) -> Iterator[Problem]:
        if found.grade > most:
            yield Problem(
                f"{what} reads at grade {found.grade:.1f}; audience '{audience}' reads at {limit:g}",
                at,
                hint="shorter sentences and shorter words",
                code="reading-grade",
                severity=Severity.WARNING,
            )

    for stage in stages:
        total = Reading()
        for what, at, passages in _parts(stage, tasks.get(stage.id, [])):
            texts = tuple(p.text for p in passages if p.slot not in UNREAD)
            found = kept(("reading", texts, known), partial(reading, texts, known))
            total += found
            if found.words >= ENOUGH:
                yield from hard(what, found, at, limit + LEEWAY)
        if total.words >= ENOUGH and stage.slides:
            yield from hard(f"section '{stage.id}'", total, stage.slides[0].at, limit)


def _parts(stage: kit.Stage, exercises: Iterable[kit.Exercise]) -> Iterator[tuple[str, At, Iterable[Passage]]]:
    for slide in stage.slides:
        if not slide.hidden:
            yield "this slide", slide.at, on_slide(slide)
            said = list(in_notes(slide, "say"))
            yield "what is said here", (said[0].at if said else slide.at), said
    for exercise in exercises:
        yield "this exercise", exercise.at, in_exercise(exercise)


def reading(lines: Iterable[str], known: re.Pattern[str] | None = None) -> Reading:
    """Count sentences, words and syllables.

    Args:
        lines: lines of text; the end of each also ends a sentence.
        known: terms that are explained to the audience; they count as words, but their length doesn't.
    """
    total = Reading()
    for line in lines:
        for sentence in sentences(line):
            rest = known.sub(" 0 ", sentence) if known else sentence  # a digit is a word without syllables
            words = [token for token in _TOKEN.findall(rest) if any(c.isalnum() for c in token)]
            plain = [word for word in words if _is_plain(word)]
            heard = sum(syllables(part) for word in plain for part in _WORDS.findall(_joined(word)))
            if words:
                total += Reading(1, len(words), len(plain), heard)
    return total


def _is_plain(token: str) -> bool:
    """Return whether the syllables of a token count: not those of numbers and abbreviations."""
    letters = "".join(_WORDS.findall(token))
    return bool(letters) and not any(c.isdigit() for c in token) and not (len(letters) > 1 and letters.isupper())


def _joined(word: str) -> str:
    return word.replace("'", "").replace("’", "")
