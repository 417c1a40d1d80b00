"""Tests what check says about sources that are hard to read as text."""

from pathlib import Path

import pytest

from workshop.check.sources import check_sources
from workshop.content import load

KIT = {
    "kit.yaml": "title: Bread\nsections: [01-dough]\n",
    "audiences/general.yaml": "title: Everybody\n",
    "audiences/bakers.yaml": "title: Bakers\n",
}
VARIANTS = "this slide has {} pieces with for= — write the slide out where an audience needs other words, in a file in audiences/NAME/"
CLAIMS = "a sentence here has two claims — make two sentences of it, or one claim"


@pytest.fixture
def said(tmp_path, monkeypatch):
    """Return what is said about these slides, after their place."""

    monkeypatch.chdir(tmp_path)

    def check(text, more=None):
        for name, words in {**KIT, "01-dough.md": f"---\ntitle: Dough\n---\n{text}", **(more or {})}.items():
            path = Path("bread", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(words, encoding="utf-8")
        content, _ = load(Path("bread"))
        return [str(problem).replace(": warning", "").split(": ", 1) for problem in check_sources(content)]

    return check


def test_one_variant_in_a_slide_is_easily_read(said):
    assert said("## It rises {#rises for=general}\n\n- Wait {for=bakers}\n- Bake\n") == []


@pytest.mark.parametrize(
    ("slide", "many"),
    [
        ("## [It rises]{for=general}[It proves]{for=bakers} {#rises}\n\nWait.\n", 2),
        ("## It rises {#rises}\n\n- Wait {for=bakers}\n- Bake [slowly]{for=general}\n", 2),
        (
            "## It rises {#rises}\n\nWait.\n\n::: {for=bakers}\nA\n:::\n\n::: notes\n[B]{for=bakers}[C]{for=general}\n:::\n",
            3,
        ),
    ],
)
def test_a_slide_with_more_variants_is_to_be_written_out(said, slide, many):
    assert said(slide) == [["bread/01-dough.md:4", VARIANTS.format(many)]]


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ('It [rises]{claim="1 < 2"}. It [rests]{claim="2 < 3"}.', 0),
        ('[It rises.]{claim="1 < 2"} [It rests.]{claim="2 < 3"}', 0),
        ('It rises.[ It rests.]{claim="1 < 2"}[ It cools.]{claim="2 < 3"}', 0),
        ('[[It rises.]{claim="1 < 2"}]{claim="2 < 3"}', 0),
        ('It [rises]{claim="1 < 2"} and [rests]{claim="2 < 3"}.', 1),
        ('[It [rises]{claim="1 < 2"} again.]{claim="2 < 3"}', 1),
        ('It **[rises]{claim="1 < 2"}** for {{ 2 }} hours, [or more]{claim="2 < 3"}', 1),
    ],
)
def test_a_sentence_has_one_claim(said, text, many):
    assert said(f"## It rises {{#rises}}\n\n{text}\n") == [["bread/01-dough.md:6", CLAIMS]] * many


def test_notes_that_another_slide_inherits_are_named_once(said):
    notes = '::: notes\nIt [rises]{claim="1 < 2"} and [rests]{claim="2 < 3"}.\n:::\n'
    own = {"audiences/bakers/01-dough.md": "## It proves {#rises}\n\nWait.\n"}
    assert said(f"## It rises {{#rises}}\n\nWait.\n\n{notes}", own) == [["bread/01-dough.md:9", CLAIMS]]
