import random
import re
import string

import pytest

from workshop.addons.studio.words import reworded
from workshop.ai_models.register import kit_folder
from workshop.content.text_lines import lines_of, source_at
from workshop.errors import WorkshopError

SOURCE = """## A base model [continues.]{.mark} It goes on {#goes-on minutes=1 layout=statement}

It has read {{ corpus.pages }} pages about **{{ world.name }}**.

- A point {right=yes}
- Another one

```python
## not a heading
```

| a | b |
|---|---|

::: notes
**Say** We made {{ n | count }} pages.

**Ask** A letter?
:::
"""


def fields(source):
    return {(line.number, line.label): line.texts for line in lines_of(source)}


def test_each_line_has_its_words_and_what_the_kit_computes_stands_between_them():
    assert fields(SOURCE) == {
        (0, "Title"): ("A base model ", "continues.", " It goes on ", ""),
        (2, "Text"): ("It has read ", " pages about ", "", "", "."),
        (4, "Point"): ("A point ", ""),
        (5, "Point"): ("Another one",),
        (15, "Say"): ("We made ", " pages."),
        (17, "Ask"): ("A letter?",),
    }


def test_a_slide_ends_where_the_next_begins_and_code_has_no_headings():
    text = f"---\nstage: a\n---\n\n{SOURCE}\n## The next {{#next}}\n\nWords\n"
    assert source_at(text, 5) == SOURCE
    assert source_at(text, 6) == ""
    assert source_at(text, 500) == ""


@pytest.mark.parametrize(
    ("line", "texts", "old", "new"),
    [
        (0, ("Our model ", "goes on.", " Always ", ""), "A base model [continues.]{.mark} It goes on {#", "Our model [goes on.]{.mark} Always {#"),
        (2, ("It knows ", " pages of ", "", "", "!"), "It has read {{ corpus.pages }} pages about", "It knows {{ corpus.pages }} pages of"),
        (5, ("A better one",), "- Another one", "- A better one"),
        (5, ("",), "- Another one\n", ""),
        (17, ("Which letter?",), "**Ask** A letter?", "**Ask** Which letter?"),
    ],
)  # fmt: skip
def test_only_the_words_of_the_line_change(line, texts, old, new):
    assert old in SOURCE
    changed = reworded(SOURCE, line, texts)
    assert new in changed
    untouched = set(SOURCE.splitlines()) - {SOURCE.splitlines()[line]}
    assert untouched <= set(changed.splitlines())


@pytest.mark.parametrize(
    ("line", "texts", "why"),
    [
        (0, ("", "", "", ""), "a slide has a title"),
        (2, ("{{ open }} ", " pages about ", "", "", "."), "'{' would be read as formatting"),
        (5, ("[x](y)",), "would be read as formatting"),
        (5, ("`code`",), "would be read as formatting"),
        (5, ("**loud**",), "'*' would be read as formatting"),
        (5, ("one\n## two",), "can't be printed"),
        (5, ("x" * 2001,), "too long"),
        (5, ("a", "b"), "has changed meanwhile"),
        (6, ("a",), "has changed meanwhile"),
        (2, ("## A title ", " pages about ", "", "", "."), "would no longer be plain text"),
        (2, ("- ", " pages about ", "", "", "."), "would no longer be plain text"),
    ],
)
def test_words_that_would_be_something_else_are_refused(line, texts, why):
    with pytest.raises(WorkshopError, match=re.escape(why)):
        reworded(SOURCE, line, texts)


TILE = "## Tiles {#tiles}\n\n- [[**You bet**](#limits) before each answer]{.tile}\n- [![A seed](icon:seed) **Two** words]{.tile}\n"


def test_a_span_with_a_link_or_a_picture_in_it_shows_its_words_and_none_of_its_marks():
    assert [[text.strip() for text in line.texts if text.strip()] for line in lines_of(TILE)] == [
        ["Tiles"], ["You bet", "before each answer"], ["Two", "words"]
    ]  # fmt: skip


def test_bold_words_that_are_removed_take_their_stars_along():
    *_, second = lines_of(TILE)
    texts = ["" if text == "Two" else text for text in second.texts]
    assert "- [![A seed](icon:seed)  words]{.tile}" in reworded(TILE, second.number, texts)
    source = "## One {#one}\n\n- **Only this**\n- Another\n"
    assert reworded(source, 2, ("", "", "")) == "## One {#one}\n\n- Another\n"


def slides():
    """Yield the source of each slide of the built-in kit."""
    for path in sorted(kit_folder().glob("*.md")):
        text = path.read_text("utf-8")
        for number, line in enumerate(text.splitlines(), start=1):
            if line.startswith("## ") and "{#" in line:
                yield source_at(text, number)


def test_every_slide_of_the_kit_is_the_same_if_its_own_words_are_typed_again():
    found = list(slides())
    assert len(found) > 150
    for source in found:
        for line in lines_of(source):
            assert reworded(source, line.number, line.texts) == source


def test_random_words_never_change_what_the_kit_computes_nor_any_mark():
    rng = random.Random(1)
    found = list(slides())
    letters = string.ascii_letters + " .,:;?!-–“”#*>0123456789" + "{}[]`$|<>\\"
    kept = 0
    for _ in range(2_000):
        source = rng.choice(found)
        line = rng.choice(list(lines_of(source)))
        texts = [
            "".join(rng.choices(letters, k=rng.randrange(12))) if rng.random() < 0.5 else text for text in line.texts
        ]
        try:
            changed = reworded(source, line.number, texts)
        except WorkshopError:
            continue
        kept += 1
        for pattern in (r"\{\{.*?\}\}", r"^:::.*$", r"\{[^}]*\}", r"^#+ "):
            marks = re.findall(pattern, changed, re.MULTILINE), re.findall(pattern, source, re.MULTILINE)
            assert marks[0] == marks[1] or (not any(texts) and line.begin in marks[1])  # a heading without words goes
    assert kept > 200
