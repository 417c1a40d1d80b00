"""Tests that a strict file means the same as a usual one, and that a deck from a strict template is the same deck."""

import re

import pytest
from lxml import etree

from tests.laying import lay_out
from tests.layout.samples import all_slides, kit
from tests.templates.maker import MADE, unzipped, zipped
from workshop.check.package import check_package
from workshop.errors import Severity
from workshop.files.strict_names import plain_numbers
from workshop.render.pptx.deck import write_deck
from workshop.themes.template import template_theme

USUAL = re.compile(rb"http://schemas\.openxmlformats\.org/(presentationml|drawingml|officeDocument)/2006/")


def strict(blob):
    """Return a package as Office saves it in the strict form, with some lengths in inches."""
    parts = unzipped(blob).items()
    return zipped({name: in_strict(part) if name.endswith((".xml", ".rels")) else part for name, part in parts})


def in_strict(xml):
    xml = USUAL.sub(rb"http://purl.oclc.org/ooxml/\1/", xml).replace(b"/extended-properties", b"/extendedProperties")
    xml = re.sub(rb'(Pct|alpha|lumMod|lumOff) val="(\d+)000"', rb'\1 val="\2%"', xml)
    xml = re.sub(rb'" y="(\d+)"', lambda found: b'" y="%gin"' % (int(found[1]) / 914_400), xml)
    return xml.replace(b"<p:presentation ", b'<p:presentation conformance="strict" ')


def deck_from(folder, blob):
    folder.mkdir()
    (folder / "corp.pptx").write_bytes(blob)
    matched = template_theme(folder / "corp.pptx")
    assert [problem.message for problem in matched.problems if problem.severity > Severity.ADVICE] == []
    laid, _ = lay_out(kit(*all_slides()[:6]), matched.theme)
    return write_deck(laid)


@pytest.mark.parametrize("name", ["corporate", "dark"])
def test_a_deck_from_a_strict_template_is_the_same_deck(tmp_path, name):
    blob = MADE[name]()
    assert b"purl.oclc.org" in b"".join(unzipped(strict(blob)).values())
    assert deck_from(tmp_path / "strict", strict(blob)) == deck_from(tmp_path / "usual", blob)


def test_a_strict_deck_is_checked_like_any_other(tmp_path):
    blob = deck_from(tmp_path / "one", MADE["corporate"]())
    found = []
    for content in (blob, strict(blob)):
        (tmp_path / "deck.pptx").write_bytes(content)
        found.append([str(problem) for problem in check_package(tmp_path / "deck.pptx")])
    assert found[0] == found[1]


def test_lengths_and_shares_become_whole_numbers_and_words_stay():
    given = '<a x="1in" y="-2.54cm" w="72pt" h="6pc" val="-37.5%" name="50%" lang="pt" prst="1in2" id="7"/>'
    root = etree.fromstring(given)
    plain_numbers(root)
    assert dict(root.attrib) == {
        "x": "914400",
        "y": "-914400",
        "w": "914400",
        "h": "914400",
        "val": "-37500",
        "name": "50%",
        "lang": "pt",
        "prst": "1in2",
        "id": "7",
    }
