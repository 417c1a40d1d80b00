import pytest

from workshop.errors import WorkshopError
from workshop.inputs.actual_minutes import read_actual


def read(tmp_path, text):
    path = tmp_path / "minutes.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_actual(path)


def test_minutes_are_halves_and_the_mean_of_several_times(tmp_path):
    assert read(tmp_path, "slide,minutes\na,2\na,3.4\nb,0.1\n") == {"a": 2.5, "b": 0.5}


def test_a_slide_that_was_skipped_has_no_minutes_and_does_not_lower_the_mean(tmp_path):
    assert read(tmp_path, "slide,minutes\na,0\na,3\nb,0\n") == {"a": 3, "b": 0}


def test_empty_lines_other_columns_and_a_byte_order_mark_are_ignored(tmp_path):
    assert read(tmp_path, "\ufeffwhen,slide,minutes\n,,\nMay,a,4\nJune,b,\n") == {"a": 4}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("slide,time\na,2\n", "no column is named 'minutes'"),
        ("", "no column is named 'slide'"),
        ("slide,minutes\na,two\n", "'two' isn't a number of minutes"),
        ("slide,minutes\na,-2\n", "'-2' isn't a number of minutes"),
        ("slide,minutes\na,nan\n", "'nan' isn't a number of minutes"),
        (b"slide,minutes\n\xff,2\n", "this file cannot be read: it isn't text in UTF-8 (byte 14)"),
    ],
)
def test_what_is_wrong_is_reported_with_its_line(tmp_path, text, message):
    with pytest.raises(WorkshopError) as raised:
        read(tmp_path, text)
    (problem,) = raised.value.problems
    assert problem.message == message
    assert problem.hint
