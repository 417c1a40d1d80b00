"""Make what a release consists of: sdist and wheel, built twice with the same bytes, and their digests.

Before anything is built, the version has to be the same in the package, in CITATION.cff, in the changelog and in the tag.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLACES = {  # file -> how its version is written
    "workshop/__init__.py": re.compile(r'^__version__ = "(?P<version>[^"]+)"$', re.MULTILINE),
    "CITATION.cff": re.compile(r"^version: (?P<version>\S+)$", re.MULTILINE),
    "CHANGELOG.md": re.compile(r"^## (?P<version>[^,\s]+)(?:, (?P<day>.+))?$", re.MULTILINE),  # its first heading
}
TAG = "v"  # and the version


def disagreements(root: Path, tags: list[str]) -> list[str]:
    """Return what keeps a folder from being released, a line for each place.

    Args:
        root: the checkout.
        tags: names of the tags of its commit.
    """
    found = {name: written.search((root / name).read_text("utf-8")) for name, written in PLACES.items()}
    lines = [f"{name}: no version is written here" for name, match in found.items() if match is None]
    first, *others = PLACES
    if (package := found[first]) is None:
        return lines
    version = package["version"]
    lines += [
        f"{name}:{_line(match)}: the version is {match['version']}, and {version} in {first}"
        for name in others
        if (match := found[name]) and match["version"] != version
    ]
    if (heading := found["CHANGELOG.md"]) and not _is_day(heading["day"]):
        lines.append(f"CHANGELOG.md:{_line(heading)}: the day of the release is missing: ## {version}, 2026-12-31")
    if f"{TAG}{version}" not in tags:
        named = f"its tags: {', '.join(tags)}" if tags else "it has no tag"
        lines.append(f"the commit isn't tagged {TAG}{version}, {named}: git tag {TAG}{version}")
    return lines


def _line(match: re.Match[str]) -> int:
    return match.string.count("\n", 0, match.start()) + 1


def _is_day(text: str | None) -> bool:
    try:
        return bool(date.fromisoformat(text or ""))
    except ValueError:
        return False


def built(folder: Path) -> dict[str, str]:
    """Build the sdist, and the wheel from it, into a folder; return the name of each file with its SHA-256."""
    command = [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def main() -> None:
    """Check, build twice, compare, and write the digests; ``--rehearse`` goes on although something disagrees."""
    tags = subprocess.run(
        ["git", "tag", "--points-at", "HEAD"], cwd=ROOT, check=False, capture_output=True, text=True
    ).stdout.split()
    lines = disagreements(ROOT, tags)
    print(*lines, sep="\n", end="\n" if lines else "")
    if lines and "--rehearse" not in sys.argv:
        sys.exit(1)
    out = ROOT / "build" / "release"
    shutil.rmtree(out, ignore_errors=True)
    digests = built(out)
    with tempfile.TemporaryDirectory() as again:
        if (second := built(Path(again))) != digests:
            sys.exit(f"two builds differ: {digests} and {second}")
    (out / "SHA256SUMS").write_text("".join(f"{digest}  {name}\n" for name, digest in digests.items()))
    print(f"built twice with the same bytes, in {out.relative_to(ROOT)}:", *digests, sep="\n  ")


if __name__ == "__main__":
    main()
