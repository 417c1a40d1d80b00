"""Tests columns of numbers as people write them."""

import pytest

from workshop.plan.written_numbers import as_numbers


@pytest.mark.parametrize(
    ("cells", "comma", "wanted", "sign"),
    [
        (["1,200", "2,500,000"], False, ["1200", "2500000"], ""),
        (["1,200", "900"], False, ["1200", "900"], ""),
        (["1,200", "1,2"], False, ["1.200", "1.2"], ""),
        (["1,2", "3,45"], True, ["1.2", "3.45"], ""),
        (["1 200", "12 000.5"], False, ["1200", "12000.5"], ""),
        (["12 %", "", "3.5%"], False, ["12%", "", "3.5%"], "%"),
        (["€ 5", "€ 1 200"], False, ["5", "1200"], "€"),
        (["5 CHF", "7 CHF"], False, ["5", "7"], "CHF"),
        (["€ 5", "$ 7"], False, ["€ 5", "$ 7"], ""),
        (["1,200", "n/a"], False, ["1,200", "n/a"], ""),
        (["", ""], False, ["", ""], ""),
    ],
)
def test_a_column_is_numbers_if_all_of_its_cells_agree(cells, comma, wanted, sign):
    rows, signs = as_numbers(["a"], [(k, [cell]) for k, cell in enumerate(cells)], comma=comma)
    assert [row[0] for _, row in rows] == wanted
    assert signs == ({"a": sign} if sign else {})


def test_a_pie_is_one_stacked_column_and_a_sign_is_told(plan):
    files = {"a.csv": "what,cost\nA,€ 5\nB,€ 15\n", "b.csv": "what;share\nA;40 %\nB;60 %\n"}
    planned = plan("## One\n\n![](chart:a.csv)\n\n## Two\n\n![](chart:b.csv){kind=pie}\n", files)
    money, pie = (planned.slide(k).slot("main")[0].chart for k in (0, 1))
    assert money.measure == "Cost by what, in €"
    assert (pie.kind, pie.unit) == ("stacked", "percent")
    assert [(s.name, s.values) for s in pie.series] == [("A", (0.4,)), ("B", (0.6,))]
    assert planned.messages == ["a pie is drawn as one stacked column"]
