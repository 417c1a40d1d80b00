import csv
import io

import pytest

from workshop.addons.batch.batch_report import FORMULA, report_text
from workshop.addons.batch.rows import Outcome, State
from workshop.errors import At


def outcome(line, **fields):
    return Outcome(**{"at": At("rows.csv", line), "name": f"n{line}", "state": State.BUILT, **fields})


def test_rows_are_in_the_order_of_the_table():
    text = report_text([outcome(3, seconds=1.26), outcome(2, state=State.FAILED, message='no "x", sorry'), outcome(10)])
    assert list(csv.reader(io.StringIO(text))) == [
        ["row", "state", "folder", "seconds", "message"],
        ["2", "failed", "n2", "", 'no "x", sorry'],
        ["3", "built", "n3", "1.3", ""],
        ["10", "built", "n10", "", ""],
    ]


@pytest.mark.parametrize("start", FORMULA)
def test_no_cell_becomes_a_formula(start):
    text = report_text([outcome(2, name=f"{start}cmd|' /C calc'!A0", message=f"{start}SUM(1)")])
    _, (_, _, name, _, message) = csv.reader(io.StringIO(text))
    assert name.startswith("'")
    assert message.startswith("'")


def test_a_message_stays_in_its_line_and_steers_nothing():
    text = report_text([outcome(2, message="a\nb\x1b[31mc\u202ed\u2028e")])
    assert len(text.splitlines()) == 2
    assert next(csv.reader([text.splitlines()[1]]))[4] == "a b [31mc d e"
