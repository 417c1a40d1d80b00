"""Tests of ``workshop site``: the page in a browser, and a whole site of a small kit."""

import csv
import io
import json
import re
from hashlib import sha256
from zipfile import ZipFile

import pytest

from tests.addons.batch.conftest import run, typed
from tests.browser import opened, sized, until, violations
from workshop.addons.site.site import Choice, _page
from workshop.files.bases import BASE

__all__ = ["run", "typed"]
TOLD = {
    "title": "Bees <at> work",
    "audiences": [
        {"name": "general", "title": "Everybody", "line": "From egg to hive"},
        {"name": "experts", "title": "Experts", "line": ""},
    ],
}


def choice(audience, minutes, paper, files=("deck.pptx", "explore.html")):
    name = f"{audience}-{minutes}-{paper}.zip"
    digest = sha256(name.encode()).hexdigest()
    return Choice(
        audience=audience, minutes=minutes, paper=paper, file=name, size=2_340_000, digest=digest, files=files
    )


CHOICES = [
    choice("general", 45, "a4"),
    choice("general", 45, "letter"),
    choice("general", 180, "a4", ("deck.pptx", "booklet.pdf", "explore.html")),
    choice("general", 180, "letter"),
    choice("experts", 45, "a4"),
    choice("experts", 45, "letter"),
]
INSIDE = {"deck.pptx": "slides", "booklet.pdf": "tasks", "explore.html": "every demo"}
FILES = [{"name": name, "meaning": meaning, "whom": "you"} for name, meaning in INSIDE.items()]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("site") / "index.html"
    path.write_bytes(_page(TOLD, CHOICES, ["experts-180-a4"], FILES, "CC BY 4.0"))
    return path


def test_without_scripts_a_table_leads_to_every_kit_with_its_size_and_digest(page):
    text = page.read_text("utf-8")
    static = text[text.index("<body>") : text.index("<script>")]
    assert re.findall(r'<td><a href="([^"]+)" download>', static) == [one.file for one in CHOICES]
    assert all(one.digest in static for one in CHOICES)
    assert static.count("2.3 MB") == len(CHOICES)
    assert '<form id="choose" hidden>' in static  # what needs scripts isn't shown without them
    assert "Bees &lt;at&gt; work" in static
    assert "couldn’t be made: experts-180-a4." in static
    assert re.findall(r'<li><a href="([^"]+)">', static) == ["experts.html", "general.html"]
    assert "workshop-kit" in static
    assert "CC BY 4.0" in static
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text)


@pytest.mark.broad
def test_three_choices_lead_to_one_download_and_axe_core_finds_no_barrier(page, tmp_path):
    with opened(tmp_path) as browser:
        browser.get(page.as_uri())
        got = "return [document.querySelector('#get').getAttribute('href'), document.querySelector('#get').textContent]"
        letter = browser.execute_script("return /^en-(US|CA)$/.test(navigator.language)")
        paper = "letter" if letter else "a4"
        assert browser.execute_script(got) == [f"general-180-{paper}.zip", "Download, 2.3 MB"]

        def choose(name, value):
            browser.execute_script(f"document.querySelector('[name={name}][value={value}]').click()")

        choose("paper", "a4")
        shown = "return [...document.querySelectorAll('[data-file]:not([hidden])')].map((part) => part.dataset.file)"
        assert browser.execute_script(shown) == list(INSIDE)
        choose("minutes", '"45"')
        assert browser.execute_script(shown) == ["deck.pptx", "explore.html"]
        choose("audience", "experts")
        assert browser.execute_script(got)[0] == "experts-45-a4.zip"
        for scheme, width in (("light", 1280), ("dark", 320)):
            features = [{"name": "prefers-color-scheme", "value": scheme}]
            browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
            sized(browser, width)
            assert violations(browser) == []
            assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
        choose("minutes", '"180"')
        until(browser, "document.querySelector('#said').textContent.includes('no kit for this choice')")
        assert browser.execute_script("return document.querySelector('#get').checkVisibility()") is False
        assert browser.get_log("browser") == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--audience", "nobody"), "there is no audience 'nobody'"),
        (("--minutes", "soon"), "'soon' isn't a number of minutes"),
        (("--kit", "talk.md"), "a site is made of a kit"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_built(run, tmp_path, arguments, says):
    (tmp_path / "talk.md").write_text("# One\n\n- a point\n")
    code, _, said = run("site", "public", *arguments)
    assert (code in (1, 2), says in said) == (True, True)
    assert not (tmp_path / "public").exists()


@pytest.mark.broad
def test_each_zip_has_the_bytes_of_its_build_and_a_second_run_builds_nothing(run, tmp_path):
    assert run("new", "my-kit")[0] == 0
    site = ("site", "public", "--kit", "my-kit", "--minutes", "20", "--workers", "1", "--trust")
    code, out, err = run(*site)
    assert code == 0, err
    (audience,) = {path.name.partition("-")[0] for path in (tmp_path / "public").glob("*.zip")}
    names = {path.name for path in (tmp_path / "public").iterdir()}
    zips = {f"{audience}-20-a4.zip", f"{audience}-20-letter.zip"}
    assert names == {*zips, "index.html", "manifest.json", f"{audience}.html"}
    assert "Publish the folder public, and nothing else" in out
    with ZipFile(tmp_path / "public" / f"{audience}-20-letter.zip") as archive:
        packed = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    assert packed["explore.html"]
    assert (
        run("build", "my-kit", "--audience", audience, "--minutes", "20", "--paper", "letter", "--out", "one")[0] == 0
    )
    made = json.loads((tmp_path / "one" / "manifest.json").read_text())["files"]
    assert packed == {name: (tmp_path / "one" / name).read_bytes() for name in made if not BASE.fullmatch(name)}
    before = {path.name: path.read_bytes() for path in (tmp_path / "public").iterdir()}
    index = before["index.html"].decode()
    assert all(sha256(before[name]).hexdigest() in index for name in zips)
    assert run(*site)[0] == 0
    report = csv.DictReader(io.StringIO((tmp_path / "public-batch" / "report.csv").read_text()))
    assert {row["state"] for row in report} == {"unchanged"}
    assert {path.name: path.read_bytes() for path in (tmp_path / "public").iterdir()} == before
    manifest = json.loads(before["manifest.json"])
    assert str(tmp_path) not in str(manifest) + index
