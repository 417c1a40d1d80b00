"""Take the manual's pictures of pages in a browser: the preview, the app, the companion page on a phone, and a live room.

    python docs/make_screens.py             all of them
    python docs/make_screens.py phone       one

Needs Chromium and its driver. The pages are opened, and the room is held, as the tests of these pages do it.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from docs.make_pictures import GROUND, PICTURES, run  # noqa: E402 - found through the line above
from tests.addons.live.test_room_in_a_browser import Page, Phone, taught  # noqa: E402
from tests.addons.preview.test_in_a_browser import started  # noqa: E402
from tests.browser import opened, sized, until  # noqa: E402
from workshop.files.paths import default_cache  # noqa: E402

GAP = 16  # pixels
HIGHEST = 480  # pixels of pictures side by side
SETTLED = 3  # seconds: a browser draws text last


def taken(browser: Any) -> Image.Image:
    """Return what a browser shows, once it has drawn it."""
    time.sleep(SETTLED)
    return Image.open(BytesIO(browser.get_screenshot_as_png())).convert("RGB")


def keep(name: str, *pictures: Image.Image) -> None:
    """Write pictures side by side on grey, all equally high."""
    high = min(HIGHEST, *(one.height for one in pictures)) if len(pictures) > 1 else pictures[0].height
    scaled = [one.resize((round(one.width * high / one.height), high), Image.Resampling.LANCZOS) for one in pictures]
    sheet = Image.new("RGB", (sum(one.width + GAP for one in scaled) + GAP, high + 2 * GAP), GROUND)
    left = GAP
    for one in scaled:
        sheet.paste(one, (left, GAP))
        left += one.width + GAP
    sheet.quantize(128).save(PICTURES / f"{name}.png", optimize=True)


def preview(folder: Path) -> None:
    """Take a picture of the preview of the built-in kit, at a slide with a chart."""
    with opened(folder / "profile") as browser, started(cache=default_cache()) as (_, address):
        sized(browser, 1280, 760)
        browser.get(f"{address}#falls")
        until(browser, "document.body.dataset.state > 0")
        browser.execute_script("document.querySelector('#status').textContent = 'Up to date'")
        keep("preview", taken(browser))


def phone(folder: Path) -> None:
    """Take two pictures of the companion page on a phone: its first screen, and after a press."""
    run(sys.executable, str(HERE.parent / "build_deck.py"), "build", "--only", "explore", "--out", "o", at=folder)
    with opened(folder / "profile") as browser:
        sized(browser, 390, 780)
        browser.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
        browser.get((folder / "o" / "explore.html").as_uri())
        first = taken(browser)
        browser.execute_script(
            "[...document.querySelectorAll('button')].find((one) => one.getClientRects().length && !one.disabled).click()"
        )
        keep("phone", first, taken(browser))


def live_room(folder: Path) -> None:
    """Hold a room: two phones bet, hands are counted, and the wall and a phone show who was right."""
    with (
        taught(folder, default_cache()) as (browser, own, room, _),
        opened(folder / "one") as one,
    ):
        wall, remote = Page(browser, f"{own}wall/", 1280, 720), Page(browser, room["remote"], 390, 844)
        guest = Phone(one, f"http://{room['address']}")
        guest.sit()
        remote.click("[data-do=next]")
        remote.click("[data-do=next]")
        remote.until("document.querySelector('#bar [data-do=open]')")
        remote.click("#bar [data-do=open]")
        guest.bet("B")
        for _ in range(3):
            remote.click("#rows button:last-child")
        remote.click("[data-do=close]")
        remote.click("[data-do=show]")
        wall.until("document.querySelectorAll('.answer').length")
        guest.until("document.querySelector('.card')")
        browser.switch_to.window(wall.window)
        keep("live-room", taken(browser), taken(one))


def app(folder: Path) -> None:
    """Take a picture of the app with the board's workshop open."""
    with (
        opened(folder / "profile") as browser,
        started("--folder", folder / "Workshops", cache=default_cache(), command="app") as (_, own),
    ):
        sized(browser, 1280, 860)
        browser.get(own)
        until(browser, "document.querySelector('.card')")
        keep("app", taken(browser))


SCREENS = {"preview": preview, "phone": phone, "live-room": live_room, "app": app}


def main() -> None:
    """Take the pictures that were asked for, or all."""
    os.environ.setdefault("WORKSHOP_NEEDS_BROWSER", "1")
    for name in sys.argv[1:] or SCREENS:
        with tempfile.TemporaryDirectory() as folder:
            SCREENS[name](Path(folder))
        print(name, flush=True)


if __name__ == "__main__":
    main()
