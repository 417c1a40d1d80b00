"""Write ``docs/reference/doors.md`` from the tables of ``tests/addons/studio/`` and the addresses that the app answers."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))  # the tests' tables aren't part of the package

from docs.pages import wrapped  # noqa: E402
from tests.addons.studio.sent import FILES, FOLDERS, OPTIONS  # noqa: E402
from tests.addons.web.served import routes_of  # noqa: E402
from workshop.addons.studio.make import Studio  # noqa: E402

INTRO = """# What this computer serves, and what a workshop's folder holds

`python docs/make_doors.py` writes this page. `tests/addons/studio/test_sent_folder.py` asks each of these addresses for each of these names, in a folder in which every one of them leads to private files: nothing of them is in any answer or file, nothing outside changes, and no program of the folder runs. [SECURITY.md](../../SECURITY.md) says what that promises.
"""


def page() -> str:
    """Return the whole page."""
    with tempfile.TemporaryDirectory() as home:
        studio = Studio(Path(home), "", "workshop", 0, lambda _: None)
        routes = routes_of(studio.routes)
        studio.own.socket.close()
    parts = [
        (
            "Addresses of the app, its wall and its remote",
            [f"{method} {path or 'the page'}" for method, path in routes],
        ),
        ("Files of a workshop's folder, each tried as a link", list(FILES)),
        ("Folders of it, each tried as a link", list(FOLDERS)),
        ("Texts that were tried as options, in each field of `workshop.json`", list(OPTIONS)),
    ]
    listed = (f"## {title}\n\n" + "\n".join(f"- `{one}`" for one in names) for title, names in parts)
    return wrapped("\n".join([INTRO, "\n\n".join(listed), ""]))


if __name__ == "__main__":
    (HERE / "reference" / "doors.md").write_text(page(), "utf-8")
