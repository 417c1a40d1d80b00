"""Tests of the preview as people use it: the command, a real browser, and an editor that saves."""

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image

from tests.browser import opened, until, violations
from workshop.ai_models.register import kit_folder

ROOT = Path(__file__).resolve().parents[3]
NO_OPEN = ("--no-open",)
LINES = (
    "- first point of slide {n}\n- second point with **bold** words\n- third point\n\n::: notes\nSay slide {n}.\n:::\n"
)
ROWS = "| a | b |\n|---|---|\n| one | 1 |\n| two | 2 |\n"
SHOWN = """const [word, done] = arguments;
const look = () => document.querySelector("#slide").textContent.includes(word) ? done(true) : requestAnimationFrame(look);
look();"""

pytestmark = pytest.mark.long


def talk_of_sixty(folder):
    """Write a talk of 60 slides with lists, tables and pictures, and notes on most slides."""
    Image.radial_gradient("L").resize((800, 450)).convert("RGB").save(folder / "a.jpg")
    text = "---\ntitle: A talk\n---\n"
    for n in range(1, 61):
        body = ROWS if n % 8 == 7 else "![A gradient](a.jpg)\n" if n % 8 == 3 else LINES.format(n=n)
        text += f"\n# Slide {n} says something\n\n{body}"
    path = folder / "talk.md"
    path.write_text(text)
    return path


def processor_time(process):
    """Return the seconds of a processor that a process and those that it started have used; how long they had to wait for one doesn't count."""
    times = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    started = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return sum(map(int, times)) / os.sysconf("SC_CLK_TCK") + sum(map(processor_time, started))


@contextmanager
def started(*arguments, cache, opens="", command="preview"):
    """Start the command; yield it and the address that it prints.

    Args:
        arguments: of the command.
        cache: its cache folder.
        opens: the command line of a browser that it is to open; "" for none.
        command: its name.
    """
    own = {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "WORKSHOP_CACHE": str(cache), "BROWSER": opens}
    typed = [
        sys.executable,
        str(ROOT / "build_deck.py"),
        command,
        *map(str, arguments),
        *([] if opens else NO_OPEN),
    ]
    # a shell that runs the tests in the background ignores Ctrl-C, and the command would inherit that
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(typed, stdout=subprocess.PIPE, text=True, env={**os.environ, **own}) as process:
        signal.signal(signal.SIGINT, before)
        try:
            yield process, process.stdout.readline().split()[-1]
        finally:
            process.kill()


class Running:
    """The command and a browser that shows its page."""

    def __init__(self, browser, *arguments, cache):
        self._ends = ExitStack()
        self.process, self.address = self._ends.enter_context(started(*arguments, cache=cache))
        self.browser = browser
        browser.get(self.address)
        until(browser, "document.body.dataset.state > 0", self.process)

    def until(self, condition):
        """Wait until an expression is true on the page."""
        until(self.browser, condition)

    def text(self, selector):
        return self.browser.execute_script("return document.querySelector(arguments[0]).textContent", selector)

    def press(self, *keys):
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.browser).send_keys(*keys).perform()

    def work_from(self, file, old, new):
        """Save a change, wait until its slide shows it, and return how many seconds of a processor the command took for that."""
        text = file.read_text()
        assert old in text
        began = processor_time(self.process.pid)
        file.write_text(text.replace(old, new))
        assert self.browser.execute_async_script(SHOWN, new)
        return processor_time(self.process.pid) - began

    def end(self):
        """Press Ctrl-C; return the exit code and what was printed."""
        self.process.send_signal(signal.SIGINT)
        printed, _ = self.process.communicate()
        return self.process.returncode, printed

    def close(self):
        """End the command, however the test ended."""
        self._ends.close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("profile")) as chrome:
        chrome.set_window_size(1280, 800)
        yield chrome


@pytest.fixture
def running(browser, tmp_path):
    open_ones = []

    def start(*arguments):
        open_ones.append(Running(browser, *arguments, cache=tmp_path / "cache"))
        return open_ones[-1]

    yield start
    browser.get("about:blank")  # else the page goes on asking for news, into the next test's log
    browser.get_log("browser")
    for one in open_ones:
        one.close()


@pytest.mark.broad
def test_a_talk_is_followed_line_by_line_from_the_first_save_to_ctrl_c(running, tmp_path):
    from selenium.webdriver.common.keys import Keys

    talk = talk_of_sixty(tmp_path)
    page = running(talk)
    count = int(page.text("#count").split()[2])
    assert count >= 60

    # a saved line is a changed picture after a second of work at most, and the page jumps to it
    words = [f"quince{n}" for n in range(8)]
    took = [page.work_from(talk, *change) for change in zip(["first point of slide 29", *words], words, strict=False)]
    assert min(took) <= 1.0, took
    assert page.text("#count").startswith("30 of" if count == 61 else "29 of")
    assert "Say slide 29." in page.text("#notes")

    # keys
    page.press(Keys.HOME)
    assert page.text("#count").startswith("1 of")
    page.press(Keys.END)
    assert page.text("#count").startswith(f"{count} of")
    page.press(Keys.ARROW_LEFT, Keys.PAGE_UP, Keys.ARROW_RIGHT)
    assert page.text("#count").startswith(f"{count - 1} of")
    page.press("n")
    page.until("document.querySelector('#notes').hidden")
    page.press("n", "g")
    page.until("getComputedStyle(document.querySelector('#stage')).display === 'none'")
    page.press(Keys.HOME, Keys.ENTER)
    page.until("getComputedStyle(document.querySelector('#stage')).display !== 'none'")
    assert page.text("#count").startswith("1 of")
    page.press("?")
    page.until("document.querySelector('#help').open")
    page.press(Keys.ESCAPE)
    page.until("!document.querySelector('#help').open")

    # a broken source: the problem, its place and its fix; the slides stay
    talk.write_text(talk.read_text().replace("![A gradient](a.jpg)", "<!-- ![A gradient](a.jpg)", 1))
    page.until("!document.querySelector('#trouble').hidden")
    assert "talk.md:" in page.text("#trouble .where")
    assert "-->" in page.text("#trouble")
    assert page.browser.execute_script("return document.querySelectorAll('.thumb').length") == count
    talk.write_text(talk.read_text().replace("<!-- ", ""))
    page.until("document.querySelector('#trouble').hidden")

    # nothing else was asked for, and nothing was refused
    asked = page.browser.execute_script("return performance.getEntriesByType('resource').map(entry => entry.name)")
    assert asked
    assert all(name.startswith((page.address, "data:")) for name in asked)
    assert page.browser.get_log("browser") == []
    code, printed = page.end()
    assert code == 0
    assert "the preview has ended" in printed
    page.until("document.querySelector('#status').textContent === 'The preview has ended'")


OPENER = """#!{python}
import json, os, sys
whole = [open(f"/proc/{{process}}/cmdline").read() for process in os.listdir("/proc") if process.isdigit()]
with open({told!r} + ".new", "w") as file:
    json.dump({{"arguments": sys.argv[1:], "whole": whole}}, file)
os.replace({told!r} + ".new", {told!r})
"""


@pytest.mark.broad
@pytest.mark.skipif(sys.platform != "linux", reason="it reads command lines as Linux shows them")
def test_the_command_opens_a_private_file_that_leads_to_the_page_and_no_command_line_names_it(browser, tmp_path):
    talk, told, opener = tmp_path / "talk.md", tmp_path / "told.json", tmp_path / "opener"
    talk.write_text("---\ntitle: A talk\n---\n\n# One\n\n- point\n")
    opener.write_text(OPENER.format(python=sys.executable, told=str(told)))
    opener.chmod(0o755)
    with started(talk, opens=f"{opener} %s", cache=tmp_path / "cache") as (process, address):
        process.stdout.readline()
        assert process.stdout.readline()  # the slides are built, so the browser was started
        what = json.loads(told.read_text())
        (opened,) = what["arguments"]
        file = Path(urlsplit(opened).path)
        assert opened.startswith("file:///")
        assert [path.stat().st_mode & 0o777 for path in (file, file.parent)] == [0o600, 0o700]
        token = urlsplit(address).path.strip("/")
        assert token in file.read_text()
        assert [line for line in what["whole"] if token in line] == []
        browser.get(opened)
        until(browser, f"location.href.startsWith('{address}') && document.body.dataset.state > 0")
        assert "A talk" in browser.execute_script("return document.querySelector('#slide').textContent")
        assert not file.exists()
        browser.refresh()
        until(browser, "document.body.dataset.state > 0")
        assert browser.get_cookies() == []
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0
    assert not file.parent.exists()
    browser.get("about:blank")
    browser.get_log("browser")


@pytest.mark.broad
def test_axe_core_finds_no_barrier_on_the_page_nor_in_its_grid_problems_and_keys(running, tmp_path):
    talk = tmp_path / "talk.md"
    talk.write_text("---\ntitle: A talk\n---\n" + "".join(f"\n# Slide {n}\n\n{LINES.format(n=n)}" for n in range(1, 9)))
    page = running(talk)
    assert violations(page.browser) == []
    page.press("g")
    assert violations(page.browser) == []
    page.press("g", "p")
    talk.write_text(talk.read_text() + "\n![A picture](nowhere.png)\n")
    page.until("document.querySelector('#problems-view').textContent.includes('nowhere.png')")
    assert violations(page.browser) == []
    page.press("p")
    talk.write_text(talk.read_text() + "\n<!-- open\n")
    page.until("!document.querySelector('#trouble').hidden")
    page.press("?")
    assert violations(page.browser) == []


@pytest.mark.slow
def test_the_built_in_kit_follows_with_two_seconds_of_work(running, tmp_path):
    kit = tmp_path / "kit" / "slides_src"
    shutil.copytree(kit_folder(), kit)
    shutil.copytree(kit_folder().parent / "exercises", kit.parent / "exercises")
    page = running(kit)
    file = kit / "02-pretraining.md"
    words = [f"quince{n}" for n in range(8)]
    took = [
        page.work_from(file, old, new) for old, new in zip(["One game teaches everything", *words], words, strict=False)
    ]
    assert min(took) <= 2.0, took
    page.browser.execute_script("document.querySelector('[data-view=\"document/explore\"]').click()")
    page.until("document.querySelector('#document-view iframe')")
    page.browser.execute_script(
        "const s = document.querySelector('#papers'); s.selectedIndex = 1; s.dispatchEvent(new Event('change'))"
    )
    page.until("document.querySelector('#document-view iframe:not([title=Explore])')")
    assert page.browser.get_log("browser") == []
    assert page.end()[0] == 0
