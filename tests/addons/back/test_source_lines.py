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
SAID = [
    ("title", "It keeps 72 counts, not “sentences”", "It holds 72 counts, not “sentences”", "It holds **{{ 64 + 8 }} counts**"),
    ("text", "It looks the sentence up.", "It looks each sentence up.", "> It looks each sentence up."),
    ("text", "Busy 60% of the time: 0.9 minutes", "Busy 60% of the day: 0.9 minutes", "of the day: {{ queue.wait.calm"),
    ("text", "A flat average, as in this page", "A flat mean, as in that page", "- A [flat]{.fixed} mean, as in [that page](https"),
    ("text", "Rye has little gluten, so its dough is sour.", "Rye has less gluten, so its dough is sour.", "Rye has less gluten,\nso its"),
    ("cell", "Flour", "Rye flour", "| Rye flour | {{ flour.grams }} |"),
    ("cell", "Water | milk", "Water or milk", "| Water or milk | 350 |"),
    ("note", "Say You’re the rule.", "Say You’re the judge.", "**Say** You're the judge."),
    ("note", "Then it’s the room’s turn, for 5 minutes.", "Now it’s the room’s turn, for 5 minutes.", "Now it's the room's turn, for {{ minutes }}"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "old", "new", "line"), SAID)
def test_words_change_where_the_author_typed_them_and_nowhere_else(kind, old, new, line):
    changed = reworded(SOURCE, old, new, kind)
    assert line in changed
    assert reworded(changed, new, old, kind).replace("\\", "") == SOURCE.replace("\\", "")


@pytest.mark.parametrize(
    ("kind", "old", "new", "why"),
    [
        ("title", "It keeps 72 counts, not “sentences”", "It keeps 75 counts, not “sentences”", "computed"),
        ("text", "Busy 60% of the time: 0.9 minutes", "Busy 65% of the time: 0.9 minutes", "computed"),
        ("text", "One of the two", "One of three", "several lines"),
        ("text", "One line of code", "Two lines of code", "no line"),
        ("note", "It looks the sentence up.", "It looks.", "no line"),
        ("cell", "500", "550", "no line"),
    ],
)
def test_what_no_single_line_says_or_what_is_computed_is_not_changed(kind, old, new, why):
    with pytest.raises(NotThereError, match=why):
        reworded(SOURCE, old, new, kind)


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
