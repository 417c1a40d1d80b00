"""Which characters of a block of code are keywords, strings, numbers, comments and names of functions and classes."""

import subprocess
import sys

import pytest
from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String

from workshop import limits
from workshop.errors import At, Report
from workshop.model.blocks import ShownCode
from workshop.plan.highlight import classes_of

HERE = At("talk.md", 3, 1)
SAMPLE = '''class Tide:  # of a day
    """Heights,
    in metres."""

    def height(self, hour):
        return 2.4 if hour is None else f"{hour:g} h"
'''
GROUPS = {
    Comment: "c", Keyword: "k", Operator.Word: "k", String: "s", Number: "n", Name.Function: "d", Name.Class: "d",
}  # fmt: skip


def classes(text, language):
    return classes_of(text, language, HERE).decode()


def test_each_character_has_the_class_that_pygments_own_reading_of_the_text_gives_it():
    expected = ""
    for kind, value in PythonLexer(stripnl=False).get_tokens(SAMPLE):
        expected += next((own for group, own in GROUPS.items() if kind in group), " ") * len(value)
    assert classes(SAMPLE, "python") == expected
    assert set(expected) == set("ksncd ")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("SQL", "SELECT 2 -- a", "kkkkkk n cccc"),
        ("js", 'let a = "b"', "kkk     sss"),
        ("Python", "def f(): pass", "kkk d    kkkk"),
    ],
)
def test_languages_are_known_by_their_usual_names(language, text, expected):
    assert classes(text, language) == expected


@pytest.mark.parametrize("language", ["", "text", "output", "my-own-notation"])
def test_a_block_without_a_known_language_is_plain_without_a_word(language):
    report = Report()
    assert classes_of("def f(): pass", language, HERE, report).strip() == b""
    assert report.found == []


def test_a_misspelt_language_is_named():
    report = Report()
    assert classes_of("def f(): pass", "pyhton", HERE, report) == b""
    (advice,) = report.found
    assert "'pyhton'" in advice.message
    assert advice.hint == "did you mean 'python'?"


def test_a_block_that_is_too_long_is_plain_and_said_to_be():
    report = Report()
    assert classes_of("x = 1\n" * limits.COLOURED, "python", HERE, report) == b""
    assert [problem.code for problem in report.found] == ["code-length"]


@pytest.mark.parametrize("language", ["python", "perl", "c++", "markdown", "html", "sql", "bash", "json", "r"])
@pytest.mark.parametrize("piece", ["(", '"', "\\", "{{", "/*", "<a ", "$(", "\t \x00", "é\U0001f600"])
def test_hostile_text_has_one_class_per_character(language, piece):
    text = (piece * 2000)[:2000]
    assert len(classes(text, language)) in (0, len(text))


def test_a_part_of_a_block_keeps_the_classes_of_the_whole():
    code = ShownCode(SAMPLE, "python", "", HERE, classes=classes_of(SAMPLE, "python", HERE))
    part = code.part(2, 5)
    assert part.text == '    in metres."""\n\n    def height(self, hour):'
    assert part.classes[:17] == b"s" * 17
    assert len(part.classes) == len(part.text)


def test_pygments_is_imported_only_for_a_block_that_names_a_language():
    program = (
        "import sys; from workshop.errors import At; from workshop.plan.highlight import classes_of;"
        "import workshop.build; classes_of('x = 1', '', At('a', 1, 1)); print('pygments' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_of_very_many_blocks_the_last_are_plain_and_one_advice_says_so():
    report = Report()
    block = "x = 1\n" * 800
    found = [bool(classes_of(block, "python", HERE, report)) for _ in range(20)]
    assert found == [True] * 12 + [False] * 8
    assert [problem.code for problem in report.found] == ["code-length"]
