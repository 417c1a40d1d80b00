import pytest

from workshop.content.kit_files import read_shelf
from workshop.errors import Report

POINTS = '- {id: "1.1", text: Dough rises}\n- {id: "1.2", text: Ovens vary}\n'
GOOD = """\
- id: house
  name: House rules
  source: intranet
  year: 2026
  licence: internal
  competences: {R1: Check it, R2: ""}
  points:
    "1.1": [R1]
"""


def shelf(tmp_path, frameworks, points=POINTS):
    (tmp_path / "kit.yaml").write_text("title: Bread\nsections: [bread]\n")
    (tmp_path / "points.yaml").write_text(points)
    (tmp_path / "frameworks.yaml").write_text(frameworks)
    report = Report()
    return read_shelf(tmp_path, report), [(p.at.line, p.message) for p in report.found]


def test_a_framework_has_typed_keys(tmp_path):
    found, problems = shelf(tmp_path, GOOD)
    assert problems == []
    (one,) = found.frameworks
    assert (one.year, one.label, one.points["1.1"]) == (2026, "House rules", ("R1",))


def test_unknown_points_and_codes_are_all_reported_at_their_lines(tmp_path):
    _, problems = shelf(tmp_path, GOOD + '    "9.9": [R1]\n    "1.2":\n      - R1\n      - R7\n')
    assert problems == [(9, "points.yaml has no point '9.9'"), (12, "House rules has no competence 'R7' here")]


@pytest.mark.parametrize("key", ["source", "year", "licence"])
def test_nothing_is_printed_without_source_year_and_licence(tmp_path, key):
    without = "".join(line for line in GOOD.splitlines(keepends=True) if not line.strip().startswith(f"{key}:"))
    assert (1, f"{key} is missing") in shelf(tmp_path, without)[1]


def test_a_year_that_is_no_year_is_reported(tmp_path):
    assert [line for line, _ in shelf(tmp_path, GOOD.replace("2026", "soon"))[1]] == [4]
