"""A poll as a room sees it: one phone with steppers, hands at the remote, and the bars on the wall beside the toy's."""

import pytest

from tests.addons.live import test_room_in_a_browser as room_tests
from tests.addons.live.test_room_in_a_browser import Page, Phone, taught
from tests.browser import opened

pytestmark = [pytest.mark.long, pytest.mark.broad]
TALK = """---
title: Facts
people: 12
---

# Which of five facts are false? {#facts layout=poll minutes=1 each=5}

1. Ask for five facts

- False {toy="0.875"}
- True {toy="0.125"}
- Can’t tell

# Thank you {#end}

- indeed

::: notes
**Say** That was all.
:::
"""
BARS = "[...document.querySelectorAll('.answer')].map((one) => one.innerText.replace(/\\s+/g, ' ').trim()).join()"


def test_a_poll_opens_is_sorted_on_a_phone_closes_and_shows_its_bars_beside_the_toys(tmp_path, cache, monkeypatch):
    monkeypatch.setattr(room_tests, "TALK", TALK)
    with taught(tmp_path, cache) as (browser, own, room, _), opened(tmp_path / "one") as first:
        wall, remote = Page(browser, own + "wall/", 1280, 720), Page(browser, room["remote"], 390, 844)
        phone = Phone(first, f"http://{room['address']}")
        phone.sit()
        remote.click("[data-do=next]")
        remote.click("[data-do=next]")
        wall.until("document.querySelector('#picture svg')?.textContent.includes('Which of five')")
        remote.click("#bar [data-do=open]")
        for option in ("One more: False", "One more: True", "One more: True"):
            phone.click(f"[aria-label='{option}']:not(:disabled)")
        phone.says("Your answer is in.")
        phone.fine()
        wall.says("1 guest has answered")
        remote.click("#rows .hand:last-child button:last-child")
        remote.click("#bar [data-do=close]")
        wall.says("Closed")
        assert wall.run(f"return {BARS}") == ""
        remote.click("#bar [data-do=show]")
        wall.until(f"{BARS} === 'A False toy 88% you 1,B True toy 13% you 2,C Can’t tell toy – you 1'")
        widths = wall.run("return [...document.querySelectorAll('.track i')].map((one) => one.style.width)")
        assert widths == ["88%", "25%", "13%", "50%", "0%", "25%"]
        for page in (wall, remote, phone):
            page.fine()
