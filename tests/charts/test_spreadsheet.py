import pytest

from tests.charts.spreadsheet import printed


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1234.5, "#,##0", "1,235"),  # halves are rounded away from zero
        (0.125, "0%", "13%"),
        (-0.5, "0.00;−0.00", "−0.50"),
        (0.0, "0.0;−0.0;0", "0"),
        (0.4743, "#,###.00", ".47"),
        (1234.5, "#,###.00", "1,234.50"),
        (0.1, "[<1]0.##########;#,##0", "0.1"),
        (1000.0, "[<1].##########;#,##0", "1,000"),
        (0.25, '+0%"  ";−0%"  "', "+25%  "),
        (2.5, "General", "2.5"),
        (2.5, '"at 0.5: "0.00', "at 0.5: 2.50"),
        (0.004, '[>=0.005]0.00;[>0]"<0.01";0.00', "<0.01"),
        (0.005, '[>=0.005]0.00;[>0]"<0.01";0.00', "0.01"),
        (-0.5, '[>=0.005]0.00;[>0]"<0.01";0.00', "-0.50"),
        (1.0, '"a; b"\\"0;"c"', 'a; b"1'),
        (-7.0, '"chance";"chance";"chance"', "chance"),
    ],
)
def test_numbers_are_printed_as_the_standard_says(value, code, text):
    assert printed(value, code) == text
