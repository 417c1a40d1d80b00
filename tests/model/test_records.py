"""Tests our dataclasses against those of the standard library: each class is made by both, and both must behave alike."""

import copy
import dataclasses
import inspect
import pickle
from dataclasses import KW_ONLY, FrozenInstanceError, field, fields, replace
from typing import ClassVar

import pytest
from pydantic import TypeAdapter

from workshop.model.records import dataclass
from workshop.model.theme import Box


def point(make):
    @make(frozen=True, slots=True)
    class Point:
        """A point."""

        x: int
        y: int = 0
        _: KW_ONLY
        names: tuple[str, ...] = ()
        marks: dict[str, int] = field(default_factory=dict)
        seen: int = field(default=0, compare=False, repr=False)
        double: int = field(init=False, default=0)

        def __post_init__(self):
            object.__setattr__(self, "double", self.x * 2)

    return Point


OURS, THEIRS = point(dataclass), point(dataclasses.dataclass)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A class of ours to derive from."""

    text: str
    more: tuple[int, ...] = ()


@pytest.mark.parametrize(
    "attempt", [lambda p: p(1, 2), lambda p: p(x=3, names=("a",), marks={"a": 1}), lambda p: p(1, seen=4)]
)
def test_objects_have_the_same_fields_and_the_same_text(attempt):
    ours, theirs = attempt(OURS), attempt(THEIRS)
    assert [(f.name, getattr(ours, f.name)) for f in fields(ours)] == [
        (f.name, getattr(theirs, f.name)) for f in fields(theirs)
    ]
    assert repr(ours) == repr(theirs)


@pytest.mark.parametrize(
    "attempt", [lambda p: p(), lambda p: p(1, 2, 3), lambda p: p(1, z=2), lambda p: p(1, double=3)]
)
def test_wrong_arguments_are_refused_in_the_same_words(attempt):
    with pytest.raises(TypeError) as theirs:
        attempt(THEIRS)
    with pytest.raises(TypeError) as ours:
        attempt(point(dataclass))
    assert str(ours.value) == str(theirs.value)


def test_objects_are_equal_if_their_compared_fields_and_classes_are():
    assert OURS(1, 2, seen=3) == OURS(1, 2, seen=4)
    assert OURS(1, 2) != OURS(1, 3)
    assert OURS(1, 2) != point(dataclass)(1, 2)
    assert len({Kept(text="a"), Kept(text="a"), Kept(text="b")}) == 2


def test_a_factory_makes_a_new_value_for_each_object():
    assert OURS(1).marks == {}
    assert OURS(1).marks is not OURS(1).marks


def test_fields_can_be_neither_set_nor_deleted():
    made = OURS(1)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'x'"):
        made.x = 2
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'x'"):
        del made.x
    assert not hasattr(made, "__dict__")


def test_copies_replacements_and_pickles_are_equal_to_what_they_come_from():
    assert replace(Kept(text="a"), more=(2,)) == Kept(text="a", more=(2,))
    assert copy.deepcopy(OURS(1, names=("a",))) == OURS(1, names=("a",))
    assert pickle.loads(pickle.dumps(Box(1, 2, 3, 4))) == Box(1, 2, 3, 4)


@pytest.mark.parametrize("make", [dataclass, dataclasses.dataclass], ids=["ours", "the library's"])
def test_a_class_may_derive_from_one_of_ours(make):
    @make(frozen=True, slots=True, kw_only=True)
    class Derived(Kept):
        """With one more field."""

        last: int = 7

    assert Derived(text="a").last == 7
    assert Derived(text="a") != Kept(text="a")
    assert Derived(text="a") == Derived(text="a")
    with pytest.raises(FrozenInstanceError):
        Derived(text="a").last = 8


def test_init_is_compiled_once_and_then_has_the_usual_signature():
    made = point(dataclass)
    made(1)
    first = made.__init__
    made(2)
    assert made.__init__ is first
    assert list(inspect.signature(made).parameters) == list(inspect.signature(THEIRS).parameters)


def test_yaml_can_be_read_into_them():
    assert TypeAdapter(Kept).validate_python({"text": "a", "more": ["1"]}) == Kept(text="a", more=(1,))


def test_other_kinds_of_dataclass_are_the_standard_librarys():
    @dataclass(slots=True)
    class Changing:
        """A class whose objects change."""

        count: int = 0

    made = Changing()
    made.count = 3
    assert made == Changing(3)


@pytest.mark.parametrize("make", [dataclass, dataclasses.dataclass], ids=["ours", "the library's"])
def test_a_class_may_be_open_to_changes_and_a_class_of_it_have_more_fields(make):
    @make(slots=True)
    class Open:
        """A class whose objects change."""

        count: int = 0
        found: list[int] = field(default_factory=list, kw_only=True)
        kind: ClassVar[str] = "open"

    @make(slots=True, kw_only=True)
    class More(Open):
        """With another default, and one more field."""

        count: int = 5
        _: KW_ONLY
        last: int

    made = More(last=1)
    made.count += 2
    made.found.append(3)
    assert repr(made).endswith("More(count=7, found=[3], last=1)")
    assert made == More(count=7, found=[3], last=1) != More(last=1)
    assert (made.kind, [one.name for one in fields(made)]) == ("open", ["count", "found", "last"])
    assert (Open.__match_args__, More.__match_args__) == (("count",), ())
    assert (Open.__hash__, hasattr(made, "__dict__")) == (None, False)
    assert copy.deepcopy(made) == replace(made) == made


@pytest.mark.parametrize("make", [dataclass, dataclasses.dataclass], ids=["ours", "the library's"])
def test_fields_are_positional_in_order_except_those_by_name(make):
    made = point(make)(1, 2, names=("a",))
    match made:
        case made.__class__(x, y):
            assert (x, y) == (1, 2)
    assert [one.kw_only for one in fields(made)] == [False, False, True, True, True, True]
    assert made.__dataclass_params__.frozen
