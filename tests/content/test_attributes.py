from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.content.attribute_grammar import AttributeSyntaxError, parse_attributes, split_trailing
from workshop.model.markup import Attrs

NAMES = st.from_regex(r"[a-z][a-z0-9_:.-]{0,8}", fullmatch=True)
VALUES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=12)


def written(attrs: Attrs) -> str:
    quoted = [(key, value.replace("\\", "\\\\").replace('"', '\\"')) for key, value in attrs.pairs]
    parts = [f"#{attrs.id}"] if attrs.id else []
    return "{" + " ".join(parts + [f".{c}" for c in attrs.classes] + [f'{k}="{v}"' for k, v in quoted]) + "}"


@settings(deadline=None)
@given(
    st.builds(
        lambda name, classes, pairs: Attrs(name, tuple(classes), tuple(pairs.items())),
        NAMES | st.just(""),
        st.lists(NAMES, max_size=3),
        st.dictionaries(NAMES.filter(lambda k: "=" not in k), VALUES, max_size=4),
    )
)
def test_written_attributes_are_read_back(attrs: Attrs) -> None:
    text = written(attrs)
    assert parse_attributes(text) == (attrs, len(text))


@settings(deadline=None)
@given(st.text(alphabet="{}#.=\"'ab -\\\n\t%,/", max_size=40))
def test_any_text_gives_attributes_or_one_error_within_it(text: str) -> None:
    whole, error = "{" + text, None
    try:
        _, end = parse_attributes(whole)
    except AttributeSyntaxError as caught:
        error = caught
    if error is None:
        assert whole[end - 1] == "}"
    else:
        assert 0 <= error.offset <= error.end <= len(whole)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("{width=50%}", (("width", "50%"),)),
        ("{y=for,against x=a/b}", (("y", "for,against"), ("x", "a/b"))),
        ("{ a = b }", None),
        ('{a=""}', (("a", ""),)),
        ("{url=https://x.org/?q=1}", (("url", "https://x.org/?q=1"),)),
        ("{a='say \"so\"'}", (("a", 'say "so"'),)),
        (r'{a="C:\new"}', (("a", r"C:\new"),)),
    ],
)
def test_values_may_hold_anything_up_to_space_or_brace(text: str, pairs: tuple[tuple[str, str], ...] | None) -> None:
    if pairs is None:
        with pytest.raises(AttributeSyntaxError):
            parse_attributes(text)
    else:
        assert parse_attributes(text)[0].pairs == pairs


@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        ("{#a .b", 0, "the attributes are not closed"),
        ("{#}", 1, "there is no name after #"),
        ("{#a #b}", 4, "there are two names with #"),
        ("{a=1 a=2}", 5, "a= is given twice"),
        ("{a=}", 3, "there is no value after a="),
        ('{a="b}', 3, 'the value of a= has no closing "'),
        ('{a="b"c=d}', 6, "there is no space between two attributes"),
        ("{.a word}", 4, "'word' is not an attribute"),
    ],
)
def test_a_malformed_one_says_what_and_where(text: str, offset: int, message: str) -> None:
    with pytest.raises(AttributeSyntaxError) as caught:
        parse_attributes(text)
    assert (caught.value.offset, caught.value.message) == (offset, message)


def test_a_dash_is_unnumbered() -> None:
    assert parse_attributes("{-}")[0].classes == ("unnumbered",)


def test_braces_at_the_end_are_cut_off_only_if_they_look_like_attributes() -> None:
    assert split_trailing("A title {#id .x}") == ("A title", Attrs("id", ("x",)))
    assert split_trailing("Sets {a, b}") == ("Sets {a, b}", None)
    assert split_trailing("Sets {a} {.x}") == ("Sets {a}", Attrs("", ("x",)))
    assert split_trailing("f{.x}") == ("f{.x}", None)
    assert split_trailing('T {else="a } b {c}"}') == ("T", Attrs(pairs=(("else", "a } b {c}"),)))
    assert split_trailing("{#only}") == ("", Attrs("only"))
