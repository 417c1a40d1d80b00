import pytest

from workshop.errors import At, Report
from workshop.render.print.print_texts import Texts


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("plain", "plain"),
        ("−log₂ ½ ≥ 1 → ✓ ×", "−log₂ ½ ≥ 1 → ✓ ×"),
        ("cafe\u0301", "café"),
        ("a\u202fb\u2011c", "a\u00a0b-c"),
        ("a\x00b\u200dc", "abc"),
        ("two\vlines", "two\nlines"),
        ("🚀", "[rocket]"),
        ("ok \N{HEAVY BLACK HEART}\ufe0f", "ok \N{HEAVY BLACK HEART}"),
    ],
)
def test_text_is_cleaned_once(text, clean):
    report = Report()
    assert Texts(report).clean(text) == clean
    assert report.found == []


def test_letters_without_a_font_are_reported_each_at_its_place():
    report = Report()
    Texts(report).clean("漢字", At("slides.md", 3))
    assert [p.at for p in report.found] == [At("slides.md", 3)] * 2
    assert "--only deck" in report.found[0].hint
