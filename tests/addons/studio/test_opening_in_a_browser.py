"""Tests how a talk, a kit and a folder of documents come into the app without a path being typed, and how words of a talk change."""

import shutil

import pytest

from tests.addons.preview.test_in_a_browser import started
from tests.addons.studio.test_app_in_a_browser import small_kit
from tests.browser import opened, sized, until, violations

pytestmark = [pytest.mark.long, pytest.mark.broad]
TALK = "---\ntitle: A talk\n---\n\n# One\n\n![A square](pictures/grey.png)\n\n# Two\n\n- a point\n"
DRAWN = "slides.length > 1 && !drawing && !asking && document.querySelector('#updating').textContent === 'Ready'"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Give the user a folder with a talk, its picture, a kit and some documents."""
    from PIL import Image

    made = tmp_path / "home"
    small_kit(made / "kits" / "small")
    (made / "talk" / "pictures").mkdir(parents=True)
    (made / "talk" / "talk.md").write_text(TALK)
    Image.new("L", (40, 30), 128).save(made / "talk" / "pictures" / "grey.png")
    (made / "talk" / ".git").mkdir()
    (made / "talk" / ".git" / "config").write_text("private\n")
    (made / "documents" / "2026").mkdir(parents=True)
    (made / "documents" / "rules.md").write_text("We open at nine.\n")
    (made / "documents" / "2026" / "rules.md").write_text("Soup is served at noon.\n")
    (made / "documents" / "budget.xlsx").write_text("no document\n")
    return made


@pytest.fixture
def page(home, tmp_path, cache, monkeypatch):
    with opened(tmp_path / "profile") as browser:
        monkeypatch.setenv("HOME", str(home))
        with started("--folder", tmp_path / "Workshops", cache=cache, command="app") as (_, own):
            sized(browser, 1280, 800)
            browser.get(own)
            until(browser, "document.querySelector('.card')")
            yield browser


def choose(page, field, *paths):
    """Do what the browser's own dialog does."""
    page.find_element("css selector", field).send_keys("\n".join(map(str, paths)))


def test_a_talk_with_its_pictures_is_chosen_as_a_folder_and_hidden_files_stay_where_they_are(page, home, tmp_path):
    choose(page, "#a-folder", home / "talk")
    until(page, DRAWN)
    assert page.execute_script("return slides.map(({ title }) => title)") == ["A talk", "One", "Two"]
    (made,) = (tmp_path / "Workshops").iterdir()
    kept = sorted(str(path.relative_to(made / "kit")) for path in (made / "kit").rglob("*") if path.is_file())
    assert kept == ["talk/pictures/grey.png", "talk/talk.md"]
    assert page.execute_script("return document.querySelector('#problems').textContent") == ""


def test_a_folder_of_documents_is_taken_with_its_subfolders_and_without_what_is_no_document(page, home):
    choose(page, "#a-file", home / "talk" / "talk.md")
    until(page, DRAWN)
    choose(page, "#of-folder", home / "documents")
    until(page, "state.given.documents.length === 2 && !document.querySelector('#given').textContent.includes('…')")
    assert page.execute_script("return state.given.documents") == ["2026, rules.md", "rules.md"]
    until(page, "document.querySelector('#folder-said').textContent")
    said = page.execute_script("return document.querySelector('#folder-said').textContent")
    assert said == "2 documents taken; 1 other file left out."


def test_a_kit_or_talk_is_opened_where_it_is_from_a_list_of_the_users_folders(page, home, tmp_path):
    page.find_element("css selector", "#in-place summary").click()
    until(page, "document.querySelectorAll('#places li').length === 3")
    assert violations(page) == []
    press = "[...document.querySelectorAll('#places button')].find((one) => one.textContent === arguments[0]).click()"
    page.execute_script(press, "kits")
    until(page, "document.querySelector('#place').textContent.endsWith('kits')")
    assert page.execute_script("return document.querySelector('#places').innerText.replace(/\\s+/g, ' ')") == (
        "↑ The folder above small kit: opens it"
    )
    page.execute_script(press, "small")
    until(page, "slides.length > 1")
    assert page.execute_script("return state.form.kit") == str(home / "kits" / "small")


def test_words_of_a_talk_are_changed_and_put_back_in_its_own_file(page, home):
    page.execute_script("openOne({kit: arguments[0]})", str(home / "talk" / "talk.md"))
    until(page, DRAWN)
    page.execute_script("showLarge(2); document.querySelector('#change').click()")
    until(page, "document.querySelectorAll('#lines .line').length === 2")
    assert violations(page) == []
    write = (
        "const [k, text] = arguments, line = document.querySelectorAll('#lines .line')[k], field = line.querySelector('textarea');"
        "field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })); line.querySelector('button').click()"
    )
    page.execute_script(write, 0, "Zwei")
    until(page, "document.querySelector('#large-title').textContent === '3 of 3: Zwei'")
    until(page, "document.querySelector('#put-back')")
    assert (home / "talk" / "talk.md").read_text() == TALK.replace("Two", "Zwei")
    said = page.execute_script("return document.querySelector('#fits').textContent")
    assert said == "It still fits. Nothing else on the slide has changed."
    page.execute_script("document.querySelector('#put-back').click()")
    until(page, "document.querySelector('#large-title').textContent === '3 of 3: Two'")
    assert (home / "talk" / "talk.md").read_text() == TALK
    until(page, "!document.querySelector('#put-back')")
    assert page.get_log("browser") == []


def test_a_file_that_is_neither_talk_nor_kit_is_named_and_begins_nothing(page, home, tmp_path):
    shutil.rmtree(home / "talk" / "pictures")
    (home / "talk" / "talk.md").rename(home / "talk" / "talk.txt")
    choose(page, "#a-folder", home / "talk")
    until(page, "!document.querySelector('#trouble').hidden")
    told = page.execute_script("return document.querySelector('#trouble').textContent")
    assert told == "There is no talk (.md) and no kit.yaml here."
    assert not (tmp_path / "Workshops").exists()
