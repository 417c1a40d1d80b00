"""What the direct reader makes is what pydantic makes, and whatever it isn't sure of is left to pydantic."""

from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from workshop.content.direct import DoubtError, made
from workshop.errors import Report
from workshop.inputs.yaml_text import parse_yaml
from workshop.model.meta import (
    AudienceMeta,
    Framework,
    KitMeta,
    Point,
    SheetMeta,
    Source,
    StageMeta,
    StyleMeta,
    Term,
)

KIT = Path(__file__).resolve().parents[2] / "slides_src"
LISTS = {"glossary": Term, "sources": Source, "points": Point, "frameworks": Framework}


def values(path):
    report = Report()
    tree = parse_yaml(path.read_text("utf-8"), path.name, report)
    assert not report.errors
    return tree.value


def front_matter(path):
    _, head, _ = path.read_text("utf-8").split("---\n", 2)
    return parse_yaml(head, path.name, Report()).value


def built_in():
    yield KitMeta, values(KIT / "kit.yaml")
    yield from ((AudienceMeta, values(path)) for path in sorted(KIT.glob("audiences/*.yaml")))
    yield from ((model, entry) for name, model in LISTS.items() for entry in values(KIT / f"{name}.yaml"))
    yield from ((StageMeta, front_matter(path)) for path in sorted(KIT.glob("*.md")))
    yield from ((SheetMeta, front_matter(path)) for path in sorted(KIT.parent.glob("exercises/*.md")))


def test_everything_in_the_built_in_kit_is_read_directly_and_as_pydantic_reads_it():
    read = [(made(model, value), TypeAdapter(model).validate_python(value)) for model, value in built_in()]
    assert len(read) > 150
    assert [mine for mine, theirs in read if mine != theirs or repr(mine) != repr(theirs)] == []


GOOD = [
    (KitMeta, {"minutes": "45.5", "people": "12", "language": "de-CH", "explore_url": "https://example.org"}),
    (KitMeta, {"blocks": [{"title": "Lunch", "minutes": "60", "from": "180", "to": "480", "fill": "no"}]}),
    (KitMeta, {"start": "9:05", "paper": "letter", "whole": {"general": "90"}, "vars": {"a": ""}}),
    (AudienceMeta, {"minutes": {"": "45", "slide": "2"}, "quiz": {"45": ["one"]}, "start": "10.30"}),
    (AudienceMeta, {"minutes": "45", "moments": {"a": [{"id": "b", "slides": ["c", {"d": "45"}], "break": "here"}]}}),
    (StageMeta, {"for": "general", "number": "3", "flow": ["a", "b", "c"], "runs": {"a": {"demo": "b"}}}),
]


@pytest.mark.parametrize(("model", "value"), GOOD)
def test_numbers_names_lists_and_models_in_models_are_read_as_pydantic_reads_them(model, value):
    assert repr(made(model, value)) == repr(TypeAdapter(model).validate_python(value))


WRONG = [
    (KitMeta, []),
    (KitMeta, {"tilte": "A"}),
    (KitMeta, {"title": ["a"]}),
    (KitMeta, {"minutes": "-1"}),
    (KitMeta, {"minutes": "nan"}),
    (KitMeta, {"minutes": "many"}),
    (KitMeta, {"people": "0"}),
    (KitMeta, {"people": "1.5"}),
    (KitMeta, {"people": "999999999"}),
    (KitMeta, {"language": "e"}),
    (KitMeta, {"language": "en\n"}),
    (KitMeta, {"start": "25:00"}),
    (KitMeta, {"paper": "a3"}),
    (KitMeta, {"sections": []}),
    (KitMeta, {"sections": "a"}),
    (KitMeta, {"explore_url": "ftp://example.org"}),
    (KitMeta, {"data": {"demo": "a"}}),
    (KitMeta, {"blocks": [{"title": "Lunch"}]}),
    (KitMeta, {"blocks": [{"title": "Lunch", "minutes": "60", "least": "1"}]}),
    (KitMeta, {"blocks": [{"title": "Lunch", "minutes": "60", "fill": "perhaps"}]}),
    (AudienceMeta, {"start": {}}),
    (AudienceMeta, {"minutes": {"slide": "x"}}),
    (AudienceMeta, {"moments": {"a": [{"id": "b", "slides": [{"c": "1", "d": "2"}]}]}}),
    (AudienceMeta, {"moments": {"a": [{"id": "b", "slides": [{"c": "-1"}]}]}}),
    (StageMeta, {"short": "x" * 15}),
    (StageMeta, {"flow": ["a", "b", "c", "d"]}),
    (StageMeta, {"for_": "general"}),
    (StyleMeta, {"person-verbs": [{"forms": [], "instead": "a"}]}),
    (Source, {"key": "a b"}),
]


@pytest.mark.parametrize(("model", "value"), WRONG)
def test_what_pydantic_refuses_is_never_read_directly(model, value):
    with pytest.raises(ValidationError):
        TypeAdapter(model).validate_python(value)
    with pytest.raises(DoubtError):
        made(model, value)


@pytest.mark.parametrize("value", ["1e3", " 45", "+5", "٤٥", "1_000"])
def test_an_unusual_way_to_write_a_number_is_left_to_pydantic(value):
    with pytest.raises(DoubtError):
        made(KitMeta, {"minutes": value})
