"""Tests of the app as people use it: the command and a real browser, by keyboard alone."""

import io
import os
import signal
import sys
import time
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest
from pptx import Presentation

from tests.addons.preview.test_in_a_browser import started
from tests.browser import opened, sized, until, violations
from workshop.files.output import read_manifest

pytestmark = pytest.mark.long
MOST_ACTIONS = 12


class Keyboard:
    """Counts actions: going to a control with Tab and pressing or filling it is one."""

    def __init__(self, browser):
        self.browser, self.actions = browser, 0

    def _press(self, *keys):
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.browser).send_keys(*keys).perform()

    def go(self, selector, *, back=False):
        """Press Tab until a control has the focus; fail if that never happens."""
        from selenium.webdriver.common.keys import Keys

        for _ in range(200):
            if self.browser.execute_script("return document.activeElement.matches(arguments[0])", selector):
                return
            self._press(*((Keys.SHIFT, Keys.TAB) if back else (Keys.TAB,)))
        raise AssertionError(f"Tab never reaches {selector}")

    def use(self, selector, *keys):
        """Go to a control and press keys there."""
        self.actions += 1
        self.go(selector)
        self._press(*keys)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("profile")) as chrome:
        sized(chrome, 1280, 800)
        yield chrome


@pytest.fixture
def app(browser, tmp_path, cache):
    """Start the command, and show its page."""
    with started("--folder", tmp_path / "Workshops", cache=cache, command="app") as (process, address):
        browser.get(address)
        until(browser, "document.querySelector('.card')")
        yield process
        browser.get("about:blank")
        browser.get_log("browser")


@pytest.mark.broad
def test_by_keyboard_alone_from_the_start_page_to_a_zip_for_executives_in_a_clients_template(app, browser, tmp_path):
    from selenium.webdriver.common.keys import Keys

    template, kept = tmp_path / "Client 2026.pptx", tmp_path / "kept"
    Presentation().save(template)
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(kept)})
    keys = Keyboard(browser)
    keys.use(".card", Keys.ENTER)
    until(browser, "document.querySelectorAll('#clock tbody tr').length > 3")
    assert browser.execute_script("return document.querySelector('#plan-title').textContent").startswith(
        "180 minutes, "
    )
    keys.use("#audience", "Exec")
    keys.use("#minutes", Keys.CONTROL, "a", Keys.NULL, "45")
    keys.actions += 1
    keys.go("#files")
    browser.switch_to.active_element.send_keys(str(template))  # what the system's dialog for files does
    until(browser, "document.querySelector('#given').textContent.includes('template.pptx')")
    until(browser, "document.querySelector('#plan-title').textContent.startsWith('45 minutes, ')")
    until(browser, "document.querySelector('#command').value.includes('--minutes=45 --template=given/template.pptx')")
    until(browser, "document.querySelectorAll('#dress svg').length === 3")  # also in a plan without dividers
    keys.use("#build", Keys.ENTER)
    until(browser, "document.body.dataset.job === 'running'")
    assert violations(browser) == []
    until(browser, "document.body.dataset.job === 'done' && document.querySelector('#list tbody tr')")
    assert violations(browser) == []
    keys.use("#zip", Keys.ENTER)
    assert keys.actions <= MOST_ACTIONS
    while not any(map(is_zipfile, kept.glob("*.zip"))):  # it is there before it is whole
        until(browser, "true")
    (path,) = kept.glob("*.zip")
    (folder,) = (tmp_path / "Workshops").iterdir()
    with ZipFile(io.BytesIO(path.read_bytes())) as archive:
        names = {name.partition("/")[2] for name in archive.namelist()}
    assert names == set(read_manifest(folder / "out"))
    assert path.stem == folder.name
    assert browser.get_log("browser") == []
    keys.use("#quit", Keys.ENTER)
    until(browser, "document.activeElement.textContent === 'The app has ended. Start it again.'")
    assert violations(browser) == []
    app.communicate()
    assert app.returncode == 0


@pytest.mark.usefixtures("app")
def test_a_sentence_is_changed_by_keyboard_and_the_picture_follows(browser, tmp_path):
    from selenium.webdriver.common.keys import Keys

    kit, keys = tmp_path / "kit", Keyboard(browser)
    small_kit(kit)
    keys.use("#in-place summary", Keys.ENTER)
    keys.use("#path", str(kit), Keys.ENTER)
    until(browser, "document.body.dataset.drawn > 0")
    keys.use(".thumb", Keys.ENTER)
    keys.use("#next", Keys.ENTER, Keys.ENTER)  # over the cover and the title of the section
    keys.use("#change", Keys.ENTER)
    until(browser, "document.activeElement.id === 'words-title' && document.querySelector('#lines .line')")
    keys.use(".line textarea", Keys.END, " quince", Keys.ENTER)
    until(browser, "document.querySelector('#fits').textContent.startsWith('It ')")
    until(browser, "document.querySelector('#picture').textContent.includes('quince')")
    assert browser.execute_script("return document.activeElement.id") == "words-title"
    until(browser, "document.querySelector('#put-back')")
    keys.use("#put-back", Keys.ENTER)
    until(browser, "!document.querySelector('#picture').textContent.includes('quince')")
    assert browser.get_log("browser") == []


@pytest.mark.broad
@pytest.mark.usefixtures("app")
def test_documents_become_the_library_one_line_at_a_time_by_keyboard(browser, tmp_path):
    from selenium.webdriver.common.keys import Keys

    keys, documents = Keyboard(browser), tmp_path / "house.md"
    documents.write_text("".join(f"## {title}\n\n{text}\n\n" for title, text in CARDS.items()))
    keys.use(".card", Keys.ENTER)
    until(browser, "document.body.dataset.drawn > 0")
    keys.go("#files")
    browser.switch_to.active_element.send_keys(str(documents))
    until(browser, "!document.querySelector('#library').hidden")
    keys.use("#library-open", Keys.ENTER)
    until(browser, "document.querySelector('#deciding').open && document.querySelector('#line-asked').textContent")
    assert violations(browser) == []
    told = browser.execute_script("return document.querySelector('#line-title').textContent")
    lines = int(told.split()[-1])
    keys.use("#line-none", Keys.ENTER)
    until(browser, "document.querySelector('#line-title').textContent.includes('2 of')")
    for number in range(2, lines + 1):
        until(browser, f"document.querySelector('#line-title').textContent.includes(' {number} of ')")
        browser.switch_to.active_element.send_keys(Keys.ENTER)  # yes has the focus
    until(browser, "document.querySelector('#line-title').textContent === 'All decided'")
    until(browser, "!document.querySelector('#shows').textContent.includes('wait for your yes')")
    assert violations(browser) == []
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    until(browser, "document.querySelector('#command').value.includes('--world=library')")
    until(browser, "document.querySelector('#world').value === 'front-desk'")
    (folder,) = (tmp_path / "Workshops").iterdir()
    asked = (folder / "library/questions.yaml").read_text()
    assert "?" not in asked.partition("\n- ")[2]
    assert asked.count("card: none,") >= 7
    assert browser.get_log("browser") == []


@pytest.mark.broad
@pytest.mark.usefixtures("app")
def test_a_document_that_cannot_be_read_is_named_and_a_card_that_makes_no_sense_is_struck(browser, tmp_path):
    from selenium.webdriver.common.keys import Keys

    keys, folder = Keyboard(browser), tmp_path / "given"
    folder.mkdir()
    (folder / "house.md").write_text("".join(f"## {title}\n\n{text}\n\n" for title, text in CARDS.items()))
    (folder / "empty.md").write_text("")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4 without pages")
    keys.use(".card", Keys.ENTER)
    until(browser, "document.body.dataset.drawn > 0")
    keys.go("#files")
    browser.switch_to.active_element.send_keys("\n".join(map(str, sorted(folder.iterdir()))))
    until(browser, "!document.querySelector('#trouble').hidden")
    said = browser.execute_script("return document.querySelector('#trouble').textContent")
    assert "empty.md: the file is empty" in said
    assert "scan.pdf: this PDF cannot be read" in said
    assert browser.execute_script("return document.querySelector('#given').textContent").count("house.md") == 1
    keys.use("#library-open", Keys.ENTER)
    until(browser, "document.querySelector('#deciding').open && document.querySelector('#line-asked').textContent")
    struck = browser.execute_script("return document.querySelector('#card-title').textContent")
    assert struck in CARDS
    keys.use("#line-strike", Keys.ENTER)
    until(browser, f"document.querySelector('#say').textContent.includes('“{struck}” is struck.')")
    until(browser, f"document.querySelector('#card-title').textContent !== {struck!r}")
    options = "return [...document.querySelectorAll('#line-other option')].map(({ textContent }) => textContent)"
    assert struck not in browser.execute_script(options)
    assert violations(browser) == []
    (workshop,) = (tmp_path / "Workshops").iterdir()
    assert f"// Struck: ## {struck} {{#" in (workshop / "library/library.md").read_text()
    assert f"card: {struck.lower().replace(' ', '-')}" not in (workshop / "library/questions.yaml").read_text()
    assert all("422" in line["message"] for line in browser.get_log("browser"))  # what was refused above


CARDS = {
    "Opening hours": "We open at nine on weekdays and at ten on Saturdays.",
    "Wireless network": "Choose the network for guests. The code hangs above the counter.",
    "Lunch": "Soup and bread are served from noon. Order by ten.",
    "Bicycles": "Lock them to the rail in the yard.",
}


def small_kit(folder):
    """Write a kit of one slide."""
    folder.mkdir(parents=True)
    (folder / "kit.yaml").write_text("title: Small\nlanguage: en-GB\nsections: [01-a]\n")
    notes = "::: notes\n**Say** Look at this.\n\n**Next** On it goes.\n:::\n"
    slide = f"## A model counts words {{#counts minutes=3}}\n\n- a point\n\n{notes}"
    (folder / "01-a.md").write_text(f"---\nstage: a\nnumber: 1\ntitle: A\n---\n\n{slide}")


class Unread:
    """Says which files were read since it was made: each was last read long before it was written, which a system notes anew."""

    def __init__(self, *folders):
        found = (path for folder in folders for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
        self.before = {path: path.stat().st_mtime_ns for path in found}
        for path, written in self.before.items():
            os.utime(path, ns=(0, written))

    def read(self):
        return {path.name for path in self.before if path.stat().st_atime_ns}


@pytest.fixture
def sent(tmp_path):
    """Put a workshop that somebody sent among the workshops; its words are a link to a folder elsewhere."""
    folder, elsewhere = tmp_path / "Workshops" / "From a friend", tmp_path / "elsewhere"
    small_kit(folder / "kit")
    (folder / "workshop.json").write_text('{"kit": "kit"}')
    (folder / "last.json").write_text('{"steps": 3, "seconds": 1, "began": 1}')
    elsewhere.mkdir()
    (elsewhere / "counts.md").write_text("## Private words {#counts minutes=3}\n")
    (folder / "words").symlink_to(elsewhere)
    return Unread(folder, elsewhere)


@pytest.mark.broad
@pytest.mark.skipif(sys.platform != "linux", reason="it makes links, and looks when files were read")
def test_a_workshop_from_elsewhere_is_read_only_after_the_click_and_says_what_it_does_not_use(sent, app, browser):
    from selenium.webdriver.common.keys import Keys

    keys = Keyboard(browser)
    keys.go("#covers .card")
    keys.use("#covers .card", Keys.ENTER)
    until(browser, "document.activeElement.id === 'stranger-title'")
    shown = browser.execute_script("return document.querySelector('#stranger').innerText")
    assert "This workshop was made elsewhere. Its words and documents will be on your slides; its programs don’t run." in shown  # fmt: skip
    assert shown.startswith("From a friend")
    buttons = (
        "return [...document.querySelectorAll('#stranger button')].filter(b => b.offsetWidth).map(b => b.innerText)"
    )
    assert browser.execute_script(buttons) == ["Open it", "Leave it closed"]
    for scheme, width in (("light", 1280), ("dark", 390)):
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})  # fmt: skip
        sized(browser, width, 800)
        assert violations(browser) == []
        assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    sized(browser, 1280, 800)
    assert sent.read() <= {"workshop.json"}
    keys.use("#accept", Keys.ENTER)
    until(browser, "document.body.dataset.drawn > 0")
    until(browser, "document.querySelector('#not-used').textContent")
    said = browser.execute_script("return document.querySelector('#not-used').innerText")
    assert "'words' leads out of this workshop's folder, so it isn't used" in said.replace("’", "'")
    assert "01-a.md" in sent.read()  # so what is read is seen
    assert "counts.md" not in sent.read()
    keys.use(".thumb", Keys.ENTER)
    until(browser, "document.querySelector('#picture svg')")
    keys.use("#next", Keys.ENTER, Keys.ENTER)
    until(browser, "document.querySelector('#picture').textContent.includes('point')")
    assert browser.get_log("browser") == []


@pytest.mark.broad
def test_axe_core_finds_no_barrier_in_any_state_and_nothing_has_to_be_scrolled_sideways(app, browser):
    def fine():
        for scheme, width in (("light", 1280), ("light", 320), ("dark", 320), ("dark", 1280)):
            features = [{"name": "prefers-color-scheme", "value": scheme}]
            browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
            sized(browser, width, 800)
            assert violations(browser) == [], (scheme, width)
            assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth"), width

    def click(selector):
        browser.execute_script("document.querySelector(arguments[0]).click()", selector)

    fine()
    click(".card")
    until(browser, "document.querySelectorAll('#clock tbody tr').length > 3 && document.body.dataset.drawn > 0")
    fine()
    click(".thumb")
    fine()
    click("#change")
    until(browser, "document.querySelector('#lines').textContent.includes('title of this slide')")
    fine()
    click("#next")
    until(browser, "document.querySelector('#lines .line')")
    fine()
    click("#large [type=submit]")
    click("#to-files")
    fine()
    click("#to-rehearse")
    until(browser, "document.querySelector('#now svg') && document.querySelector('#then svg')")
    fine()
    click("#record-run")
    click("#on-one")
    click("#record-run")
    until(browser, "document.querySelector('#run-said').textContent.startsWith('The minutes of 2 slides are kept')")
    fine()
    click("#leave")
    until(browser, "document.querySelectorAll('#covers .card img').length === 1")
    fine()
    browser.execute_script(
        "document.querySelector('#in-place').open = true; document.querySelector('#path').value = '/nowhere'; document.querySelector('#by-path').requestSubmit()"
    )
    until(browser, "!document.querySelector('#trouble').hidden")
    fine()
    assert ["422" in entry["message"] for entry in browser.get_log("browser")] == [True]  # the path that doesn't exist
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    sized(browser, 1280, 800)


@pytest.mark.broad
@pytest.mark.skipif(sys.platform != "linux", reason="it reads command lines as Linux shows them")
def test_the_secret_is_in_no_command_line_and_ctrl_c_ends_everything(app, browser):
    secret = browser.current_url.split("/")[3]
    lines = list(Path("/proc").glob("[0-9]*/cmdline"))
    assert len(secret) >= 32
    assert [line for line in lines if line.exists() and secret.encode() in line.read_bytes()] == []
    children = Path(f"/proc/{app.pid}/task/{app.pid}/children").read_text().split()
    assert children
    app.send_signal(signal.SIGINT)
    printed, _ = app.communicate()
    assert (app.returncode, "the app has ended" in printed) == (0, True)
    while any(
        Path(f"/proc/{child}").exists() for child in children
    ):  # Python's own tracker of resources ends a little later
        time.sleep(0.01)


@pytest.mark.skipif(sys.platform != "linux", reason="the browser that is opened is a script")
def test_started_twice_the_page_of_the_first_is_opened_again_and_the_second_ends(tmp_path, cache, monkeypatch):
    monkeypatch.setenv("WORKSHOP_CONFIG", str(tmp_path / "settings"))
    opened, script = tmp_path / "opened", tmp_path / "browser"
    script.write_text(f'#!/bin/sh\ncat "${{1#file://}}" >> {opened}\n')
    script.chmod(0o755)
    folder = ("--folder", tmp_path / "Workshops")
    with started(*folder, cache=cache, opens=str(script), command="app") as (_, address):
        with started(*folder, cache=cache, opens=str(script), command="app") as (second, same):
            printed, _ = second.communicate()
        assert (same, second.returncode, "It is already running" in printed) == (address, 0, True)
        while not (opened.is_file() and opened.read_text().count(f'href="{address}"') == 2):
            time.sleep(0.01)
    with started(*folder, cache=cache, command="app") as (_, other):  # the first was killed, and is not found
        assert other != address
