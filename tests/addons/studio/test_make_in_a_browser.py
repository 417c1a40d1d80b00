"""Tests that the page notices what it is built from: good, damaged and other templates under one name, and words that are put back while slides are drawn."""

import html
import io
import json
import os
import random
import re
import shlex
import subprocess
import sys

import pytest
from pptx import Presentation

from tests.addons.preview.test_in_a_browser import started
from tests.addons.studio.test_app_in_a_browser import small_kit
from tests.browser import ROOT, opened, sized, until, violations

pytestmark = [pytest.mark.long, pytest.mark.broad]
GIVE = """
const [name, bytes, done] = arguments;
give([new File([new Uint8Array(bytes)], name)]).then(done);
"""
POST = "const [path, what, done] = arguments; send(path, what).then(done)"
SEEN = "return document.querySelector('#updating').textContent"


@pytest.fixture
def page(tmp_path, cache):
    small_kit(tmp_path / "kit")
    with (
        opened(tmp_path / "profile") as browser,
        started("--folder", tmp_path / "Workshops", cache=cache, command="app") as (_, own),
    ):
        sized(browser, 1280, 800)
        browser.get(own)
        until(browser, "document.querySelector('.card')")
        browser.execute_script("openOne({kit: arguments[0]})", str(tmp_path / "kit"))
        ready(browser)
        yield browser


def ready(browser):
    until(
        browser,
        "document.querySelector('#updating').textContent === 'Ready' && !drawing && !asking && !document.querySelector('#strip.old')",
    )


def pptx(wide):
    file, deck = io.BytesIO(), Presentation()
    deck.slide_width = deck.slide_width * (4 if wide else 3) // 3
    deck.save(file)
    return list(file.getvalue())


def shape(browser):
    """Return how wide the first slide is for its height."""
    until(browser, "document.querySelector('#strip svg')")
    _, _, width, height = browser.execute_script(
        "return document.querySelector('#strip svg').getAttribute('viewBox').split(' ').map(Number)"
    )
    return round(width / height, 2)


def test_another_template_is_drawn_and_a_damaged_one_is_told_within_a_second_and_not_used(page):
    shapes = []
    for wide in (False, True):
        before = page.execute_script("return state.signs")
        page.execute_async_script(GIVE, "Client.pptx", pptx(wide))
        until(page, f"JSON.stringify(state.signs) !== {json.dumps(json.dumps(before, separators=(',', ':')))}")
        ready(page)
        shapes.append(shape(page))
    assert shapes == [1.33, 1.78]
    script = "const began = performance.now(), done = arguments[2]; give([new File([new Uint8Array(arguments[1])], arguments[0])]).then(() => done(performance.now() - began))"
    took = page.execute_async_script(script, "Client.pptx", pptx(wide=False)[:9000])
    assert took < 1000
    told = page.execute_script("return document.querySelector('#trouble').textContent")
    assert "the earlier one stays in use, given/template.pptx" in told
    ready(page)
    assert shape(page) == 1.78
    assert violations(page) == []


def test_a_slide_that_is_changed_and_put_back_while_it_is_drawn_has_the_kits_words(page):
    until(page, "slides.length > 2 && !drawing")
    slide, line, texts = page.execute_async_script(
        "const done = arguments[0]; const { id } = slides[2]; ask(`words/${id}`).then(({ lines }) => done([id, lines[0].line, lines[0].texts]))"
    )
    words = f"pictures.get('{slide}')"
    before = page.execute_script(f"return {words}")
    page.execute_async_script(POST, "words", {"slide": slide, "line": line, "texts": ["Quinces", *texts[1:]]})
    page.execute_script("askSlides()")
    page.execute_async_script(POST, "put-back", {"slide": slide})
    page.execute_script("askSlides()")
    until(page, "!drawing && !drawAgain && !asking && document.querySelector('#updating').textContent === 'Ready'")
    until(page, f"!{words}.includes('Quinces')")
    assert page.execute_script(f"return {words}") == before
    assert page.execute_script(SEEN) == "Ready"


CHOOSE = """
const [choices, done] = arguments, fields = document.querySelector('#form').elements, began = performance.now();
choices.forEach(([name, value], k) => setTimeout(() => {
  fields[name].value = value;
  (fields[name] instanceof RadioNodeList ? [...fields[name]].find((one) => one.checked) : fields[name]).dispatchEvent(new Event('input', { bubbles: true }));
  if (k === choices.length - 1) done(performance.now() - began);
}, 280 * k));
"""
SHOWN = "return [document.querySelector('#command').value, document.querySelector('#plan-title').textContent, slides.map(({ title }) => title), pictures.get(slides[0].id), state.folder]"


def ten(rng):
    """Return ten choices, the last ones of which hold."""
    some = {
        "audience": ("general", "students", "engineers", "executives"),
        "minutes": ("25", "45", "60", "90", "180"),
        "world": ("garden", "hospital", "law-office"),
        "theme": ("light", "dark", "contrast"),
        "people": ("12", "42"),
        "room": ("", "no-printer", "remote"),
        "client": ("Ulm GmbH", "Café Σ"),
    }
    names = [*rng.sample(list(some), k=7), *rng.sample(list(some), k=3)]
    return [(name, rng.choice(some[name])) for name in names]


@pytest.mark.parametrize("seed", [1, 2])
def test_after_ten_choices_in_three_seconds_the_page_shows_what_the_command_builds(seed, page, cache, tmp_path):
    page.execute_script("tell('leave')")
    until(page, "document.querySelector('#cards .card') && !state.open")
    page.execute_script("document.querySelector('#cards .card').click()")
    until(page, "state.open && state.choice && slides.length > 2")
    ready(page)
    assert page.execute_async_script(CHOOSE, ten(random.Random(seed))) < 3000
    ready(page)
    command, plan, titles, cover, folder = page.execute_script(SHOWN)
    words = shlex.split(command)
    out = tmp_path / "built"
    typed = [
        *(word for word in words[words.index("build") :] if not word.startswith("--out=")),
        f"--out={out}",
        "--only",
        "deck",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "WORKSHOP_CACHE": str(cache)}
    done = subprocess.run([sys.executable, str(ROOT / "build_deck.py"), *typed], cwd=folder, env=environment, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    deck = Presentation(out / "deck.pptx")
    seen = [slide for slide in deck.slides if slide._element.get("show") != "0"]
    assert [slide.shapes.title.text_frame.text.replace("\v", " ") for slide in seen] == titles
    minutes = [word.removeprefix("--minutes=") for word in words if word.startswith("--minutes=")]
    assert plan.startswith(f"{(minutes or ['180'])[0]} minutes")
    client = next(word.removeprefix("--var=client=") for word in words if word.startswith("--var=client="))
    on_cover = "".join(shape.text_frame.text for shape in seen[0].shapes if shape.has_text_frame)
    drawn = "".join(re.sub(r"<[^>]*>", "", html.unescape(cover)).split())
    assert "".join(client.split()) in drawn
    assert client in on_cover
    assert page.get_log("browser") == []
