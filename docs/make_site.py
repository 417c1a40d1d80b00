"""Build the manual as a site, in ``build/site``, from the Markdown of the project as it lies there.

    python docs/make_site.py            first types all commands and draws all pictures again, and builds the samples
    python docs/make_site.py --fast     only builds the site, without samples

The pages and the files that they link to are copied into one folder, so that every link holds there as it holds in the project.
A link that leads nowhere stops the program before Zensical makes the site of them; each is named with its file and line.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))
from docs import make_pictures, make_samples, run_manual  # noqa: E402 - found through the line above

FRONT = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
BEFORE = '{ "Every job" = "docs/recipes.md" },'
SAMPLES = '{ "Samples" = "docs/samples.md" },\n    '  # only a site with samples has their page
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_LINK = re.compile(r"\]\((?!https?:|#)([^)\s#]+)")
_ANY_LINK = re.compile(r"\]\((?!\w+:)([^)\s#]*)(?:#([^)\s]+))?[^)]*\)")
_BLOCK = re.compile(r"^( *)(`{3,}).*?^\1\2$", re.DOTALL | re.MULTILINE)


def linked(page: Path) -> set[Path]:
    """Return the files of the project to which a page links."""
    found = {(page.parent / name).resolve() for name in _LINK.findall(page.read_text("utf-8"))}
    return {path for path in found if path.is_file() and path.is_relative_to(ROOT)}


def for_site(text: str) -> str:
    """Return a page with the bars in the code of its tables as the site's Markdown wants them: without a backslash."""
    return re.sub(
        r"^\|.*$", lambda row: _CODE.sub(lambda code: code[0].replace(r"\|", "|"), row[0]), text, flags=re.MULTILINE
    )


def collect(folder: Path) -> None:
    """Copy all pages and what they link to into an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    pages = {*(ROOT / name for name in FRONT), *HERE.rglob("*.md")}
    for path in sorted(pages.union(*(linked(page) for page in pages))):
        copy = folder / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".md":
            copy.write_text(for_site(path.read_text("utf-8")), "utf-8")
        else:
            shutil.copyfile(path, copy)
    shutil.copytree(HERE / "style", folder / "style")


def places(page: Path) -> set[str]:
    """Return the names of the places in a page to which a link can lead, as the site gives them."""
    import markdown  # comes with Zensical

    made = markdown.markdown(page.read_text("utf-8"), extensions=["toc", "attr_list", "tables", "pymdownx.superfences"])
    return set(re.findall(r'\bid="([^"]+)"', made))


def lost_links(folder: Path) -> Iterator[str]:
    """Yield each link of the collected pages that leads to no file, or to no place in its page, with file and line."""
    known = dict[Path, set[str]]()
    for page in sorted(folder.rglob("*.md")):
        text = page.read_text("utf-8")
        for hidden in (_BLOCK, _CODE):
            text = hidden.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)
        for link in _ANY_LINK.finditer(text):
            target = (page.parent / link[1]).resolve() if link[1] else page.resolve()
            at = f"{page.relative_to(folder)}:{text.count(chr(10), 0, link.start()) + 1}"
            if not target.exists():
                yield f"{at}: the link to {link[1]} leads to no file"
            elif link[2] and target.suffix == ".md":
                if target not in known:
                    known[target] = places(target)
                if link[2] not in known[target]:
                    yield f"{at}: {link[1] or 'this page'} has no heading for #{link[2]}"


def build(folder: Path, *, samples: bool = False) -> Path:
    """Collect the pages, with samples if they are wanted, build the site, and return its folder; broken links end the program."""
    collect(folder / "manual")
    settings = (HERE / "zensical.toml").read_text("utf-8")
    if samples:
        make_samples.write(folder / "manual" / "docs")
        settings = settings.replace(BEFORE, SAMPLES + BEFORE)
    if found := list(lost_links(folder / "manual")):
        sys.exit("\n".join(found))
    (folder / "zensical.toml").write_text(settings, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict", "--clean", "--config-file", "zensical.toml"],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1"},
        check=False,
    )
    if done.returncode:
        sys.exit(done.returncode)
    return folder / "site"


def wrong() -> Iterator[str]:
    """Yield what the manual says or shows and isn't so, with its place: commands, what they say, and pictures."""
    for page in run_manual.pages():
        with tempfile.TemporaryDirectory() as reader:
            yield from run_manual.faults(page, Path(reader), run_manual.command)
    yield from make_pictures.stale()


def main() -> None:
    """Build the site, unless something in it isn't so."""
    if "--fast" not in sys.argv[1:] and (found := list(wrong())):
        sys.exit("\n".join(found))
    site = build(ROOT / "build", samples="--fast" not in sys.argv[1:])
    print(f"open {site.relative_to(ROOT) / 'index.html'}")


if __name__ == "__main__":
    main()
