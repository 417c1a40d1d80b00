"""Tests libraries, chapters and rooms on other subjects: the kit's own world never appears on slides about them."""

import re
from math import inf
from pathlib import Path

import pytest

from tests.ai_models.garden import FOLDER, WORLD
from tests.contract import kits
from tests.tiers import few_rows
from workshop.ai_models.register import kit_folder
from workshop.ai_models.toys.embedding import Embedding, stem
from workshop.ai_models.toys.keyword import content_words
from workshop.build import plan
from workshop.check.nonsense import told
from workshop.errors import Severity
from workshop.inputs.spelling import words
from workshop.model.request import Request
from workshop.model.walk import names_in, seen_slides, seen_stages
from workshop.plugins.registry import standard_registry

HERE = Path(__file__).parent.parent / "fixtures" / "worlds"
# World -> its files for each slot. The rooms: one prefers bluffs, one has three people, one is unanimous
WORLDS = {
    "harbour": {
        ("retrieval", "library"): "harbour/library.md",
        ("retrieval", "questions"): "harbour/questions.csv",
        ("trigram", "text"): "harbour/chapter.txt",
        ("votes", "ballots"): "rooms/bluffs.txt",
    },
    "ward": {
        ("retrieval", "library"): "ward/library",
        ("retrieval", "questions"): "ward/questions.csv",
        ("retrieval", "independent"): "ward/independent.csv",
        ("trigram", "text"): "ward/chapter.txt",
        ("votes", "ballots"): "rooms/three.txt",
    },
    "bakery": {
        ("retrieval", "library"): "bakery/library.yaml",
        ("trigram", "text"): "bakery/chapter.txt",
        ("votes", "ballots"): "rooms/unanimous.txt",
    },
}
ONCE = [("harbour", "general"), ("ward", "students"), ("bakery", "executives"), ("harbour", "engineers")]
REST = [(world, audience) for world in WORLDS for audience in kits.AUDIENCES if (world, audience) not in ONCE]
ALL = [*few_rows(ONCE, *ONCE[:2]), *(pytest.param(*pair, marks=pytest.mark.slow) for pair in REST)]
OWN = {"trigram": (), "retrieval": ("library.md", "questions.yaml", "strangers.yaml")}  # files of the garden
RARE = 7.7  # log of a word's rarity in the dictionary's entries: "shed" is rare, "people" isn't
COMMON = {"beside", "discount", "ticket", "toy", "twenty", "vice", "workshop"}  # rare there, but used on any subject
ONE_OF_MANY = re.compile(r"(?<![\d.,])1 (?:votes|times|sentences|questions|cards|picks|words|people|answers)\b")
MARKUP = re.compile(r"\*\*|\{\{|\]\{|\{(?:claim|for|needs)=|(?<=[^\s._□■])  +(?=[a-z])")


def file_words(path):
    """Return the words of a file or folder, comments left out."""
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    return {word for line in lines if not line.startswith(("//", "# ")) for word in words(line)}


def own_world(demo):
    """Return the words in the kit's own data for a demo that are rare in English, judged by a dictionary's entries."""
    read = {word for part in WORLD.rounds().items for sentence in part for word in words(sentence)}
    kit = {word for name in OWN[demo] for word in file_words(FOLDER / name)} or read
    space = Embedding.read()
    rarity = {word: space.rarity[space.index[stem(word)]] for word in kit if space.knows(word)}
    return {word for word in kit - COMMON if content_words(word) and rarity.get(word, inf) > RARE}


def about(audience):
    """Return id of a slide or exercise -> the demos whose facts or exhibits it shows, or tests a sentence by."""
    content, found = kits.content(), {}
    demo_of = {run.name: run.demo for stage in content.stages for run in stage.runs}
    for stage in seen_stages(content, audience):
        for slide in seen_slides(stage, audience):
            found[slide.id] = {name for name, _ in names_in(slide, audience)}
    for sheet in content.sheets:
        for exercise in sheet.exercises:
            found[exercise.id] = {exercise.attrs.get("from"), *(name for name, _ in names_in(exercise, audience))}
    return {part: {demo_of.get(name, name) for name in names} for part, names in found.items()}


def parts(kit):
    """Return id -> text of every slide with its notes, and of every exercise with its key."""
    shown = {s.id: (s.title, s.slots, s.notes, s.toy) for stage in kit.stages for s in stage.slides}
    shown |= {e.id: (e.title, e.task, e.hint, e.solution) for sheet in kit.sheets for e in sheet.exercises}
    return {name: "\n".join(line for line, _ in told(part)) for name, part in shown.items()}


def made(world, audience, cache, **options):
    data = {slot: HERE / file for slot, file in WORLDS[world].items()}
    request = Request(audience=audience, minutes=kits.ALL, cache=cache, data=data, **options)
    return plan(kit_folder(), request, standard_registry(), base=None)


@pytest.mark.broad
@pytest.mark.parametrize(("world", "audience"), ALL)
def test_slides_notes_sheets_and_keys_about_own_data_have_no_word_of_the_kits_world(world, audience, cache):
    kit, problems = made(world, audience, cache)
    assert [str(p) for p in problems if p.severity > Severity.ADVICE] == []
    said, demos = parts(kit), about(audience)
    mine = {word for file in WORLDS[world].values() for word in file_words(HERE / file)}
    foreign = {demo: own_world(demo) - mine for demo in ("trigram", "retrieval")}
    if ("retrieval", "questions") not in WORLDS[world]:
        foreign["retrieval"] = set()  # the garden's library is the example then, and said to be
    foreign["votes"] = set()  # a room votes on the kit's own rounds
    speaking = [name for name in said if demos.get(name, set()) & set(foreign)]
    if (
        "The library of a community garden" in said["be-assistant"]
    ):  # a kind of question is missing, and the sheet says so
        speaking = [name for name in speaking if name not in {"be-assistant", "be-answer"}]
    assert len(speaking) > 20
    found = {}
    for name in speaking:
        strange = set().union(*(foreign[demo] for demo in demos[name] & set(foreign)))
        text = said[name]
        found[name] = sorted(strange & set(words(text))) + ONE_OF_MANY.findall(text) + MARKUP.findall(text)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_same_look_finds_the_kits_world_on_the_kits_own_slides(cache):
    kit = kits.laid_out("general", kits.ALL, cache)[0].kit
    strange = own_world("trigram") | own_world("retrieval")
    found = {name for name, text in parts(kit).items() if strange & set(words(text))}
    assert {"train-table", "no-shared-word", "context", "be-assistant"} <= found


@pytest.mark.parametrize(("world", "lost"), [("harbour", set()), ("bakery", set())])
def test_the_plan_of_180_minutes_keeps_its_moments_with_own_data(world, lost, cache):
    data = {slot: HERE / file for slot, file in WORLDS[world].items()}
    kit, _ = plan(kit_folder(), Request(data=data, cache=cache), standard_registry(), base=None)
    shown = {slide.id for stage in kit.stages for slide in stage.slides if not slide.hidden}
    assert {
        "chain",
        "round-one",
        "falls",
        "policy",
        "not-truth",
        "no-shared-word",
        "be-assistant",
        "ends-hallucination",
    } - shown == lost
    assert kit.quiz
    assert kit.plan.total == 180


def test_a_wrong_first_card_is_said_to_be_wrong(cache):
    kit, _ = made(
        "harbour", "general", cache, sets={("retrieval", "question"): "where may my sailing boat stay tonight"}
    )
    said = parts(kit)
    assert "The right card would have been “Berth list”" in said["no-shared-word"]
    assert "Search by meaning finds cards" not in said["no-shared-word"]
    assert "All but “Berth list”" in said["context"]


def test_where_the_threshold_stops_the_first_question_nothing_is_said_to_be_quoted(cache):
    kit, _ = made("ward", "students", cache, sets={("retrieval", "question"): "when may my sister see me"})
    said = parts(kit)
    assert "Our toy then answers: not in the library" in said["context"]
    assert "with its source" not in said["sauna"]


def test_cards_of_the_kits_own_documents_are_left_out_with_another_library(cache):
    own = kits.laid_out("general", kits.ALL, cache)[0].kit
    kit, problems = made("harbour", "general", cache)
    assert {deck.id for deck in own.decks} - {deck.id for deck in kit.decks} == {"documents"}
    assert any(p.code == "left-out" and "The cards" in p.message for p in problems)
