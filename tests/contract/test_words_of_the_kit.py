"""The words of the built-in kit: no term of the method for people who don't need it, and sentences that a listener keeps."""

import re

import pytest
from lxml import etree

from tests.contract import kits
from tests.tiers import few_rows
from workshop.check.prose import in_exercise, on_slide, sentences
from workshop.check.reading_ease import UNREAD, reading

# Words of the method, for engineers; "a bit" is none, nor is being surprised
METHOD = re.compile(
    r"(?<!\ba )\bbits?\b|\bsurpris(?:e|al)s?\b|\bcosines?\b|\bodds\b|\bintervals?\b|\bsuites?\b", re.IGNORECASE
)
TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
VALUE = f"{CHART}v"
SOURCES = frozenset(["Source", "Sources", "Footer"])
GRADE = 8  # a school year
LONGEST = 18  # words of a sentence
PLANS = [(audience, slot) for audience in ("general", "students") for slot in (25, 60, 90, 180)]


def method_words(texts):
    """Return the terms of the method in some texts, each with its text."""
    return [(found[0].lower(), text) for text in texts for found in METHOD.finditer(text)]


def shown(deck):
    """Yield each text on a shown slide, also those of its charts, without the lines that name sources."""
    for slide in deck.slides:
        if slide._element.get("show") == "0":
            continue
        for shape in slide.shapes:
            if not any(word in shape.name for word in SOURCES):
                yield from (t.text or "" for t in shape._element.iter(TEXT))
        for relation in slide.part.rels.values():
            if relation.reltype.endswith("/chart"):
                yield from drawn(etree.fromstring(relation.target_part.blob))


def drawn(chart):
    """Yield the texts that a chart draws; names of series are drawn in a legend alone."""
    unseen = [] if chart.find(f".//{CHART}legend") is not None else list(chart.iter(f"{CHART}ser"))
    names = {v for series in unseen for v in series.iterfind(f"{CHART}tx//{VALUE}")}
    yield from (v.text or "" for v in chart.iter(VALUE, TEXT) if v not in names)


@pytest.fixture
def deck(cache):
    return lambda audience, slot: kits.opened(audience, slot, "light", cache)


@pytest.mark.parametrize(("audience", "slot"), few_rows(PLANS, ("general", 180), ("students", 90)))
def test_no_word_of_the_method_is_on_a_slide_or_in_a_booklet(deck, cache, audience, slot):
    assert method_words(shown(deck(audience, slot))) == []
    assert method_words(kits.pages("booklet.pdf", audience, slot, cache)) == []


@pytest.mark.parametrize("word", ["bits", "surprise", "cosine", "odds", "interval", "suite"])
def test_each_word_of_the_method_put_back_on_a_slide_is_found(deck, word):
    (first, *rest) = shown(deck("general", 180))
    assert [found for found, _ in method_words([f"{first}: the {word} falls", *rest])] == [word]


def booklet(kit):
    """Return the tasks of the class's booklet."""
    return [e for sheet in kit.sheets for e in sheet.exercises if e.booklet and e.id in sheet.in_class]


def lines(kit):
    """Return what is read on shown slides and in the booklet: where, and the line."""
    slides = [(f"slide {s.id}", p) for s in kit.slides if not s.hidden for p in on_slide(s)]
    tasks = [(f"task {e.id}", p) for e in booklet(kit) for p in in_exercise(e)]
    return [(where, p.text) for where, p in (*slides, *tasks) if p.slot not in UNREAD]


def too_long(found):
    """Return the sentences with more words than a listener keeps, each with its place."""
    every = ((where, sentence) for where, text in found for sentence in sentences(text))
    return [(where, sentence) for where, sentence in every if reading([sentence]).words > LONGEST]


def test_the_slides_of_everybody_and_their_booklet_read_at_grade_eight(cache):
    kit = kits.laid_out("general", 180, cache)[0].kit
    slides = {s.id: [p.text for p in on_slide(s) if p.slot not in UNREAD] for s in kit.slides if not s.hidden}
    stages = {stage.id: [line for s in stage.slides for line in slides.get(s.id, ())] for stage in kit.stages}
    hard = {stage: round(reading(found).grade, 1) for stage, found in stages.items() if reading(found).grade > GRADE}
    assert hard == {}
    assert reading([p.text for e in booklet(kit) for p in in_exercise(e) if p.slot not in UNREAD]).grade <= GRADE


def test_no_sentence_of_everybodys_slides_and_booklet_is_longer_than_eighteen_words(cache):
    assert too_long(lines(kits.laid_out("general", 180, cache)[0].kit)) == []


def test_a_longer_sentence_is_found():
    seventeen = " ".join(["word"] * 17)
    assert too_long([("slide a", f"{seventeen} ends.")]) == []
    assert too_long([("slide a", f"It ends. Here {seventeen} ends.")]) == [("slide a", f"Here {seventeen} ends.")]
