"""Tests of a room as people see it: two phones with touch, the wall, the remote, a reload, a lost network; and what axe-core finds."""

from contextlib import contextmanager

import pytest

from tests.addons.preview.test_in_a_browser import started
from tests.browser import opened, sized, until, violations

pytestmark = [pytest.mark.long, pytest.mark.broad]
TALK = """---
title: Dough
people: 12
---

# Which dough rises first? {#dough layout=predict minutes=1}

- Rye
- Oat {right=yes}

# Oat does {#oat answers=dough}

- indeed

::: notes
**Say** Oat it is.
:::
"""
OFFLINE = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
ONLINE = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}


class Page:
    """A page in a window of a browser."""

    def __init__(self, browser, address, width, height):
        self.browser, self.size = browser, (width, height)
        browser.switch_to.new_window("tab")
        self.window = browser.current_window_handle
        sized(browser, width, height)
        browser.get(address)
        self.until("document.body.dataset.phase")

    def run(self, script, *arguments):
        self.browser.switch_to.window(self.window)
        return self.browser.execute_script(script, *arguments)

    def until(self, condition):
        self.browser.switch_to.window(self.window)
        until(self.browser, condition)

    def click(self, selector):
        self.until(f"document.querySelector({selector!r})")
        self.run("document.querySelector(arguments[0]).click()", selector)

    def says(self, words):
        self.until(f"document.body.textContent.includes({words!r})")

    def network(self, conditions):
        self.browser.switch_to.window(self.window)
        self.browser.execute_cdp_cmd("Network.enable", {})
        self.browser.execute_cdp_cmd("Network.emulateNetworkConditions", conditions)

    def fine(self):
        """Find no barrier, light or dark, and nothing that has to be scrolled sideways."""
        self.browser.switch_to.window(self.window)
        for scheme, width in (("light", self.size[0]), ("dark", 320)):
            features = [{"name": "prefers-color-scheme", "value": scheme}]
            self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
            sized(self.browser, width, self.size[1])
            assert violations(self.browser) == [], (scheme, width, self.run("return document.body.dataset.phase"))
            assert self.run("return document.documentElement.scrollWidth <= innerWidth"), width
        sized(self.browser, *self.size)


class Phone(Page):
    """A phone on which fingers tap."""

    def __init__(self, browser, address):
        browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
        super().__init__(browser, address, 360, 720)

    def sit(self):
        self.ask()
        self.until("document.body.dataset.phase === 'lobby'")

    def knock(self):
        """Ask for a seat, and wait for the trainer."""
        self.ask()
        self.says("Several phones come from one address.")

    def ask(self):
        self.until("document.body.dataset.phase === 'seat'")
        self.run(
            "[...document.querySelectorAll('button')].find((one) => one.textContent === 'I have no number').click()"
        )

    def bet(self, letter):
        from selenium.webdriver.common.by import By

        self.until("document.querySelector('.pick')")
        self.browser.find_elements(By.CSS_SELECTOR, ".pick")["AB".index(letter)].click()
        self.says("Your answer is in.")


@contextmanager
def taught(folder, cache):
    """Open a room, and yield a function that opens a browser, the address of the app, and what its page knows of the room."""
    (folder / "talk.md").write_text(TALK)
    with (
        opened(folder / "profile") as browser,
        started("--folder", folder / "Workshops", cache=cache, command="app") as (_, own),
    ):
        sized(browser, 1280, 800)
        browser.get(own)
        until(browser, "document.querySelector('.card')")
        browser.execute_script("openOne({kit: arguments[0]})", str(folder / "talk.md"))
        until(browser, "state.open")
        browser.execute_script("document.querySelector('#to-teach').click()")
        until(browser, "document.querySelector('#networks input')")
        home = Home(browser)
        home.fine()
        browser.execute_script(
            "document.querySelector('#networks label:last-child input').checked = true;"
            "document.querySelector('#wifi').value = 'Garten'; document.querySelector('#wifi-code').value = 'geheim';"
            "document.querySelector('#opening').requestSubmit()"
        )
        until(browser, "state.room && !document.querySelector('#opened').hidden")
        home.fine()
        yield browser, own, browser.execute_script("return state.room"), home


class Home(Page):
    """The app's own page, which is open already."""

    def __init__(self, browser):
        self.browser, self.size, self.window = browser, (1280, 800), browser.current_window_handle


def come_in(phones, remote, wall):
    """Let the second phone wait for the trainer: both come from one address."""
    phones[0].sit()
    phones[1].knock()
    remote.says("Several phones come from one address: let them in? It holds 1 seat; 1 phone waits.")
    for page in (remote, phones[1]):
        page.fine()
    remote.click("#asks .main")
    phones[1].until("document.body.dataset.phase === 'lobby'")
    wall.says("2 guests are in")


def beside_the_right_one(phone):
    phone.until(
        "[...document.querySelectorAll('.card')].map((one) => one.textContent).join() === 'You, and right ✓BOat'"
    )
    phone.fine()


def test_two_phones_a_wall_and_a_remote_go_through_a_bet_with_a_reload_and_a_lost_network(tmp_path, cache):
    with (
        taught(tmp_path, cache) as (browser, own, room, home),
        opened(tmp_path / "one") as first,
        opened(tmp_path / "two") as second,
    ):
        wall, remote = Page(browser, own + "wall/", 1280, 720), Page(browser, room["remote"], 390, 844)
        phones = [Phone(chrome, f"http://{room['address']}") for chrome in (first, second)]
        for page in (wall, remote, phones[0]):
            page.fine()
        come_in(phones, remote, wall)
        remote.click("[data-do=next]")
        remote.click("[data-do=next]")
        wall.until("document.querySelector('#picture svg')?.textContent.includes('Which dough')")
        remote.until("document.querySelector('#bar [data-do=open]')")
        remote.fine()
        remote.click("#bar [data-do=open]")
        phones[0].bet("A")
        wall.says("1 guest has bet")
        phones[0].bet("B")  # it may be changed
        phones[1].bet("B")
        remote.click("#rows button:last-child")
        wall.says("1 of 1 has bet, and 2 guests")
        for page in (wall, remote, phones[0]):
            page.fine()
        assert "✓" not in wall.run("return document.body.textContent")
        phones[0].browser.refresh()
        phones[0].until("document.querySelectorAll('.pick')[1]?.getAttribute('aria-pressed') === 'true'")
        phones[1].network(OFFLINE)
        phones[1].until("!document.querySelector('#lost').hidden")
        phones[1].fine()
        remote.click("[data-do=close]")
        phones[0].says("It’s closed. Look at the wall.")
        phones[1].network(ONLINE)
        phones[1].says("It’s closed. Look at the wall.")
        wall.says("Closed: 1 of 1 has bet, and 2 guests")
        for page in (wall, remote, phones[0]):
            page.fine()
        remote.click("[data-do=show]")
        wall.until("[...document.querySelectorAll('.answer')].map((one) => one.textContent).join() === 'ARye1,B ✓Oat2'")
        beside_the_right_one(phones[0])
        for page in (wall, remote):
            page.fine()
        remote.click("[data-do=next]")
        remote.says("Oat it is.")
        remote.run("document.querySelector('#more').open = true")
        remote.click("[data-do=pause]")
        for page in (wall, *phones):
            page.says("A short break")
            page.fine()
        remote.click("[data-do=resume]")
        remote.click("#bar [data-do=end]")
        remote.says("Yes, end it for everybody")
        remote.click("#bar [data-do=end]")
        phones[0].says("Your line")
        for page in (wall, remote, phones[0]):
            page.fine()
        home.run("document.querySelector('#to-after').click()")
        home.until("!document.querySelector('#after').hidden")
        home.fine()
        for chrome in (browser, first):
            assert [one for one in chrome.get_log("browser") if "ERR_INTERNET_DISCONNECTED" not in one["message"]] == []
