"""Tests of how long a phone waits after *Join*, in a browser: alone, in a lobby of sixty, late, and after a reload."""

import asyncio
import time
from contextlib import contextmanager
from threading import Thread

import pytest

from tests.addons.live.crowd import Phone, remote, room_alone
from tests.addons.live.hall import CODE
from tests.browser import opened, sized, until

pytestmark = [pytest.mark.long, pytest.mark.broad]
MOST = 1000  # milliseconds; a phone that waits for the next news waits twenty seconds
TURNS = 3
JOIN = """
const [code, done] = arguments, began = performance.now();
document.querySelector("#code").value = code;
document.querySelector("#inside form").requestSubmit();
const look = () => (document.querySelector("#who").hidden ? setTimeout(look, 4) : done(performance.now() - began));
look();
"""
IS_BACK = """
const done = arguments[0];
const look = () => (document.querySelector("#who").hidden ? setTimeout(look, 4) : done(performance.now()));
look();
"""


@contextmanager
def sixty_phones(port):
    """Let sixty other phones join, and wait for news."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()

    async def come():
        phones = [Phone(port, f"127.0.4.{number}", 300 + number) for number in range(1, 61)]
        for phone in phones:
            assert await phone.join()
        return phones, [asyncio.create_task(phone.follow()) for phone in phones]

    async def go(phones, tasks):
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for phone in phones:
            phone.close()

    try:
        there = asyncio.run_coroutine_threadsafe(come(), loop).result()
        yield
        asyncio.run_coroutine_threadsafe(go(*there), loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def looked(port, secret):
    """Look at the remote, which gives each address that waits its name."""
    trainer = Phone(port, "127.0.3.1", 0)
    try:
        status, content = await trainer.ask("GET", f"host/{secret}/news?after=-1")
        assert (status, b"address-1" in content) == (200, True)
    finally:
        trainer.close()


class Newcomers:
    """One browser that comes as one new phone after the other."""

    def __init__(self, browser, port, secret):
        self.browser, self.port, self.secret, self.number = browser, port, secret, 0

    def comes(self):
        """Return the milliseconds from *Join* to the seat."""
        self.number += 1
        self.browser.delete_all_cookies()
        self.browser.get(f"http://127.0.0.1:{self.port}/{CODE}/")
        until(self.browser, "document.querySelector('#code')")
        return self.browser.execute_async_script(JOIN, str(self.number))

    def let_in(self):
        """Let all that come from this computer in: they have one address."""
        self.browser.delete_all_cookies()
        self.browser.get(f"http://127.0.0.1:{self.port}/{CODE}/")
        until(self.browser, "document.querySelector('#code')")
        self.browser.execute_script("document.querySelector('#inside form + button').click()")
        until(self.browser, "state.door")
        asyncio.run(looked(self.port, self.secret))
        self.do("let in", text="address-1")

    def do(self, event, **more):
        async def done():
            status, content = await remote(self.port, self.secret, event, **more)
            assert status == 200, content

        asyncio.run(done())

    def returns(self):
        """Return the milliseconds from a reload to the seat."""
        self.browser.refresh()
        return self.browser.execute_async_script(IS_BACK)


def measured(folder, turns):
    """Return when -> the milliseconds of each turn."""
    with opened(folder / "profile") as browser, room_alone(400, folder / "room") as (port, secret, _):
        sized(browser, 390, 844)
        phones = Newcomers(browser, port, secret)
        took = {"alone": [phones.comes()]}
        phones.let_in()
        took["alone"] += [phones.comes() for _ in range(turns - 1)]
        took["reload"] = [phones.returns() for _ in range(turns)]
        with sixty_phones(port):
            took["lobby"] = [phones.comes() for _ in range(turns)]
            for event in ("next", "next", "next", "next", "open"):
                phones.do(event)
            took["late"] = [phones.comes() for _ in range(turns)]
            assert browser.execute_script("return document.querySelectorAll('.pick').length") == 3
            took["late reload"] = [phones.returns() for _ in range(turns)]
    return took


def test_joining_takes_a_second_at_most_alone_in_a_full_lobby_late_and_after_a_reload(tmp_path):
    for when, times in measured(tmp_path, TURNS).items():
        assert max(times) < MOST, (when, times)


def test_a_page_that_is_reloaded_three_times_a_second_still_gets_its_script(tmp_path):
    with opened(tmp_path / "profile") as browser, room_alone(42, tmp_path / "room") as (port, secret, _):
        sized(browser, 390, 844)
        phones = Newcomers(browser, port, secret)
        phones.comes()
        times = []
        for _ in range(30):
            times.append(phones.returns())
            time.sleep(0.2)
    assert max(times) < MOST, times
