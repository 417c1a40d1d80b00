"""CSV files that slides show are refused while they are read, and before any demo runs; so are votes."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from workshop import limits, steps
from workshop.addons.room import room_commands
from workshop.cli.asked import builtin_kit
from workshop.errors import At, Problems, Report, WorkshopError
from workshop.inputs import csv_text
from workshop.model.request import Request
from workshop.plan.csv_files import read_table
from workshop.plugins.registry import standard_registry

AT = At("talk.md", 3)
ROOM = "".join(f"{k:04d} AABABB\n" for k in range(20_000))


@pytest.fixture
def no_demo_runs(monkeypatch):
    def ran(*_given, **_more):
        raise AssertionError("a demo runs before everything is read")

    monkeypatch.setattr(steps, "run_demos", ran)


@pytest.fixture
def rows_read(monkeypatch):
    """Count the rows that are parted into cells."""
    count, reader = [0], csv.reader

    def counting(*given, **more):
        for row in reader(*given, **more):
            count[0] += 1
            yield row

    class Counting:
        def __init__(self, *given, **more):
            self.rows, self.line_num = counting(*given, **more), 0

        def __iter__(self):
            for row in self.rows:
                self.line_num += 1
                yield row

    monkeypatch.setattr(csv_text.csv, "reader", Counting)
    return count


def small(folder, table):
    (folder / "kit.yaml").write_text("title: Small\nlanguage: en-GB\nsections: [01-a]\n")
    (folder / "01-a.md").write_text(
        "---\nstage: a\nnumber: 1\ntitle: A\n---\n\n## One {#one minutes=3}\n\n![t](table:t.csv)\n"
    )
    (folder / "t.csv").write_bytes(table)
    return folder


def run(kit, **asked):
    registry = standard_registry()
    return steps.run(steps.load(kit, Request(**asked), registry, builtin_kit(registry)))


@pytest.mark.usefixtures("no_demo_runs")
@pytest.mark.parametrize(
    ("table", "says"),
    [
        (b"a,b\n" + b"1,2\n" * 2_001, "more rows than can be shown; the limit is 2,000 rows"),
        (b"a,b\n" + b"1," * 20_000, "more cells than can be shown; the limit is 20,000 cells"),
        (b"x" * (limits.CSV_BYTES + 1), "can't be read"),
        ("a,b\n1,2\n".encode("utf-16"), "isn't text in UTF-8"),
    ],
)
def test_a_table_of_a_kit_is_refused_before_any_demo_runs(tmp_path, table, says):
    with pytest.raises(Problems) as raised:
        run(small(tmp_path, table))
    assert says in str(raised.value)
    assert Path(raised.value.problem.at.path).name == "01-a.md"


@pytest.mark.parametrize(("table", "most"), [("1,2\n", 2_002), ("1," * 200 + "\n", 101)])
def test_nothing_is_parted_after_the_first_row_beyond_a_limit(tmp_path, rows_read, table, most):
    file, report = tmp_path / "t.csv", Report()
    file.write_text("a,b\n" + table * (1_900_000 // len(table)))
    assert read_table(file, "t.csv", AT, report) is None
    assert (len(report.errors), rows_read[0] <= most) == (1, True)


def test_a_table_at_its_limits_is_read(tmp_path):
    file, report = tmp_path / "t.csv", Report()
    file.write_text("a,b\n" + "1,2\n" * limits.TABLE_ROWS)
    found = read_table(file, "t.csv", AT, report)
    assert (found is not None and len(found[1]), report.found) == (limits.TABLE_ROWS, [])


VOTES = {
    "utf-16": (ROOM[:200_000].encode("utf-16"), "this is not a text file"),
    "lines": ((ROOM + "0001 AABABB\n" * 2).encode(), "the limit is 20,000 lines"),
    "cells": (b"participant" + b",1" * 2_000, "the limit is 1,000 cells"),
    "bytes": (b"x" * (limits.BALLOT_BYTES + 1), "can't be read"),
}


@pytest.mark.usefixtures("no_demo_runs")
@pytest.mark.parametrize(("votes", "says"), VOTES.values(), ids=VOTES)
def test_votes_are_refused_before_any_demo_of_the_kit_runs(tmp_path, votes, says):
    file = tmp_path / "votes.csv"
    file.write_bytes(votes)
    with pytest.raises(WorkshopError) as raised:
        run(builtin_kit(standard_registry()), votes=file)
    assert says in str(raised.value)


@pytest.mark.parametrize("command", ["tally", "quiz"])
def test_what_a_room_handed_in_is_refused_before_the_kit_is_planned(tmp_path, monkeypatch, command):
    def planned(*_given):
        raise AssertionError("the kit is planned before the file is read")

    monkeypatch.setattr(room_commands, "_planned", planned)
    file = tmp_path / "votes.csv"
    file.write_bytes(ROOM.encode("utf-16"))
    found = CliRunner().invoke(getattr(room_commands, f"{command}_command"), [str(Path(file))])
    assert isinstance(found.exception, WorkshopError)
    assert "UTF-8" in str(found.exception.problem)
