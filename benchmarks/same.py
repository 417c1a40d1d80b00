"""Says whether two checkouts write the same files, byte by byte; exits with 1 if not.

python benchmarks/same.py OLD NEW [PRODUCT …]

Each checkout needs its own ``.venv``. The products are ``kit`` (four audiences, with ``--all --editable``), ``talk`` (60 slides),
``template``, ``batch`` and ``demo``; without names, all of them. One thing is masked: the fingerprint in ``explore.html``,
which covers our code, and what follows from it: the digests of its scripts, and the page's digest in ``manifest.json``.
"""

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.batches import write_rows  # noqa: E402
from benchmarks.talk_source import write_talk  # noqa: E402

AUDIENCES = ("engineers", "executives", "general", "students")
TEMPLATE = ROOT / "tests" / "fixtures" / "templates" / "libreoffice.pptx"
PRODUCTS = {
    "kit": [f"build --audience {name} --all --editable --out kit/{name}" for name in AUDIENCES],
    "talk": ["build talk.md --out talk"],
    "template": ["build --template template.pptx --only deck,handout --out template"],
    "batch": ["batch rows.csv --out batch"],
    "demo": ["demo scaling --out demo"],
}
FINGERPRINT, SCRIPT = re.compile(rb'"digest":"(\w{16})"'), re.compile(rb"sha256-[\w+/]{43}=")
PAGE = re.compile(rb'"explore.html": "\w{64}"')
TIMED = re.compile(r"(^|/)(report\.csv$|\.workshop-)")  # seconds that a row took


def write_sources(folder: Path) -> None:
    """Write what the products are made from."""
    write_talk(60, folder)
    write_rows(folder, 3)
    (folder / "template.pptx").write_bytes(TEMPLATE.read_bytes())


def build(checkout: Path, folder: Path, products: list[str]) -> dict[str, bytes]:
    """Build the products in a folder of sources and return name -> contents of all files made, masked."""
    given = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    surround = {**os.environ, "WORKSHOP_CACHE": f"{folder}.cache", "PYTHONPATH": str(checkout)}
    for product in products:
        for command in PRODUCTS[product]:
            words = [str(checkout / ".venv" / "bin" / "workshop"), *command.split()]
            done = subprocess.run(words, check=False, cwd=folder, env=surround, capture_output=True, encoding="utf-8")
            if done.returncode:
                sys.exit(f"{checkout}: {command} failed\n{done.stdout}{done.stderr}")
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {
        name: masked(name, path.read_bytes())
        for name, path in found.items()
        if name not in given and not TIMED.search(name)
    }


def masked(name: str, content: bytes) -> bytes:
    """Return a file without what depends on the fingerprint of our code.

    >>> masked("manifest.json", b'"explore.html": "' + b"0" * 64 + b'", "deck.pptx": "1"')
    b'"explore.html": "", "deck.pptx": "1"'
    """
    if name.endswith("explore.html"):
        for fingerprint in FINGERPRINT.findall(content):
            content = content.replace(fingerprint, b"")
        return SCRIPT.sub(b"", content)
    return PAGE.sub(b'"explore.html": ""', content) if name.endswith("manifest.json") else content


def differences(old: dict[str, bytes], new: dict[str, bytes]) -> Iterator[str]:
    """Yield what differs: names of files, and for Office packages the parts.

    >>> list(differences({"a": b"1", "b": b"2"}, {"a": b"0", "c": b"3"}))
    ['a differs', 'b is missing', 'c is new']
    """
    for name in sorted(old.keys() | new.keys()):
        if name not in new:
            yield f"{name} is missing"
        elif name not in old:
            yield f"{name} is new"
        elif old[name] != new[name]:
            yield f"{name} differs"
            if name.endswith((".pptx", ".docx")):
                yield from (f"    {line}" for line in differences(_parts(old[name]), _parts(new[name])))


def _parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def main(old: str, new: str, *products: str) -> None:
    """Build with both checkouts and print the differences."""
    chosen = list(products) or list(PRODUCTS)
    with tempfile.TemporaryDirectory() as folder:
        write_sources(Path(folder, "sources"))  # once, since its pictures have noise
        made = []
        for side, checkout in (("old", old), ("new", new)):
            place = Path(shutil.copytree(Path(folder, "sources"), Path(folder, side)))
            made.append(build(Path(checkout).resolve(), place, chosen))
    found = list(differences(*made))
    print("\n".join(found) or f"{len(made[0])} files are the same")
    sys.exit(bool(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
