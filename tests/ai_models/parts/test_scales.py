import math

import pytest

from workshop.ai_models.parts import scales


def test_every_chance_is_above_its_bits():
    for mark in scales.ruler().named:
        assert 2**-mark.at == pytest.approx(float(mark.text))


def test_fine_marks_are_hundredths_in_order_and_on_the_ruler():
    fine = scales.ruler().fine
    assert list(fine) == sorted(fine)
    assert fine[0] >= 0
    assert fine[-1] <= 7
    assert any(math.isclose(2**-bits, 0.37) for bits in fine)


def test_the_table_is_minus_log2_of_row_and_column():
    table = scales.lookup()
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            chance = float(row.head) + int(column) / 100
            if chance:
                assert float(cell) == pytest.approx(-math.log2(chance), abs=0.00501)
            else:
                assert cell == ""


def test_the_worked_example_agrees_with_the_table():
    table = scales.lookup()
    assert f": {table.rows[4].cells[1]} bits." in table.caption
