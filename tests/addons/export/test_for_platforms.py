"""The formats, read back by readers that share nothing with the writers."""

import io
import re
import zipfile
from pathlib import Path

import pytest
import yaml
from lxml import etree
from msgspec.structs import replace

from tests.addons.export import readers
from tests.contract import kits
from tests.render.print import kits as printed
from workshop.addons.export.for_platforms import FORMATS, Choice, Item, gift, items_of, moodle, packed, qti
from workshop.addons.personal.asked_for import PersonalSet
from workshop.ai_models.register import kit_folder
from workshop.constructs.answer_divs import Ruler
from workshop.model.blocks import Line, Prose, Run, ShownTable

SIGNS = "a ~ b = c # d { e } : f \\ g & “h”"
ITEMS = (
    Item(
        key="q1",
        bank="Pre / training",
        name="Pretraining q1",
        html=f"<p>{SIGNS.replace('&', '&amp;')} <strong>bold</strong> 1 &lt; 2</p>",
        choices=(
            Choice("A", "It is <strong>stored</strong> &amp; found", right=False, said="The idea behind it: “x = y”."),
            Choice("B", SIGNS.replace("&", "&amp;"), right=True, said="That’s right: {yes}"),
        ),
    ),
    Item(key="S2-next-1", bank="Count", name="Count 1: P", html="<p>P = [ ? ]</p>", number="0.47", within="0.005"),
    Item(key="S2-next-2", bank="Count", name="Count 2", html="<p>n = [ ? ]</p>", number="-12", within="0"),
)
WANTED = {
    item.name: (
        item.html,
        readers.options((c.text, c.right, c.said) for c in item.choices)
        if item.choices
        else (float(item.number), float(item.within)),
    )
    for item in ITEMS
}


def test_moodle_reads_every_question_with_its_options_and_tolerances():
    assert readers.of_moodle(moodle("How / why", ITEMS)) == WANTED


def test_moodle_has_a_category_for_each_bank_and_writes_a_stroke_twice():
    texts = etree.fromstring(moodle("How / why", ITEMS)).xpath("//category/text/text()")
    assert texts == ["$course$/top/How // why/Count", "$course$/top/How // why/Pre // training"]


def test_gift_reads_the_same_also_with_its_own_signs_in_the_text():
    assert readers.of_gift(gift("How", ITEMS)) == WANTED


@pytest.mark.skipif(not readers.PEG, reason="WORKSHOP_GIFT_PEGJS names no folder")
def test_another_program_reads_the_same_gift(tmp_path):
    (tmp_path / "q.gift").write_bytes(gift("How", ITEMS))
    assert readers.of_peg(tmp_path / "q.gift") == WANTED


def test_qti_reads_the_same():
    found = readers.of_qti(qti("How", ITEMS))
    assert found == {name: readers.without_markup(answer) for name, (_, answer) in WANTED.items()}


def test_each_choice_of_qti_shows_what_is_said_of_it_and_scores():
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(qti("How", ITEMS))).read("items/i-q1.xml"))
    score, shown = root.findall(".//{*}setOutcomeValue[@identifier='SCORE']"), root.findall(".//{*}modalFeedback")
    assert [one.findtext("{*}baseValue") for one in score] == ["1", "0"]
    assert [one.get("identifier") for one in shown] == ["A", "B"]
    feedback = root.find(".//{*}setOutcomeValue[@identifier='FEEDBACK']/{*}variable")
    assert feedback.get("identifier") == "RESPONSE"


@pytest.mark.skipif(not readers.SCHEMAS, reason="WORKSHOP_QTI_SCHEMAS names no folder")
def test_qti_is_valid():
    schema = etree.XMLSchema(etree.parse(Path(readers.SCHEMAS) / "imsqti_v2p1.xsd"))
    package = zipfile.ZipFile(io.BytesIO(qti("How", ITEMS)))
    for name in (name for name in package.namelist() if name.startswith("items/")):
        schema.assertValid(etree.parse(io.BytesIO(package.read(name))))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_bytes_are_the_same_each_time(name):
    _, write = FORMATS[name]
    assert write("How", ITEMS) == write("How", ITEMS)


def test_an_archive_has_no_clock():
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(packed({"a": b"1"}))).infolist()} == {
        (1980, 1, 1, 0, 0, 0)
    }


QUIZ = {entry["id"]: entry for entry in yaml.safe_load((kit_folder() / "quiz.yaml").read_text("utf-8"))}


def blank(answer):
    return Run("", blank=True, answer=answer)


def exercise(*runs, **changes):
    made = printed.count_exercise()
    return replace(made, task=(Prose((Line(runs),)),), **changes)


def asked(*exercises, versions=()):
    made = printed.kit(sheets=(printed.sheet(2, *exercises),), quiz=())
    return items_of(made, versions)


def test_each_numeric_blank_is_a_question_in_which_those_before_it_are_filled_in():
    first, second = asked(
        exercise(Run("P = "), blank("0.47"), Run(", so "), blank("1,234"), Run(" and "), blank("yes"))
    )
    assert (first.number, first.within) == ("0.47", "0.005")
    assert (second.number, second.within) == ("1234", "0")
    assert "P = <strong>[ ? ]</strong>, so ____ and ____" in first.html
    assert "P = 0.47, so <strong>[ ? ]</strong> and ____" in second.html


@pytest.mark.parametrize(
    ("answer", "number", "within"), [("−2", "-2", "0"), ("12%", "12", "0"), ("0.0273", "0.0273", "0.00005")]
)
def test_a_number_may_be_off_by_half_of_its_last_digit(answer, number, within):
    (item,) = asked(exercise(blank(answer)))
    assert (item.number, item.within) == (number, within)
    assert ("</strong> %" in item.html) == answer.endswith("%")


def test_a_task_that_needs_a_drawing_is_left_out_and_a_ruler_is_not_shown():
    assert asked(printed.chart_exercise()) == ()
    ruler = exercise(blank("3"))
    ruler = replace(ruler, task=(*ruler.task, Ruler(blocks=(), title="Read it off")))
    assert "Read it off" not in asked(ruler)[0].html


def test_tables_and_signs_are_markup():
    task = ShownTable(header=((Run("a < b"),),), rows=(((Run("x"),),), ((blank("4"),),)), aligns=("left",), alt="")
    (item,) = asked(replace(exercise(blank("4")), task=(task,)))
    assert "<thead><tr><th>a &lt; b</th></tr></thead><tbody><tr><td>x</td></tr>" in item.html


def test_versions_become_one_bank_and_a_task_that_all_share_is_asked_once():
    shared, own = exercise(blank("1"), title="Same"), exercise(Run("n = "), blank("5"), title="Own")
    other = printed.sheet(2, shared, replace(own, task=(Prose((Line((Run("m = "), blank("6"))),)),)))
    items = asked(shared, own, versions=(PersonalSet(label="07", name="", sheets=(replace(other, id="S2-07Y"),)),))
    assert [(item.bank, item.number) for item in items] == [
        ("Pretraining: Same", "1"),
        ("Pretraining: Own", "5"),
        ("Pretraining: Own", "6"),
    ]


@pytest.fixture(scope="module", params=kits.FEW)
def items(request, cache):
    return items_of(kits.tried(request.param, 180, cache).plan.kit, ())


@pytest.mark.broad
def test_the_right_option_is_that_of_the_quiz_and_each_wrong_one_names_its_idea(items):
    choices = [item for item in items if item.choices]
    assert len(choices) >= 9
    for item in choices:
        for choice, option in zip(item.choices, QUIZ[item.key]["options"], strict=True):
            assert choice.right == (option.get("right") == "true" or option.get("right") is True)
            idea = option.get("misconception", "").replace("-", " ")
            assert ("“" + idea + "”" in choice.said) != choice.right


def test_the_numbers_are_those_of_the_sheets(items, request, cache):
    audience = request.node.callspec.params["items"]
    kit = kits.tried(audience, 180, cache).plan.kit
    numbers = {number for sheet in kit.sheets for number in re.findall(r"answer='([^']*)'", str(sheet.exercises))}
    asked_for = [item for item in items if item.number]
    assert len(asked_for) > 20
    for item in asked_for:
        assert item.number in {number.replace(",", "").replace("−", "-").removesuffix("%") for number in numbers}


def test_the_built_in_kit_is_read_alike_in_all_three_formats(items):
    read = readers.of_moodle(moodle("Kit", items))
    assert readers.of_gift(gift("Kit", items)) == read
    assert readers.of_qti(qti("Kit", items)) == {
        name: readers.without_markup(answer) for name, (_, answer) in read.items()
    }
