"""Tests the JSON schemas: they describe every key, accept the built-in kit, and refuse what a build refuses."""

import json

import pytest
import yaml

from workshop.cli.asked import builtin_kit
from workshop.cli.schemas import SCHEMAS, schema_of
from workshop.content.metadata import TALK_KEYS, keys_of
from workshop.plugins.registry import standard_registry

jsonschema = pytest.importorskip("jsonschema")
KIT = builtin_kit(standard_registry())
FILES = {
    "kit": ["kit.yaml"],
    "audience": ["audiences/general.yaml", "audiences/executives.yaml", "audiences/students.yaml"],
    "glossary": ["glossary.yaml"],
    "sources": ["sources.yaml"],
    "points": ["points.yaml"],
    "frameworks": ["frameworks.yaml"],
    "style": ["style.yaml"],
}
SHEETS = sorted((KIT.parent / "exercises").glob("*.md"))


def as_an_editor_reads(text):
    """Return YAML with yes and no as texts, as editors read it, and days as texts."""

    class Loader(yaml.SafeLoader):
        yaml_implicit_resolvers = {  # noqa: RUF012
            first: [(tag, rule) for tag, rule in rules if not tag.endswith((":bool", ":timestamp"))]
            for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    return yaml.load(text, Loader)


def front(path):
    return path.read_text("utf-8").split("---\n")[1]


def faults(name, text):
    checker = jsonschema.Draft202012Validator(schema_of(name))
    return [f"{list(fault.path)}: {fault.message}" for fault in checker.iter_errors(as_an_editor_reads(text))]


@pytest.mark.parametrize(("name", "file"), [(name, file) for name, files in FILES.items() for file in files])
def test_the_files_of_the_built_in_kit_are_valid(name, file):
    assert faults(name, (KIT / file).read_text("utf-8")) == []


@pytest.mark.parametrize("path", sorted(KIT.glob("*.md")), ids=lambda path: path.stem)
def test_the_front_matter_of_its_sections_is_valid(path):
    assert faults("slides", front(path)) == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_the_front_matter_of_its_sheets_is_valid(path):
    assert faults("sheet", front(path)) == []


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("kit", "titel: A", "'titel' was unexpected"),
        ("kit", "paper: a5", "'a5' is not one of"),
        ("kit", "people: many", "'many' is not of type 'integer'"),
        ("slides", "moments: [{id: a}]", "'slides' is a required property"),
        ("audience", "motion: perhaps", "'perhaps' is not one of"),
        ("glossary", "term: a", "is not of type 'array'"),
    ],
)
def test_what_a_build_refuses_is_refused(name, text, message):
    assert message in " ".join(faults(name, text))


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_is_described(name):
    made = schema_of(name)
    parts = [made.get("items", made), *made.get("$defs", {}).values()]
    assert [key for part in parts for key, value in part["properties"].items() if not value["description"]] == []


def test_a_talk_may_have_keys_of_other_tools_and_those_of_a_section():
    made = schema_of("talk")
    assert set(made["properties"]) == {*TALK_KEYS, "lang", *keys_of(SCHEMAS["slides"][1])}
    assert faults("talk", "title: A\nmarp: true\nbibliography: works.bib\n") == []


def test_the_command_prints_it_and_names_the_nearest(run):
    code, out, errors = run("schema", "kit")
    assert (code, json.loads(out), errors) == (0, schema_of("kit"), "")
    code, _, errors = run("schema", "audiences")
    assert code == 2
    assert "There is no schema of 'audiences'; did you mean 'audience'?" in errors
