import pytest

from tests.files.faults import stops
from workshop.addons.batch.whole_file import write_whole


@pytest.mark.parametrize("hows", [("before", "half"), ("error",)])
def test_a_file_is_there_as_a_whole_or_not_at_all(tmp_path, hows):
    folder, beside = tmp_path / "out", tmp_path / "out" / "beside"
    beside.mkdir(parents=True)
    found = set()
    for _point in stops(folder, lambda: write_whole(folder / "a.zip", b"new", beside), hows):
        path = folder / "a.zip"
        found.add(path.read_bytes() if path.exists() else None)
        path.unlink(missing_ok=True)
    assert found <= {None, b"new"}
    assert None in found
