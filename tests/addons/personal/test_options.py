import click
import pytest

from workshop.addons.personal.asked_for import wanted_sheets
from workshop.addons.personal.codes import SheetNumber
from workshop.addons.personal.options import count, numbers
from workshop.model.request import Request


def test_numbers_variants_and_single_ids_are_put_together_each_once():
    asked = {"personal": 2, "variants": 2, "personal_ids": numbers("2, S3-12D")}
    wanted = wanted_sheets(Request(extra={"personal": asked}))
    assert [sheet.label for sheet in wanted] == ["01", "02", "A", "B", "12"]
    assert wanted[-1] == SheetNumber("12", stage=3)


def test_a_sheet_for_each_name_needs_names():
    request = Request(names=("Ann", "Ben"), extra={"personal": {"personal": "names"}})
    assert [sheet.label for sheet in wanted_sheets(request)] == ["01", "02"]
    with click.Context(click.Command("build")) as context:
        with pytest.raises(ValueError, match=r"'names' needs a file of names: --names people\.csv"):
            count("names")
        context.params["names"] = "people.csv"
        assert count("names") == "names"


@pytest.mark.parametrize("text", ["0", "1000", "many", "-3"])
def test_a_number_that_cannot_be_meant_is_refused(text):
    with pytest.raises(ValueError, match="isn't a number of sheets from 1 to 999; write 30, or names"):
        count(text)


def test_every_wrong_id_is_named():
    with pytest.raises(ValueError, match=r"'x' isn't an ID.*; 'S2-07C' can't be right"):
        numbers("x,7,S2-07C")
