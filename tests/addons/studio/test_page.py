"""The page as it is written: what several views share has one name each."""

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "workshop" / "addons" / "studio" / "static"


def test_no_id_of_the_page_is_there_twice_and_no_script_asks_for_one_that_is_missing():
    page = (FOLDER / "app.html").read_text("utf-8")
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) > 40
    assert sorted(ids) == sorted(set(ids))
    scripts = "".join(path.read_text("utf-8") for path in FOLDER.glob("*.js"))
    made = set(re.findall(r'\bid: "([^"]+)"', scripts))
    assert set(re.findall(r'\$\("([^"$]+)"\)', scripts)) <= {*ids, *made}
