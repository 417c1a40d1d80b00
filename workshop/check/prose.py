"""The words that people read on slides and sheets or hear from the facilitator, line by line, with their places.

Counting syllables of English words by their spelling.

The count is that of groups of vowel letters, minus silent e, plus adjacent vowels that are both pronounced. Compared with
the CMU Pronouncing Dictionary it is right for 99 of 100 words of running text. Hyphenation patterns do worse, since they
leave out every break that a printer wouldn't make.

    >>> [syllables(word) for word in ("trained", "tested", "somebody", "idea", "special", "little")]
    [1, 2, 3, 3, 2, 2]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from importlib.resources import files
from itertools import chain, pairwise
from types import MappingProxyType

from msgspec import Struct

from workshop.constructs.table import BY_BLOCK, CONSTRUCTS
from workshop.errors import At, Problem, Severity
from workshop.kept import kept
from workshop.layouts import traits
from workshop.model import blocks as model_blocks
from workshop.model import kit
from workshop.model.meta import Term
from workshop.wording.messages import own_yaml

# ---------------------------------------------------------------- prose
ENGINE_SLOTS = frozenset(["mode", "minutes", "unit", "label", "claim-label", "reply-label", "numeral", "measure"])
WORKS_SLOTS = frozenset(["who", "version", "scope"])  # the words of sources.yaml
QUOTED = frozenset(construct.name for construct in CONSTRUCTS if construct.quoted)  # slots with words that others say
_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[“\"‘(]?[A-Z\d])|\v")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’")


class Passage(Struct, frozen=True):
    """One line of text.

    Attributes:
        slot: its placeholder; "title" for titles, the kind of a note, "task", "hint" or "solution".
        marked: words in bold, in italics or in the accent colour; ``text`` has no code, formulas or indices.
    """

    text: str
    at: At
    slot: str
    marked: tuple[str, ...] = ()


def on_slide(slide: kit.Slide) -> Iterator[Passage]:
    """Yield the author's words on a slide, title first, without words of the engine, of demos and of sources."""
    if slide.title and not slide.continued:
        yield _passage(slide.title, slide.at, "title")
    for name, blocks in slide.slots:
        if name not in ENGINE_SLOTS and name not in WORKS_SLOTS:
            yield from in_blocks(blocks, slide.at, name)


def in_notes(slide: kit.Slide, *kinds: str) -> Iterator[Passage]:
    """Yield the lines of some kinds of a slide's notes."""
    for note in slide.notes:
        if note.kind in kinds:
            yield from in_blocks((note.prose,), slide.at, note.kind)


def in_exercise(exercise: kit.Exercise) -> Iterator[Passage]:
    """Yield the parts of an exercise that participants read."""
    yield from in_blocks(exercise.task, exercise.at, "task")
    yield from in_blocks(exercise.hint, exercise.at, "hint")


def in_blocks(blocks: Iterable[model_blocks.Block], at: At, slot: str) -> Iterator[Passage]:
    """Yield every line of text of some blocks; a demo's tables, charts and code contain none of the author's words."""
    for block in blocks:
        match block:
            case model_blocks.Prose(lines):
                yield from (_passage(line.runs, line.at if line.at.line else at, slot) for line in lines)
            case model_blocks.Choices(options):
                yield from (_passage(option, block.at, slot) for option in options)
            case model_blocks.Panel(title, inner, panel_at):
                construct = BY_BLOCK[type(block)]
                if title and not construct.quoted:
                    yield Passage(title, panel_at, slot)
                yield from in_blocks(inner, panel_at, construct.name if construct.quoted else slot)
            case model_blocks.Diagram(steps=steps):
                yield from (Passage(f"{step.name}: {step.gloss}", block.at, slot) for step in steps)
            case model_blocks.ShownTable() if not block.name:
                cells = (cell for row in (block.header, *block.rows) for cell in row)
                yield from (_passage(cell, block.at, "cell") for cell in cells if cell)
            case _:
                pass


def _passage(runs: model_blocks.Runs, at: At, slot: str) -> Passage:
    unread = (run.code or run.strike or run.script or run.formula is not None for run in runs)
    text = "".join(" " if skipped else run.text for run, skipped in zip(runs, unread, strict=True))
    marked = tuple(run.text for run in runs if run.strong or run.emphasis or run.accent)
    return Passage(text, at, slot, marked)


def sentences(text: str) -> list[str]:
    """Return the sentences of a line; a line without a full stop is one sentence.

    >>> sentences("It said “no.” Why? We ask 3.5 times")
    ['It said “no.”', 'Why?', 'We ask 3.5 times']
    """
    ends = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    parts = [text[start:end].strip() for start, end in pairwise(ends)]
    return [part for part in parts if part]


def unquoted(text: str) -> str:
    """Return a text without what is in quotation marks.

    >>> unquoted("Somebody says “it knows” and is wrong")
    'Somebody says … and is wrong'
    """
    return _QUOTED.sub("…", text)


# ---------------------------------------------------------------- words
# Word lists of the style check: one file per language, beside this module.
class Words(Struct, frozen=True, kw_only=True):
    """What the style check knows about one language.

    Attributes:
        grade: whether the reading-grade formula applies to it.
        pronouns: words for a noun of the previous sentence.
        helpers, relatives: words that may be between a noun and its verb.
        denials: words of denial.
        clitics: endings of denial.
        adverbs: a pattern for adverbs.
        abbreviations: abbreviations that need no explanation.
        explains: words between a term and its explanation.
        named: words between an explanation and its term.
        compares, ranks, counts: patterns for words that compare, that rank, and that express a quantity.
        doubles: words that may stand twice in a row.
        verbs: words that end like a plural and follow a 1: "1 costs more".
        numbered: words before a number that is a name: "in round 1 words count".
        numbers: number words, and what they count.
        before: words that may begin a sentence before a number, so that their capital doesn't make a name of both.
    """

    grade: bool = False
    pronouns: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()
    relatives: tuple[str, ...] = ()
    clitics: tuple[str, ...] = ()
    adverbs: str = r"\b\B"
    abbreviations: tuple[str, ...] = ()
    explains: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    compares: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    doubles: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    numbers: Mapping[str, int] = MappingProxyType({})
    before: tuple[str, ...] = ()


@cache
def words_for(language: str) -> Words | None:
    """Return the words for a language tag such as ``en-GB``; ``None`` if there are none."""
    path = files("workshop") / "check" / f"{language.split('-', maxsplit=1)[0].lower()}.yaml"
    if not path.is_file():
        return None
    read = own_yaml(path.read_text("utf-8"))
    grade, adverbs = bool(read.pop("grade", False)), str(read.pop("adverbs"))
    numbers = {word: int(number) for word, number in read.pop("numbers", {}).items()}
    return Words(
        grade=grade, adverbs=adverbs, numbers=numbers, **{key: tuple(map(str, value)) for key, value in read.items()}
    )


# ---------------------------------------------------------------- syllables
_GROUPS = re.compile(r"[aeiouy]+")
_LETTERS = re.compile(r"[^a-z]")
_ENDINGS = (
    "ly|ness|less|ful|ments?|things?|body|where|times?|works?|books?|lines?|hand|tables?|day|one|man|self|ways?|tell"
)
_SILENT = re.compile(
    rf"(?<=[^aeiouy])e(?=(?:{_ENDINGS})$)"  # likely, somebody
    r"|(?<=[^aeiouy])e(?=s?$)"  # like, likes
    r"|(?<=[^aeiouydt])e(?=d$)"  # liked, but not wanted
    r"|(?<=[aeo]y)e(?=d$)|(?<=[qg]u)e(?=s?$)"  # played, dialogue
    r"|(?<=^ev)e(?=ry)"
)
_HEARD = re.compile(r"[^aeiouyl]les?$|(?:[scxzg]|[sc]h)es$|[^aeiouyl]led$")  # little, pages, doubled
_APART = re.compile(
    r"(?<![ctsx])ia|i(?:o(?!n|us)|um|er|et)"  # bias, material, period, medium, earlier
    r"|[aeiouy]ing|(?<=[aeou])y(?=[aeiou](?!d$))"  # going, layer
    r"|(?<![qg])u(?:a|ent|ence|ity|ous)|uine"  # usual, fluent, genuine
    r"|e(?:o(?!ple)|as?$)|oe[tm]|ism$|dred$|eative"  # video, idea, poem, hundred
)


def syllables(word: str) -> int:
    """Return the number of syllables of an English word, at least one; only its letters matter."""
    letters = _LETTERS.sub("", word.lower())
    count = len(_GROUPS.findall(letters)) - len(_SILENT.findall(letters)) + len(_APART.findall(letters))
    return max(1, count + bool(_HEARD.search(letters)))


# ---------------------------------------------------------------- reading
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


# ---------------------------------------------------------------- terms
# A check for glossary terms on slides before they are explained.
#
# A term counts as explained from the section that its entry names, or, if the entry has ``explained: slide``, from that
# slide. Earlier slides may use it only with a gloss: in bold or italics, with its meaning in brackets or
# after a colon, or in a sentence on the slide or in its notes, such as "this is called …" or "a … is …". A
# gloss explains the term for all following slides. An entry with ``everyday: yes`` is a word that everybody knows.
_BRACKETS = re.compile(r"(?<!\s)\s*+[()]\s*+")
SHORTEST = 2
DEFINING = ("say", "reply")
FOREIGN = QUOTED | {"claim", "options"}


def forms(term: Term) -> tuple[str, ...]:
    """Return the names of a term: "likeness (Jaccard)" has likeness and Jaccard; a single letter doesn't count."""
    return tuple(form for form in _BRACKETS.split(term.term) if len(form) >= SHORTEST)


@cache
def pattern(wordings: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return a pattern for any of some names, singular or plural; case matters only for names in capitals."""
    if not wordings:
        return None
    parts = (
        rf"{re.escape(w)}s?" if w.isupper() else rf"(?i:{re.escape(w)})(?:e?s)?"
        for w in sorted(wordings, key=lambda w: (-len(w), w))
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])")


def known_words(terms: Iterable[Term]) -> re.Pattern[str] | None:
    """Return a pattern for every term of a glossary."""
    return pattern(tuple(form for term in terms for form in forms(term)))


def check_terms(
    slides: Iterable[kit.Slide], terms: Iterable[Term], order: tuple[str, ...], words: Words
) -> Iterator[Problem]:
    """Yield a warning for the first slide that uses a term too soon.

    Args:
        slides: the slides that are shown, in the plan's order.
        order: ids of all sections, in the kit's order.
    """
    shown = list(slides)
    ids = {slide.id for slide in shown}
    waiting = {
        term: found for term in terms if not term.everyday and term.stage in order and (found := pattern(forms(term)))
    }
    place = {stage: index for index, stage in enumerate(order)}
    for slide in shown:
        passages = [(p, unquoted(p.text)) for p in on_slide(slide) if p.slot not in FOREIGN]
        whole = "\n".join(text for _, text in passages)
        for term, found in list(waiting.items()):
            if "divides" in traits(slide.layout) and slide.stage == term.stage:
                continue  # a section's opening may name what it will explain
            if slide.id == term.explained or _reached(slide, term, place, ids):
                del waiting[term]
            elif match := found.search(whole):
                del waiting[term]  # one warning per term is enough
                if not glossed(slide, found, words):
                    yield Problem(
                        f"'{match.group()}' is used before it is explained",
                        next(p.at for p, text in passages if found.search(text)),
                        hint=f"use plain words or explain it here; {_where(term)}",
                        code="early-term",
                        severity=Severity.WARNING,
                    )


def _reached(slide: kit.Slide, term: Term, place: dict[str, int], ids: set[str]) -> bool:
    if term.explained in ids:
        return False
    return place.get(slide.stage, -1) >= place[term.stage]


def _where(term: Term) -> str:
    return f"slide '{term.explained}' explains it" if term.explained else f"it belongs to section '{term.stage}'"


def glossed(slide: kit.Slide, found: re.Pattern[str], words: Words) -> bool:
    """Return whether a slide explains a term: by its look, on the slide, or in its notes."""
    passages = [*on_slide(slide), *in_notes(slide, *DEFINING)]
    if any(found.search(mark) for passage in passages for mark in passage.marked):
        return True
    return any(_defines(sentence, found, words) for p in passages for sentence in sentences(p.text))


def _defines(sentence: str, found: re.Pattern[str], words: Words) -> bool:
    for match in found.finditer(sentence):
        before, after = sentence[: match.start()].rstrip(' “"(:,'), sentence[match.end() :]
        if sentence[: match.start()].rstrip(' “"').endswith("(") or re.match(r"[”\"]?\s*[(:]", after):
            return True
        if re.match(rf"[”\"]?,? (?:{'|'.join(words.explains)})\b", after):
            return True
        if re.search(rf"\b(?:{'|'.join(words.named)})(?: \w+)?$", before):
            return True
    return False


# ---------------------------------------------------------------- abbreviations
# A check for abbreviations that are never spelled out.
#
# The language's list, kit.yaml (``abbreviations:``) and the glossary have abbreviations that are known; any other must be
# spelled out on a slide, at or before its first use: "direct preference optimisation (DPO)" or "DPO, direct preference
# optimisation". Names with a number (GPT-4) are names, and a word in capitals that the kit also writes in small letters
# (HOLD, hold) is just emphasis.
ABBREVIATION = re.compile(r"(?<![\w-])(?=(?:\w*[A-Z]){2})[A-Z][A-Z0-9]{1,5}(?=s?(?!\w))(?!-?\d)")
ROMAN = re.compile(r"[IVX]+")
SMALL = re.compile(r"\b[a-z]{2,6}\b")
SKIPPED = QUOTED | {"claim"}


def check_abbreviations(
    slides: Iterable[kit.Slide], sheets: Iterable[kit.Sheet], known: Iterable[str], terms: Iterable[Term]
) -> Iterator[Problem]:
    """Yield a warning for the first use of each abbreviation that is not explained."""
    told = {*known, *(short for term in terms for short in ABBREVIATION.findall(f"{term.term} {term.definition}"))}
    exercises = (exercise for sheet in sheets for exercise in sheet.exercises)
    pages = [list(page) for page in chain(map(on_slide, slides), map(in_exercise, exercises))]
    small = {word for page in pages for passage in page for word in SMALL.findall(passage.text)}
    for page in pages:
        passages = [p for p in page if p.slot not in SKIPPED]
        told |= {short for p in passages for short in ABBREVIATION.findall(p.text) if written_out(short, p.text)}
        for passage in passages:
            for short in ABBREVIATION.findall(passage.text):
                if short not in told and short.lower() not in small and not ROMAN.fullmatch(short):
                    told.add(short)
                    yield Problem(
                        f"'{short}' is never spelled out",
                        passage.at,
                        hint=f"spell it out once, followed by ({short}); or name it in glossary.yaml, or in kit.yaml "
                        "under abbreviations:",
                        code="abbreviation",
                        severity=Severity.WARNING,
                    )


def written_out(short: str, text: str) -> bool:
    """Return whether the words for an abbreviation, with its letters as their initials, are beside it.

    >>> written_out("DPO", "Direct preference optimisation (DPO) needs no reward model")
    True
    >>> written_out("DPO", "The newer way (DPO) needs no reward model")
    False
    """
    letters = [letter for letter in short.lower() if letter.isalpha()]
    for match in re.finditer(rf"\b{re.escape(short)}s?\b", text):
        before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
        if before.endswith(("(", "[", ",", ":")) and _spells(_initials(before)[-2 * len(letters) :], letters):
            return True
        if after.startswith(("(", "[", ",", ":", "–", "=")) and _spells(_initials(after)[: 2 * len(letters)], letters):
            return True
    return False


def _initials(text: str) -> str:
    return "".join(word[0].lower() for word in re.findall(r"[A-Za-z]+", text))


def _spells(initials: str, letters: list[str]) -> bool:
    """Return whether the letters are among the initials in order; small words may be between them."""
    rest = iter(initials)
    return all(letter in rest for letter in letters)
