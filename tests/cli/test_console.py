import json

from workshop.cli.console import format_problems
from workshop.errors import At, Problem, Severity

ERROR = Problem("no fact 'x'", At("a.md", 3), hint="did you mean 'y'?", code="unknown-fact")
WARNING = Problem("long", At("a.md", 1), code="words", severity=Severity.WARNING)


def test_text_has_a_line_a_problem_in_the_order_of_places():
    assert format_problems([ERROR, WARNING]).splitlines() == [
        "a.md:1: warning: long",
        "a.md:3: error: no fact 'x' — did you mean 'y'?",
    ]


def test_json_holds_every_part_of_a_problem():
    (record,) = json.loads(format_problems([ERROR], "json"))
    assert record == {
        "file": "a.md",
        "line": 3,
        "severity": "error",
        "code": "unknown-fact",
        "message": "no fact 'x'",
        "hint": "did you mean 'y'?",
    }


def test_sarif_names_rule_level_and_place():
    run = json.loads(format_problems([ERROR, WARNING], "sarif"))["runs"][0]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {"unknown-fact", "words"}
    assert [r["level"] for r in run["results"]] == ["warning", "error"]
    place = run["results"][1]["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("a.md", 3)


def test_github_annotations_name_file_and_line():
    assert format_problems([ERROR], "github") == "::error file=a.md,line=3::no fact 'x' — did you mean 'y'?"
