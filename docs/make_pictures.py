"""Draw the README's pictures from a fresh build of the built-in kit.

    python docs/make_pictures.py

Needs LibreOffice (soffice) and pdftoppm on the path; nothing else in the project does.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
COLUMNS, GAP, GROUND = 4, 12, "#8a8f8d"


def main() -> None:
    """Build the kit, render it, and write the contact sheets."""
    missing = [name for name in ("soffice", "pdftoppm") if shutil.which(name) is None]
    if missing:
        sys.exit(f"{' and '.join(missing)} not found: install LibreOffice and poppler-utils, then run this again")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        run(sys.executable, str(ROOT / "build_deck.py"), "--out", str(here), "--quiet")
        run(
            "soffice",
            f"-env:UserInstallation={(here / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(here),
            str(here / "deck.pptx"),
        )
        contact(pages(here / "deck.pdf", here, 480), PICTURES / "deck.png", COLUMNS)
        for name in ("sheets", "answers", "facilitator"):
            contact(pages(here / f"{name}.pdf", here, 520)[:4], PICTURES / f"{name}.png", COLUMNS)


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
