import pytest

from workshop.addons.batch.row_table import fault_of, twice
from workshop.errors import At


@pytest.mark.parametrize(
    "name", ["acme", "001", "Straße 7", "北京", "R&D, Ulm (2)", "a.b-c_d+e", "O'Brien", "Zoë", "con-tact"]
)
def test_names_of_clients_and_teams_can_be_used(name):
    assert fault_of(name) == ""


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "../x", "a/b", "a\\b", "/etc", "C:x", "a\0b", "a\nb", ".hidden", "-rf", "~", " a", "a ", "a."),
        *(
            "CON",
            "nul",
            "com1",
            "LPT9.txt",
            "report.csv",
            "Report.CSV",
            "=cmd",
            "@x",
            "+1",
            "a*b",
            "a?b",
            "x" * 201,
            "é" * 101,
        ),
        *("a\u202eb", "a\u2028b", "a:b", "a|b", "<a>", '"a"'),
    ],
)
def test_names_that_lead_elsewhere_or_that_some_system_cannot_have_are_refused(name):
    assert fault_of(name) != ""


def test_two_rows_never_share_a_folder_on_any_system():
    rows = ["acme", "ACME", "Zoë", "Zoe\u0308", "ﬁne", "fine", "other"]
    found = twice((name, At("rows.csv", line)) for line, name in enumerate(rows, 2))
    assert [problem.at.line for problem in found] == [3, 5, 7]
    assert found[0].message == "out: rows.csv:2 has the folder 'ACME', too"
