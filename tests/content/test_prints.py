import pytest

from workshop.content import read
from workshop.errors import Severity
from workshop.model.markup import Value

KIT = "title: A kit\nsections: [one]\n"
STAGE = "---\nstage: one\nnumber: 1\ntitle: One\n---\n\n## A slide {#a}\n\n- Words\n"
BALLOTS = """stage: one
title: Which is better?
rounds:
  - round: 1
    short: tree
    question: How old is it?
    a: {kind: bluffs, text: Very old.}
    b: {kind: unsure, text: "I do **not** know {{ demo.fact }}."}
"""
CARDS = """stage: one
title: Pages
cards:
  - front: |
      Keep it?

      - [ ] keep
      - [ ] drop
    back: "It took {{ cleaning.pages.raw | count }} pages."
    for: general
"""
QUIZ = """- id: q1
  stage: one
  question: What is it?
  options:
    - {text: A guess, right: true}
    - {text: A store, misconception: stores-the-text}
"""


@pytest.fixture
def kit(tmp_path):
    def make(extra, **files):
        (tmp_path / "kit.yaml").write_text(KIT + extra, "utf-8")
        (tmp_path / "one.md").write_text(STAGE, "utf-8")
        for name, text in files.items():
            (tmp_path / name.replace("_", ".")).write_text(text, "utf-8")
        content, problems = read(tmp_path)
        return content, [p for p in problems if p.severity is not Severity.ADVICE]

    return make


def test_ballots_hold_their_rounds_with_texts_as_markdown(kit):
    content, problems = kit("ballots: b.yaml\n", b_yaml=BALLOTS)
    assert not problems
    (source,) = content.prints
    assert (source.kind, source.meta.stage, source.name) == ("ballots", "one", "b")
    question, _, b = source.entries[0].parts
    assert question.name == "question"
    assert b.meta.kind == "unsure"
    assert any(isinstance(node, Value) and node.expr == "demo.fact" for node in b.blocks[0].children)


def test_cards_know_their_audience_and_the_place_of_each_value(kit):
    content, problems = kit("cards: [c.yaml]\n", c_yaml=CARDS)
    assert not problems
    (entry,) = content.prints[0].entries
    assert entry.attrs.get("for") == "general"
    (value,) = [n for part in entry.parts for n in getattr(part.blocks[0], "children", ()) if isinstance(n, Value)]
    assert value.at.line == 9


def test_documents_of_a_markdown_file_become_cards(kit):
    text = "# A library\n\nTwo cards.\n\n## Dues {#dues}\n\nForty euros.\n\n## Bees\n\nFour hives.\n"
    content, problems = kit("cards: [c.yaml]\n", c_yaml="stage: one\ntitle: T\ndocuments: lib.md\n", lib_md=text)
    assert not problems
    titles = [entry.parts[0].blocks[0].children[0].text for entry in content.prints[0].entries]
    assert titles == ["Dues", "Bees"]


def test_a_quiz_marks_the_right_answer_and_names_the_misconception_of_each_other(kit):
    content, problems = kit("quiz: q.yaml\n", q_yaml=QUIZ)
    assert not problems
    _, right, wrong = content.prints[0].entries[0].parts
    assert right.meta.right
    assert (wrong.meta.right, wrong.meta.misconception) == (False, "stores-the-text")


@pytest.mark.parametrize(
    ("extra", "file", "expected"),
    [
        ("ballots: b.yaml\n", BALLOTS.replace("stage: one", "stage: oen"), "no section is named 'oen'"),
        ("ballots: b.yaml\n", BALLOTS.replace("kind: bluffs", "knid: bluffs"), "there is no key 'knid'"),
        ("ballots: b.yaml\n", BALLOTS.replace("round: 1", "round: one"), "not a whole number"),
        ("ballots: b.yaml\n", BALLOTS.replace("short: tree", "short: appletree"), "the limit is 8"),
        ("cards: [b.yaml]\n", CARDS.replace("for: general", "for: nobody"), "there is no audience 'nobody'"),
        ("cards: [b.yaml]\n", CARDS.replace("    back:", "    bakc:"), "did you mean 'back'?"),
        ("cards: [b.yaml]\n", "stage: one\ntitle: T\n", "this file has no cards"),
        ("cards: [b.yaml]\n", "stage: one\ntitle: T\ndocuments: gone.md\n", "there is no file 'gone.md'"),
        ("cards: [gone.yaml]\n", "x", "there is no file 'gone.yaml'"),
        ("quiz: b.yaml\n", QUIZ.replace(", right: true", ""), "no answer of this question is right"),
        ("quiz: b.yaml\n", QUIZ.replace(", misconception: stores-the-text", ""), "has no misconception"),
        ("quiz: b.yaml\n", QUIZ + QUIZ, "'q1' is given twice"),
        ("quiz: b.yaml\n", "a: b\n", "must be a list"),
    ],
)
def test_what_is_wrong_is_reported_with_its_line(kit, extra, file, expected):
    _, problems = kit(extra, b_yaml=file)
    assert any(expected in f"{p.message} {p.hint}" for p in problems), problems
    assert all(p.at is not None for p in problems)


def test_an_overlays_file_of_the_same_name_comes_before_the_kits(kit, tmp_path):
    kit("cards: [c.yaml]\n", c_yaml=CARDS)
    over = tmp_path / "over"
    (over / "data").mkdir(parents=True)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "c.yaml").write_text(CARDS, "utf-8")
    (over / "data" / "c.yaml").write_text(CARDS.replace("Keep it?", "Ours?"), "utf-8")
    (tmp_path / "kit.yaml").write_text(KIT + "cards: [data/c.yaml]\n", "utf-8")
    content, problems = read(tmp_path, None, (over,))
    assert not problems
    assert content.prints[0].entries[0].parts[0].blocks[0].children[0].text == "Ours?"
