"""The fixed words of the page are in the wording files, and its script uses each of them."""

import re
from importlib.resources import files

from workshop.addons.explore.drawn import Words

STATIC = files("workshop.addons.explore") / "static"
SCRIPT = "".join((STATIC / name).read_text("utf-8") for name in ("page.js", "toys/retrieval.js"))
CALL = re.compile(r"\btold\(((?:[^()]|\([^()]*\))*)")
NAME = re.compile(r"'([a-z][a-z-]*)'")


def used():
    """Return the names in every call, both branches of a choice included."""
    return {name for call in CALL.findall(SCRIPT) for name in NAME.findall(call.split("{")[0])}


def test_the_script_has_no_words_of_its_own_and_uses_all_that_it_is_given():
    assert used() == set(Words("en").script())
    assert re.findall(r"'[A-Z][a-z]+ [a-z]+ [^']*'|`[A-Z][a-z]+ [a-z]+ [^`]*`", SCRIPT) == []


def test_a_language_without_a_file_gets_english_words():
    assert Words("tlh").script() == Words("en").script()
    assert Words("de")("explore-less", label="Heat") == "Heat: less"
    assert Words("en").listed("explore-map-flow") == ("What goes in", "What happens", "What comes out")
