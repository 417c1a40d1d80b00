import json

from workshop.cli.console import format_problems
from workshop.errors import At, Problem, Severity

ERROR = Problem("no fact 'x'", At("a.md", 3), hint="did you mean 'y'?", code="unknown-fact")
WARNING = Problem("long", At("a.md", 1), code="words", severity=Severity.WARNING)


def test_text_has_one_line_per_problem_in_the_order_of_places():
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


def many(count, severity=Severity.ERROR):
    return [Problem(f"number {k}", At("a.md", k), code="x", severity=severity) for k in range(1, count + 1)]


def test_twenty_problems_are_printed_and_the_rest_counted_errors_first():
    lines = format_problems([*many(30, Severity.WARNING), *many(15)]).splitlines()
    assert len(lines) == 21
    assert sum("error" in line for line in lines[:20]) == 15
    assert lines[-1] == "and 25 more problems"
    assert format_problems(many(21)).splitlines()[-1] == "and 1 more problem, 1 of them errors"
    assert len(json.loads(format_problems(many(100), "json"))) == 100


def test_a_kind_of_problem_that_occurs_once_is_printed_however_many_there_are_of_others():
    rare = [Problem("the date is missing", At("z.yaml", 9), code=code) for code in ("schema", "missing-file")]
    lines = format_problems([*many(40), *rare]).splitlines()
    assert [line.partition(":")[0] for line in lines[:20]] == ["a.md"] * 18 + ["z.yaml"] * 2


def test_a_long_problem_keeps_its_place_and_its_fix():
    text = format_problems([Problem(f"'{'9' * 5000}' is not a number", At("a.md", 3), hint="write digits")])
    assert text.startswith("a.md:3: error: '999")
    assert text.endswith("9' is not a number — write digits")
    assert len(text) < 510


def test_the_name_of_a_file_cannot_control_a_terminal_or_a_workflow():
    odd = Problem("no file '\x1b[2J\u202e\ud800'", At("a\n::set-env name=x::y,b:c%.md", 2), code="x")
    text = format_problems([odd])
    assert not set("\x1b\u202e\ud800") & set(text)
    (line,) = format_problems([odd], "github").split("\n")
    assert line.startswith("::error file=a%0A%3A%3Aset-env name=x%3A%3Ay%2Cb%3Ac%25.md,line=2::no file ")
    text.encode()
