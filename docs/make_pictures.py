"""Draw the README's pictures from a fresh build of the built-in kit.

    python docs/make_pictures.py

Needs LibreOffice (soffice) and pdftoppm on the path, and for the picture of the preview Chromium and its driver.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import typst
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
COLUMNS, GAP, GROUND = 4, 12, "#8a8f8d"
SETTLED = 3  # seconds
MILLIMETRES = 17  # as large as a stage's picture is on a sheet


def main() -> None:
    """Build the kit, render it, and write the contact sheets."""
    missing = [name for name in ("soffice", "pdftoppm", "chromium", "chromedriver") if shutil.which(name) is None]
    if missing:
        sys.exit(
            f"{', '.join(missing)} not found: install LibreOffice, poppler-utils and Chromium, then run this again"
        )
    PICTURES.mkdir(parents=True, exist_ok=True)
    stages()
    preview()
    talk()
    looks()
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        run(sys.executable, str(ROOT / "build_deck.py"), "--out", str(here), "--quiet")
        as_pdf(here / "deck.pptx")
        contact(pages(here / "deck.pdf", here, 480), PICTURES / "deck.png", COLUMNS)
        for name in ("booklet", "answers", "facilitator"):
            contact(pages(here / f"{name}.pdf", here, 520)[:4], PICTURES / f"{name}.png", COLUMNS)


def talk() -> None:
    """Draw the slide of the README's talk."""
    (source,) = re.findall(r"```markdown\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "talk.md").write_text(source, "utf-8")
        run(sys.executable, str(ROOT / "build_deck.py"), str(here / "talk.md"), "--out", str(here), "--quiet")
        as_pdf(here / "deck.pptx")
        contact(pages(here / "deck.pdf", here, 800)[1:2], PICTURES / "talk.png", 1)


def looks() -> None:
    """Draw the slides of a talk that have looks of their own: those of the test that says what they are."""
    sys.path.insert(0, str(ROOT))
    from tests.contract.test_talk_looks import TALK, take_photo

    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "talk.md").write_text(TALK, "utf-8")
        take_photo(here)
        run(sys.executable, str(ROOT / "build_deck.py"), str(here / "talk.md"), "--out", str(here), "--quiet")
        as_pdf(here / "deck.pptx")
        contact(pages(here / "deck.pdf", here, 480), PICTURES / "looks.png", COLUMNS)


def as_pdf(deck: Path) -> None:
    """Let LibreOffice write a deck as a PDF beside it."""
    profile = f"-env:UserInstallation={(deck.parent / 'profile').as_uri()}"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(deck.parent), str(deck))


def stages() -> None:
    """Draw the stages' pictures as an office printer does, in black, white and one grey, at the size of a sheet's head."""
    sys.path.insert(0, str(ROOT))
    from workshop.content import load
    from workshop.render.vector_paths import on_paper, svg

    content, _ = load(ROOT / "slides_src")
    inks = on_paper("#000000", "#ffffff", soft="#9e9e9e")
    ids = [stage.id for stage in content.stages if stage.id in content.pictures]
    files = {f"{name}.svg": svg(content.pictures[name], inks, edge="#000000").encode() for name in ids}
    cells = "".join(f'image("{name}.svg", width: {MILLIMETRES}mm),' for name in ids)
    page = f"#set page(width: auto, height: auto, margin: 4mm)\n#grid(columns: {len(ids)}, gutter: 5mm, {cells})"
    made = typst.compile({"main": page.encode(), **files}, format="png", ppi=150.0)
    assert isinstance(made, bytes)
    (PICTURES / "stages.png").write_bytes(made)


def preview() -> None:
    """Take a picture of the preview of the built-in kit, at a slide with a chart."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.support.ui import WebDriverWait

    command = [sys.executable, str(ROOT / "build_deck.py"), "preview", "--no-open"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    assert process.stdout is not None
    with process, tempfile.TemporaryDirectory() as folder:
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium") or ""
        for flag in (
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--user-data-dir={folder}",
        ):
            options.add_argument(flag)
        browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": 1280, "height": 760, "deviceScaleFactor": 1, "mobile": False},
        )
        browser.get(process.stdout.readline().split()[-1] + "#falls")
        WebDriverWait(browser, 90).until(lambda page: page.execute_script("return document.body.dataset.state > 0"))
        browser.execute_script("document.querySelector('#status').textContent = 'Up to date'")
        time.sleep(SETTLED)  # the browser draws text last
        browser.save_screenshot(str(PICTURES / "preview.png"))
        browser.quit()
        process.terminate()
    Image.open(PICTURES / "preview.png").convert("RGB").quantize(128).save(PICTURES / "preview.png", optimize=True)


def run(*command: str) -> None:
    """Run a program and stop if it fails."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def pages(pdf: Path, folder: Path, width: int) -> list[Path]:
    """Return a picture of each page."""
    run("pdftoppm", "-png", "-scale-to-x", str(width), "-scale-to-y", "-1", str(pdf), str(folder / pdf.stem))
    return sorted(folder.glob(f"{pdf.stem}-*.png"))


def contact(files: list[Path], target: Path, columns: int) -> None:
    """Put pictures side by side on a grey background."""
    images = [Image.open(file).convert("RGB") for file in files]
    width, height = images[0].size
    rows = -(-len(images) // columns)
    sheet = Image.new("RGB", (columns * (width + GAP) + GAP, rows * (height + GAP) + GAP), GROUND)
    for number, image in enumerate(images):
        sheet.paste(image, (GAP + number % columns * (width + GAP), GAP + number // columns * (height + GAP)))
    sheet.quantize(128).save(target, optimize=True)


if __name__ == "__main__":
    main()
