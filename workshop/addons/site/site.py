"""Building the kits of a site, and the page that leads to them."""

from __future__ import annotations

import csv
import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import click
from jinja2 import Environment, StrictUndefined
from msgspec import Struct

from workshop import __version__, steps
from workshop.addons.batch.batch_run import Given, run_batch
from workshop.addons.batch.crew import processors
from workshop.addons.batch.rows import REPORT, State
from workshop.addons.studio.told import told_files, told_kit
from workshop.cli.asked import base_kit, kit_path, request_of
from workshop.errors import ExitCode, Problem, WorkshopError, did_you_mean
from workshop.files.output import write_output
from workshop.files.temporary import temporary_folder
from workshop.plugins.registry import Registry, standard_registry

PAPERS = {"a4": "A4", "letter": "Letter"}
STATIC = ("index.html.jinja", "site.css", "site.js")
PAGE, COMPANION = "index.html", "explore.html"
BESIDE = "-batch"  # the folder beside the site's own has this at the end of its name
ROWS = "kits.jsonl"


class Choice(Struct, frozen=True, kw_only=True):
    """A kit that can be chosen.

    Attributes:
        audience: its name.
        size: bytes of the zip file.
        digest: SHA-256 of the zip file.
        files: what is in it.
    """

    audience: str
    minutes: float
    paper: str
    file: str
    size: int
    digest: str
    files: tuple[str, ...]


def make_site(out: Path, kit: str | None, options: Mapping[str, Any], context: click.Context) -> int:
    """Build the kits and write the site; return how many kits had to be left out.

    Args:
        options: what was typed; see ``site --help``.
        context: has the options that are for all kits.

    Raises:
        WorkshopError: if there is no such kit or audience, or nothing could be built.
    """
    registry = standard_registry()
    told, licence = _told(kit, options, registry)
    rows = _rows(told, options)
    work = out.absolute().with_name(out.absolute().name + BESIDE)
    with temporary_folder("site") as folder:
        table = folder / ROWS
        table.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
        workers = options["workers"] or processors()
        given = Given(rows=table, kit=kit, out=work, zipped=True, workers=workers, cluster="", quiet=options["quiet"])
        run_batch(given, context)
    with (work / REPORT).open(encoding="utf-8", newline="") as file:
        reported = {row["folder"]: row for row in csv.DictReader(file)}
    made = [row for row in rows if reported[row["out"]]["state"] in (State.BUILT, State.UNCHANGED)]
    missing = [row["out"] for row in rows if row not in made]
    if not made:
        raise WorkshopError(Problem(f"no kit could be built; see {work / REPORT}", hint="fix what it names"))
    written: dict[str, bytes] = {}
    choices = [_choice(row, (work / f"{row['out']}.zip").read_bytes(), written) for row in made]
    inside = told_files({name for one in choices for name in one.files}, registry)
    page = _page(told, choices, missing, inside, licence)
    write_output(out, {PAGE: page, **written}, force=True)
    if not options["quiet"]:
        left = f"; left out: {', '.join(missing)}" if missing else ""
        click.echo(f"{out / PAGE}: {len(choices)} kits, {sum(map(len, written.values())) / 1e6:.0f} MB{left}")
        click.echo(f"Publish the folder {out}, and nothing else; {work} lets the next run build only what has changed.")
    return len(missing)


def _told(kit: str | None, options: Mapping[str, Any], registry: Registry) -> tuple[dict[str, Any], str]:
    """Return the kit's title and its audiences, and its licence."""
    request = request_of(**{name: options[name] for name in ("trust", "trust_folder", "no_cache")})
    loaded = steps.load(kit_path(kit, registry), request, registry, base_kit(registry), everybody=True)
    if not loaded.content.is_kit:
        raise WorkshopError(Problem("a site is made of a kit, which has audiences", hint="give the folder of one"))
    told = told_kit(loaded.content, loaded.audiences, registry)
    known = [one["name"] for one in told["audiences"]]
    if unknown := [name for name in options["audiences"] if name not in known]:
        told_so = (Problem(f"there is no audience '{name}'", hint=did_you_mean(name, known)) for name in unknown)
        raise WorkshopError(next(told_so), ExitCode.USAGE)
    wanted = options["audiences"] or known
    return {
        **told,
        "audiences": [one for one in told["audiences"] if one["name"] in wanted],
    }, loaded.content.meta.licence


def _rows(told: Mapping[str, Any], options: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of the batch."""
    address = options["address"].rstrip("/")
    return [
        {
            "out": f"{one['name']}-{minutes:g}-{paper}",
            "audience": one["name"],
            "minutes": f"{minutes:g}",
            "paper": paper,
            **({"explore-url": f"{address}/{one['name']}.html"} if address else {}),
        }
        for one in told["audiences"]
        for minutes in options["slots"]
        for paper in PAPERS
    ]


def _choice(row: Mapping[str, Any], content: bytes, written: dict[str, bytes]) -> Choice:
    """Return a kit as the page shows it; its files go to ``written``: the zip, and the companion page of the longest kit so far."""
    name = f"{row['out']}.zip"
    written[name] = content
    with ZipFile(BytesIO(content)) as archive:
        inside = {entry.partition("/")[2]: entry for entry in archive.namelist()}
        if COMPANION in inside:
            written[f"{row['audience']}.html"] = archive.read(inside[COMPANION])
    return Choice(
        audience=row["audience"],
        minutes=float(row["minutes"]),
        paper=row["paper"],
        file=name,
        size=len(content),
        digest=sha256(content).hexdigest(),
        files=tuple(inside),
    )


def _page(
    told: Mapping[str, Any],
    choices: Sequence[Choice],
    missing: Sequence[str],
    inside: Sequence[Mapping[str, Any]],
    licence: str,
) -> bytes:
    """Return the page; it works from a file, and without scripts as a table of links."""
    texts = {name: (files("workshop.addons.site") / "static" / name).read_text("utf-8") for name in STATIC}
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True).from_string(
        texts["index.html.jinja"]
    )
    policy = f"default-src 'none'; script-src {_hash(texts['site.js'])}; style-src {_hash(texts['site.css'])}"
    text = made.render(
        title=told["title"],
        audiences={one["name"]: one for one in told["audiences"]},
        choices=choices,
        slots=sorted({one.minutes for one in choices}),
        papers=PAPERS,
        companions=sorted({one.audience for one in choices if COMPANION in one.files}),
        missing=missing,
        inside=inside,
        licence=licence,
        version=__version__,
        policy=f"{policy}; base-uri 'none'; form-action 'none'",
        script=texts["site.js"],
        style=texts["site.css"],
    )
    return text.encode()


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
