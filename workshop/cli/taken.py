"""The options that each command takes, in the order of ``--help``."""

from __future__ import annotations

from pathlib import Path

import click

from workshop.cli import options as opt
from workshop.cli.values import PERSONAL, PRINTING
from workshop.errors import did_you_mean
from workshop.inputs.door import beside
from workshop.plugins.registry import Registry

# ---------------------------------------------------------------- taken
SHARED = (opt.AUDIENCE, opt.STAGE, opt.SET, opt.DATA, opt.VOTES, opt.SEED, opt.OVERLAY, opt.VAR)
LOOKS = (opt.THEME, opt.TEMPLATE, opt.LOGO, opt.FOOTER, opt.FONT_FILE)
BUILD = (
    *SHARED,
    *(opt.MINUTES, opt.APPENDIX, opt.START, opt.ACTUAL, opt.DRY_RUN, opt.PLAN_JSON, opt.EXPLAIN),
    *(
        opt.ONLY,
        opt.EVERYTHING,
        opt.EDITABLE,
        opt.PDF,
        opt.OUT,
        opt.EXPLORE_URL,
        opt.PAPER,
        opt.PEOPLE,
        opt.PROFILE,
        opt.NAMES,
        opt.WITHOUT_TEXTS,
    ),
    *PRINTING,
    *PERSONAL,
    *LOOKS,
    *(opt.STRICT, opt.TRUST, opt.TRUST_FOLDER, opt.FORCE, opt.NO_CACHE, opt.QUIET, opt.VERBOSE, opt.TIMING),
)
_OF_ONE_BUILD = (opt.DRY_RUN, opt.PLAN_JSON, opt.EXPLAIN, opt.OUT, opt.QUIET, opt.VERBOSE, opt.TIMING)
ROW = tuple(option for option in BUILD if option not in _OF_ONE_BUILD)
BATCH = (
    opt.KIT.but(
        "The kit, or Markdown file, of the rows that name none; default: the built-in kit.", metavar="KIT or FILE"
    ),
    *ROW,
    opt.OUT.but("Folder for the rows' folders and report.csv; default dist/<table>/."),
    *(opt.ZIPPED, opt.WORKERS, opt.CLUSTER, opt.QUIET),
)
PREVIEW = (
    *SHARED,
    opt.EXPLORE_URL,
    *(opt.MINUTES, opt.APPENDIX, opt.START, opt.PAPER, opt.PEOPLE, opt.PROFILE),
    *LOOKS,
    *(opt.TRUST, opt.TRUST_FOLDER, opt.NO_CACHE, opt.PORT, opt.NO_OPEN),
)
EXPLORE = (
    *SHARED,
    opt.DEMOS,
    opt.OUT.but("Write the page into this file; default: beside the deck.", type=opt.FILE, metavar="FILE"),
    *(
        opt.PAGE_CHECK,
        opt.WITHOUT_TEXTS,
        opt.EXPLORE_URL,
        opt.THEME,
        opt.TRUST,
        opt.TRUST_FOLDER,
        opt.NO_CACHE,
        opt.QUIET,
    ),
)
CHECK = (
    *SHARED,
    opt.PRINTED,
    opt.EXPLORE_URL,
    *LOOKS,
    opt.STRICT.but("Count warnings as errors in a file or a deck, too."),
    opt.TRUST,
    opt.TRUST_FOLDER,
    opt.NO_CACHE,
    opt.FORMAT,
)
DEMO = (
    opt.KIT.but("The kit whose data it runs on; default: the built-in kit."),
    opt.SET.but("Turn a knob: see 'list demos'.", metavar="KNOB=VALUE"),
    opt.DATA.but("Give the demo your own text, folder or CSV.", metavar="SLOT=PATH"),
    opt.SEED.but("Seed of the demo."),
    opt.OUT.but("Write the charts into this folder (SVG and PNG)."),
    *(opt.TRUST, opt.TRUST_FOLDER, opt.NO_CACHE.but("Run it again."), opt.JSON, opt.SOURCE),
)
NEW = (opt.KIT.but("The kit it goes into; default: the folder you are in.", type=opt.FOLDER, metavar="DIR"),)
LIST = (opt.AUDIENCE, opt.OVERLAY, opt.VAR, opt.MINUTES, opt.TRUST, opt.TRUST_FOLDER)
_ROOM = (opt.KIT, opt.AUDIENCE.but("Who it was for: see 'list audiences'."))
QUIZ = (*_ROOM, opt.OUT.but("Write the chart into this folder."), opt.REPORT, opt.JSON)
TALLY = (*_ROOM, opt.OUT.but("Write the votes into this file.", type=opt.FILE))
RECORD = (
    opt.KIT,
    *SHARED,
    opt.LED_BY,
    opt.MINUTES,
    opt.DATE,
    opt.PAPER.but("Paper of the record; default: what kit.yaml says."),
    opt.PEOPLE.but("How many people were there; default: those who filled in the quiz."),
    opt.OUT.but("Write the record into this file; default record.pdf.", type=opt.FILE, default=Path("record.pdf")),
    *(opt.TRUST, opt.TRUST_FOLDER, opt.NO_CACHE),
)
PLAN = (
    opt.AUDIENCE.but("Who it is for: see 'list audiences'. With --all: only this audience."),
    opt.MINUTES,
    opt.START,
    opt.ACTUAL,
    opt.EXPLAIN.but("Print why each slide is in or out, and what each rule for plans found."),
    opt.PLAN_JSON.but("Print the plan as JSON and nothing else."),
    opt.BY_THE_CLOCK,
    opt.EVERY_SLOT,
    opt.STEP,
)


# ---------------------------------------------------------------- kit path
# The kit that a name on the command line refers to.
BUILT_IN = "ai-models"
KIT_FILE = "kit.yaml"


def builtin_kit(registry: Registry) -> Path:
    """Return the folder of the built-in kit."""
    path: Path = registry.get("kit", BUILT_IN)()
    return path


def kit_path(kit: str | None, registry: Registry, *, here: bool = False) -> Path:
    """Return the folder or file that a name refers to: a registered kit or a path; without a name, the built-in kit.

    Args:
        here: whether no name means the kit of the folder that one is in, if it has a kit.yaml.

    Raises:
        click.UsageError: with the nearest name, if nothing is found.
    """
    if not kit:
        return Path() if here and Path(KIT_FILE).is_file() else builtin_kit(registry)
    if registry.has("kit", kit):
        found: Path = registry.get("kit", kit)()
        return found
    path = Path(kit)
    if not path.exists():
        if kit.isdecimal():
            raise click.UsageError(f"There is no file or folder '{kit}'; for a slot write --minutes {kit}")
        near = did_you_mean(path.name, beside(path))
        raise click.UsageError(f"There is no file or folder '{kit}'; {near}".rstrip("; "))
    return path
