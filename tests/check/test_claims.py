from pathlib import Path

import pytest

from workshop.ai_models.register import kit_folder
from workshop.check.check_words import Words, words_for
from workshop.check.sentences import check_claims, check_counted
from workshop.content import load

ENGLISH = words_for("en") or Words()


@pytest.fixture
def said(tmp_path, monkeypatch):
    """Return the problems found in one slide, given its heading with attributes and its text."""
    monkeypatch.chdir(tmp_path)

    def found(text, heading="## It bakes {#bakes}", audience="general"):
        Path("kit.yaml").write_text("title: Bread\nsections: [oven]\n")
        Path("audiences").mkdir(exist_ok=True)
        for name in ("general", "students"):
            Path(f"audiences/{name}.yaml").write_text(f"title: {name}\n")
        Path("sources.yaml").write_text("- {key: lee-2021, who: Lee, work: Loaves}\n")
        Path("oven.md").write_text(f"---\nnumber: 1\ntitle: Oven\n---\n\n{heading}\n\n{text}\n")
        problems = check_claims(load(Path())[0], audience, ENGLISH)
        return [(p.message.split("'")[1], p.at.line) for p in problems]

    return found


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("It falls from {{ oven.first }} to {{ oven.last }}.", "falls"),
        ("{{ oven.hot }} is twice as much.", "twice"),
        ("Rye has {{ oven.rye }}, more loaves than wheat.", "more loaves than"),
        ("With {{ oven.heat }} it bakes more often.", "more often"),
        ("At {{ oven.heat }} the crust keeps rising.", "keeps rising"),
        ("The thermometer misses more above {{ oven.heat }}.", "misses more"),
        ("The largest loaf weighs {{ oven.weight }}.", "largest"),
        ("It never took {{ oven.minutes }} minutes.", "never"),
    ],
)
def test_a_sentence_with_a_value_that_compares_needs_a_claim(said, sentence, words):
    assert said(sentence) == [(words, 8)]
    assert said(f'[{sentence}]{{claim="oven.first > oven.last" else=""}}') == []
    assert said(f'- {sentence} {{claim="oven.first > oven.last"}}') == []


def test_beside_a_chart_a_sentence_needs_no_value_to_be_about_it(said):
    assert said("It falls.\n\n![](chart:oven.heat)") == [("falls", 8)]
    assert said("![](chart:oven.heat)\n\n::: notes\n**Say** Look: it rises.\n:::") == [("rises", 11)]
    assert said("Bread falls if the door is opened.") == []


def test_a_claim_with_a_neutral_wording_covers_the_title_alone(said):
    heading = '## It falls {#bakes claim="oven.last < oven.first"%s}'
    text = "![](chart:oven.heat)\n\n::: notes\n**Say** Look: it falls.\n:::"
    assert said(text, "## It falls {#bakes}") == [("falls", 6), ("falls", 11)]
    assert said(text, heading % ' else="The heat"') == [("falls", 11)]
    assert said(text, heading % "") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Does it fall below {{ oven.last }}, lower than before?",
        "Of all loaves the largest is {{ oven.largest.name }}.",
        "It is said that {{ oven.last }} is lower than before [@lee-2021].",
        "A loaf of {{ oven.weight }} is [never]{.fixed} weighed twice.",
        "::: notes\n**Wrong** It falls to {{ oven.last }}.\n:::",
        "::: notes\n**Ask** Who says that it falls to {{ oven.last }}?\n:::",
        "> It falls to {{ oven.last }}.",
        "It took {{ oven.last }} minutes. Bread never minds.",
    ],
)
def test_questions_ranks_by_name_cited_and_fixed_sentences_and_other_peoples_words_are_left_alone(said, sentence):
    assert said(sentence) == []


def test_what_an_audience_does_not_see_is_not_checked(said):
    text = "[It falls to {{ oven.last }}.]{for=students}[It was {{ oven.first }}.]{for=general}"
    assert said(text) == []
    assert said(text, audience="students") == [("falls", 8)]


def test_a_sentence_ends_before_a_value(said):
    assert said("It never rests. {{ oven.first }} loaves came.") == []


@pytest.mark.parametrize("audience", ["general", "students", "executives", "engineers"])
def test_no_sentence_of_the_kit_compares_without_a_claim(audience):
    assert [str(p) for p in check_claims(load(kit_folder())[0], audience, ENGLISH)] == []


@pytest.mark.parametrize(
    ("text", "advised"),
    [
        ("It took four rounds.", ["four"]),
        ("It took [four]{.fixed} rounds.", []),
        ("It took five rounds.", []),
        ("It took {{ oven.rounds }} rounds.", []),
    ],
)
def test_a_number_word_that_a_knob_has_as_its_default_is_advised_against(tmp_path, monkeypatch, text, advised):
    monkeypatch.chdir(tmp_path)
    Path("kit.yaml").write_text("title: Bread\nsections: [oven]\n")
    Path("oven.md").write_text(
        f"---\nnumber: 1\ntitle: Oven\n---\n\n## It bakes {{#bakes}}\n\n{text}\n\n![](chart:oven.heat)\n"
    )
    found = check_counted(load(Path())[0], "", ENGLISH, {"oven": {"rounds": 4}, "rye": {"rounds": 5}})
    assert [p.message.split("'")[1] for p in found] == advised


def test_a_knob_that_a_run_writes_down_is_no_default(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("kit.yaml").write_text("title: Bread\nsections: [oven]\n")
    front = "number: 1\ntitle: Oven\nruns: {hot: {demo: oven, rounds: 9}}"
    Path("oven.md").write_text(f"---\n{front}\n---\n\n## It bakes {{#bakes}}\n\nFour rounds.\n\n![](chart:hot.heat)\n")
    assert list(check_counted(load(Path())[0], "", ENGLISH, {"oven": {"rounds": 4}})) == []
