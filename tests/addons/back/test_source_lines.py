import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.addons.back.source_lines import NotThereError, patched, reworded, said_by

SOURCE = """## It keeps **{{ 64 + 8 }} counts**, not "sentences" {#looks-up layout=misconception}

> It looks the sentence up.

- Busy {{ queue.load.calm | percent }} of the time: {{ queue.wait.calm | number(1) }} minutes
- A [flat]{.fixed} average, as in [this page](https://example.org)
- One of the two
- One of the two
- **A rain jacket**: it hangs [beside]{.fixed} the door
- [[**You train**](#pretraining) with a pencil]{kept-by=count}

### By bicycle

Rye has little gluten,
so its dough is sour.

| Part | Grams |
|---|---|
| Flour | {{ flour.grams }} |
| Water \\| milk | 350 |

```python
print("One line of code")
```

::: notes
**Say** You're the rule.

Then it's the room's turn, for {{ minutes }} minutes.
:::
"""
TITLE, BUSY = "It keeps 72 counts, not “sentences”", "Busy 60% of the time: 0.9 minutes"
SAID = [
    ("title", TITLE, "keeps", "holds", "It holds **{{ 64 + 8 }} counts**"),
    ("text", "It looks the sentence up.", "the", "each", "> It looks each sentence up."),
    ("text", BUSY, "time", "day", "of the day: {{ queue.wait.calm"),
    ("text", "A flat average, as in this page", "average", "mean", "- A [flat]{.fixed} mean, as in [this page](https"),
    ("text", "A flat average, as in this page", "this", "that", "- A [flat]{.fixed} average, as in [that page](https"),
    ("text", "Rye has little gluten, so its dough is sour.", "little", "less", "Rye has less gluten,\nso its"),
    ("text", "By bicycle", "bicycle", "train", "### By train"),
    ("text", "it hangs beside the door", "door", "stairs", "- **A rain jacket**: it hangs [beside]{.fixed} the stairs"),
    ("text", "A rain jacket", "rain", "long", "- **A long jacket**: it"),
    ("text", "with a pencil", "pencil", "pen", "- [[**You train**](#pretraining) with a pen]{kept-by=count}"),
    ("cell", "Flour", "Flour", "Rye flour", "| Rye flour | {{ flour.grams }} |"),
    ("cell", "Water | milk", "|", "or", "| Water or milk | 350 |"),
    ("note", "Say You’re the rule.", "rule", "judge", "**Say** You're the judge."),
    ("note", "Then it’s the room’s turn, for 5 minutes.", "Then", "Now", "Now it's the room's turn, for {{ minutes }}"),
]


@pytest.mark.parametrize(("kind", "old", "word", "other", "line"), SAID)
def test_words_change_where_the_author_typed_them_and_nowhere_else(kind, old, word, other, line):
    new = old.replace(word, other)
    changed = reworded(SOURCE, old, new, kind)
    assert line in changed
    assert reworded(changed, new, old, kind).replace("\\", "") == SOURCE.replace("\\", "")


@pytest.mark.parametrize(
    ("kind", "old", "word", "other", "why"),
    [
        ("title", TITLE, "72", "75", "computed"),
        ("text", BUSY, "60", "65", "computed"),
        ("text", "One of the two", "two", "three", "several lines"),
        ("text", "One line of code", "One", "Some", "no line"),
        ("note", "It looks the sentence up.", "looks", "looked", "no line"),
        ("cell", "500", "500", "550", "no line"),
    ],
)
def test_what_no_single_line_says_or_what_is_computed_is_not_changed(kind, old, word, other, why):
    with pytest.raises(NotThereError, match=why):
        reworded(SOURCE, old, old.replace(word, other), kind)


def test_a_span_with_a_condition_may_be_missing():
    source = "## One [(in pairs)]{if=pairs} task {#a}\n"
    assert said_by(source, "One task", "title") == said_by(source, "One (in pairs) task", "title")


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), min_size=1, max_size=12))
def test_whatever_is_typed_into_a_paragraph_the_source_says_it(word):
    source = "## Title {#a}\n\n- Some words here\n"
    changed = reworded(source, "Some words here", f"Some {word} here", "text")
    assert changed.startswith("## Title {#a}\n\n- Some ")
    assert reworded(changed, f"Some {word} here", "Some words here", "text") == source


def test_a_paragraph_that_is_added_comes_after_the_one_before_it_and_one_that_is_gone_is_taken_out():
    old = ["Say You’re the rule.", "Then it’s the room’s turn, for 5 minutes."]
    longer = patched(SOURCE, old, [old[0], "Wait for hands.", old[1]], "note")
    assert "**Say** You're the rule.\n\nWait for hands.\n\nThen it's" in longer
    assert patched(longer, [old[0], "Wait for hands.", old[1]], old, "note") == SOURCE
    listed = patched(SOURCE, ["It looks the sentence up.", "A flat average, as in this page"], ["It looks the sentence up.", "A flat average, as in this page", "Two of 3"], "text")  # fmt: skip
    assert "](https://example.org)\n- Two of 3\n- One of" in listed


def test_a_note_added_after_what_comes_next_is_said_before_it():
    source = "## Rye {#rye}\n\n::: notes\n**Say** It is dark.\n\n**Next** Wheat.\n:::\n"
    changed = patched(
        source, ["Say It is dark.", "Next Wheat."], ["Say It is dark.", "Next Wheat.", "Ask who eats it."], "note"
    )
    assert changed == source.replace("**Next**", "Ask who eats it.\n\n**Next**")
