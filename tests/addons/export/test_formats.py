"""The formats, read back by readers that share nothing with the writers."""

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from tests.addons.export import readers
from workshop.addons.export.formats import FORMATS, gift, moodle, packed, qti
from workshop.addons.export.questions import Choice, Item

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
