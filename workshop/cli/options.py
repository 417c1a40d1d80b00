"""Every option of the command line, declared once; commands say which of them they take."""

from __future__ import annotations

from pathlib import Path

import click

from workshop import limits
from workshop.cli import grouped, values
from workshop.cli.console import FORMATS
from workshop.cli.grouped import Group, Option, option
from workshop.cli.print_options import PRINTING
from workshop.inputs.came_back import read_actual, read_bets, read_counts
from workshop.model.request import TOOLS
from workshop.model.rooms import PAPER as ON_PAPER
from workshop.model.rooms import ROOMS
from workshop.plugins.addons import addons, load

PROFILES = ("standard", "large", "dyslexia")
MOST_SEED = 2**32 - 1

FILE = grouped.Place(path_type=Path, dir_okay=False)
A_FILE = grouped.Place(path_type=Path, exists=True, dir_okay=False)
FOLDER = grouped.Place(path_type=Path, file_okay=False)
ANY_PATH = grouped.Place(path_type=Path)


GroupedCommand, takes = grouped.GroupedCommand, grouped.takes


AUDIENCE = option(
    "--audience",
    often=True,
    group=Group.CONTENT,
    default="",
    metavar="NAME",
    text="Who it is for: see 'list audiences'.",
)
STAGE = option(
    *("--stage", "stages"),
    group=Group.CONTENT,
    read=values.listed,
    default="",
    metavar="LIST",
    text="Only these stages, with opening and closing: numbers or names, separated by commas.",
)
SET = option(
    *("--set", "sets"),
    group=Group.CONTENT,
    read=values.knobs,
    multiple=True,
    metavar="[DEMO.]KNOB=VALUE",
    text="Turn a demo's knob.",
)
DATA = option(
    "--data",
    often=True,
    group=Group.CONTENT,
    read=values.own_data,
    multiple=True,
    metavar="[DEMO.]SLOT=PATH",
    text="Give a demo your own text, folder or CSV.",
)
VOTES = option(
    "--votes",
    often=True,
    group=Group.CONTENT,
    once=True,
    type=A_FILE,
    text="The room's votes: six totals (1 14 9), one line per ballot (07M ABBABA), or a table.",
)
BETS = option(
    "--bets",
    group=Group.CONTENT,
    once=True,
    read=lambda path: read_bets(path) if path else {},
    type=A_FILE,
    text="The room's bets, shown beside the letters on the answers: CSV of bet,round,A,B,C,D.",
)
COUNTS = option(
    "--counts",
    group=Group.CONTENT,
    once=True,
    read=lambda path: read_counts(path) if path else {},
    type=A_FILE,
    text="What the room counted in polls, shown beside what the toy did: CSV of slide,A,B,C.",
)
SEED = option(
    "--seed",
    group=Group.CONTENT,
    default=0,
    show_default=True,
    metavar="N",
    type=click.IntRange(0, MOST_SEED),
    text="Seed of every demo.",
)
OVERLAY = option(
    *("--overlay", "overlays"),
    often=True,
    group=Group.CONTENT,
    read=values.overlays,
    multiple=True,
    metavar="DIR",
    type=ANY_PATH,
    text="Lay your own slides and files over the kit's; may be given more than once.",
)
WORLD = option(
    "--world",
    group=Group.CONTENT,
    default="",
    metavar="NAME|DIR",
    text="The place that the kit speaks of: garden, hospital, law-office, front-desk, or a folder of your own.",
)
VAR = option(
    *("--var", "variables"),
    group=Group.CONTENT,
    read=values.variables,
    multiple=True,
    metavar="NAME=TEXT",
    text="Text for {{ var.NAME }}.",
)
FROM = option(
    *("--from", "tool"),
    group=Group.CONTENT,
    default="",
    type=click.Choice(["", *TOOLS]),
    metavar="TOOL",
    text=f"The tool that a talk was written for, if it isn't recognised: {', '.join(TOOLS)}.",
)
LIKE = option(
    "--like",
    group=Group.CONTENT,
    default="",
    metavar="AUDIENCE",
    text="The audience that it is like: it takes everything that is meant for them.",
)
PROOF = option(
    "--proof",
    group=Group.PAPER,
    type=grouped.Place(path_type=Path, dir_okay=False),
    metavar="FILE",
    text="Of a world: write two pages to be read aloud, with each of its words in a sentence (PDF).",
)
LIKE_WORLD = option(
    "--like",
    group=Group.CONTENT,
    default="front-desk",
    metavar="WORLD",
    text="The ready world that it is like: hospital, law-office, …; default: front-desk, whose words belong to no trade.",
)
DOCUMENTS = option(
    "--from",
    "documents",
    group=Group.CONTENT,
    type=FOLDER,
    metavar="DIR",
    text="A folder of .md, .txt, .pdf and .docx files to draft cards from.",
)
DECK = option(
    "--from",
    "deck",
    group=Group.CONTENT,
    type=A_FILE,
    metavar="DECK.pptx",
    text="A deck to make the talk of; slides that Markdown can't show stay as they are in PowerPoint.",
)
KIT = option("--kit", group=Group.CONTENT, metavar="KIT", text="The kit that was used; default: the built-in kit.")


MINUTES = option(
    "--minutes",
    often=True,
    group=Group.TIME,
    read=values.slot,
    metavar="N|all",
    text="Length of the workshop; default: the kit's own. 'all' cuts nothing.",
)
START = option(
    "--start",
    often=True,
    group=Group.TIME,
    default="",
    metavar="HH:MM",
    text="Clock time of the first slide, for the run sheet.",
)
ACTUAL = option(
    "--actual",
    group=Group.TIME,
    read=lambda path: read_actual(path) if path else {},
    type=A_FILE,
    text="CSV of slide,minutes: how long each slide really took.",
)
APPENDIX = option(
    "--appendix",
    group=Group.TIME,
    read=lambda which: which or "",
    type=click.Choice(["none", "needed", "all"], case_sensitive=False),
    text="Which slides that had no room are hidden at the end: none, those that people are likely to ask for, or all. "
    "Default: needed; all for a kit without moments.",
)
DRY_RUN = option("--dry-run", group=Group.TIME, once=True, is_flag=True, text="Print the plan and write nothing.")
EXPLAIN = option(
    "--explain", group=Group.TIME, once=True, is_flag=True, text="Print why each slide is in or out, and the rules."
)
PLAN_JSON = option(
    *("--json", "as_json"),
    group=Group.TIME,
    once=True,
    is_flag=True,
    text="With --dry-run: print the plan as JSON and nothing else.",
)

BY_THE_CLOCK = option(
    *("--timetable", "by_the_clock"),
    group=Group.TIME,
    once=True,
    is_flag=True,
    text="Print the plan by the clock: when each slide begins, and how long its speech takes.",
)
EVERY_SLOT = option(
    *("--all", "everything"),
    group=Group.TIME,
    once=True,
    is_flag=True,
    text="Try every audience in every usual slot, and print which rules each plan keeps.",
)
STEP = option(
    *("--every", "step"),
    group=Group.TIME,
    once=True,
    type=click.IntRange(1, 120),
    metavar="N",
    text="With --all: try a slot every N minutes, from 20 to 400.",
)


ONLY = option(
    "--only",
    often=True,
    group=Group.PAPER,
    read=values.writers,
    once=True,
    default="",
    metavar="LIST",
    text="Only these files: see 'list writers'.",
)
EVERYTHING = option(
    *("--all", "everything"),
    group=Group.PAPER,
    once=True,
    is_flag=True,
    text="Write every file, including sorting cards and quiz.",
)
PDF = option(
    "--pdf",
    group=Group.PAPER,
    once=True,
    is_flag=True,
    text="Also write the deck as deck.pdf, without its hidden slides; needs LibreOffice.",
)
PAPER = option(
    "--paper",
    group=Group.PAPER,
    read=lambda name: name or "",
    type=click.Choice(["a4", "letter"], case_sensitive=False),
    text="Paper of sheets and guide; default: a4, or what kit.yaml says (paper: letter).",
)
PEOPLE = option(
    "--people",
    often=True,
    group=Group.PAPER,
    default=0,
    type=click.IntRange(0, int(limits.PEOPLE)),
    metavar="N",
    text="How many participants.",
)
ROOM = option(
    "--room",
    group=Group.CONTENT,
    type=click.Choice(ROOMS),
    default=ON_PAPER,
    text="Where it is held: with paper, without a printer, in a call, with phones that answer, or with paper and phones.",
)
PROFILE = option(
    "--profile",
    group=Group.PAPER,
    once=True,
    type=click.Choice(PROFILES),
    default="standard",
    show_default=True,
    text="How sheets are set: large print, or for readers with dyslexia.",
)
NAMES = option(
    "--names",
    group=Group.PAPER,
    read=values.names,
    once=True,
    type=A_FILE,
    metavar="FILE",
    text="Names for certificates, name tags and personal sheets: one per line, or a CSV file.",
)
EXPLORE_URL = option(
    "--explore-url",
    group=Group.PAPER,
    read=values.address,
    default="",
    metavar="URL",
    text="Where explore.html is published: slides that open it then have a QR code, and so have sheets and booklet.",
)
OUT = option(
    "--out",
    often=True,
    group=Group.PAPER,
    once=True,
    type=FOLDER,
    text="Output folder; default dist/<audience>/ or dist/<file>/.",
)

PRINTED = option(
    *("--print", "printed"),
    group=Group.PAPER,
    once=True,
    is_flag=True,
    text="Set all pages, too, to find what doesn't fit on its page of paper.",
)


THEME = option(
    "--theme",
    often=True,
    group=Group.LOOK,
    read=values.theme,
    default="",
    metavar="NAME or FILE",
    text="Look: light, or see 'list themes'.",
)
TEMPLATE = option(
    "--template",
    often=True,
    group=Group.LOOK,
    type=FILE,
    metavar="FILE",
    text="Build the deck in the look of this .pptx or .potx, or on its own layouts: see 'list layouts FILE'.",
)
LOGO = option(
    "--logo",
    often=True,
    group=Group.LOOK,
    type=ANY_PATH,
    metavar="PICTURE",
    text="A PNG or JPEG for a free corner of the slides, and for the head of the sheets.",
)
FOOTER = option(
    "--footer",
    group=Group.LOOK,
    default="",
    metavar="TEXT",
    text="The words at the foot of every slide, instead of the name of the stage.",
)
FONT_FILE = option(
    *("--font-file", "font_files"),
    group=Group.LOOK,
    read=values.font_files,
    multiple=True,
    metavar="NAME=FILE",
    text='Measure a typeface of the template with its own file; "NAME bold=FILE" for the bold one.',
)


TRUST = option(
    "--trust",
    group=Group.SAFETY,
    is_flag=True,
    text="Run the Python files that the kit brings; remembered until a byte of them changes.",
)
TRUST_FOLDER = option(
    "--trust-folder",
    group=Group.SAFETY,
    once=True,
    is_flag=True,
    text="Run whatever Python this kit's folder has, now and later; for a kit that only you can change.",
)
STRICT = option("--strict", group=Group.SAFETY, once=True, is_flag=True, text="Treat warnings as errors.")
FORCE = option("--force", group=Group.SAFETY, once=True, is_flag=True, text="Overwrite files that were edited by hand.")
NO_CACHE = option("--no-cache", group=Group.SAFETY, once=True, is_flag=True, text="Run every demo again.")
QUIET = option("--quiet", group=Group.SAFETY, once=True, is_flag=True, text="Print nothing but problems.")
VERBOSE = option(
    "--verbose",
    group=Group.SAFETY,
    once=True,
    is_flag=True,
    text="Print each step, what makes the next build run again, and a traceback for an internal error.",
)
TIMING = option(
    "--timing",
    group=Group.SAFETY,
    once=True,
    is_flag=True,
    text="Print how long each step took: wall time, processor time and its share.",
)
FORMAT = option(
    *("--format", "style"),
    group=Group.SAFETY,
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    text="How problems are printed.",
)
JSON = option(
    *("--json", "as_json"), group=Group.SAFETY, is_flag=True, text="Print facts and exhibits as JSON and nothing else."
)
FACTS = option(
    "--facts",
    group=Group.CONTENT,
    once=True,
    is_flag=True,
    text="Print each fact with its value, unit and meaning, and nothing else.",
)
SOURCE = option(
    "--source", group=Group.CONTENT, once=True, is_flag=True, text="Print the demo's algorithm, and run nothing."
)


# add-on -> the options that it adds to ``build``
ADDED: dict[str, tuple[Option, ...]] = {name: load(addon.options) for name, addon in addons().items() if addon.options}
SHARED = (*(AUDIENCE, STAGE, SET, DATA, VOTES, SEED, WORLD, OVERLAY, VAR, FROM),)
LOOKS = (THEME, TEMPLATE, LOGO, FOOTER, FONT_FILE)
BUILD = (
    *SHARED,
    *(BETS, COUNTS),
    *(MINUTES, APPENDIX, START, ACTUAL, DRY_RUN, PLAN_JSON, EXPLAIN),
    *(
        ONLY,
        EVERYTHING,
        PDF,
        OUT,
        EXPLORE_URL,
        PAPER,
        PEOPLE,
        ROOM,
        PROFILE,
        NAMES,
    ),
    *PRINTING,
    *(option for options in ADDED.values() for option in options),
    *LOOKS,
    *(STRICT, TRUST, TRUST_FOLDER, FORCE, NO_CACHE, QUIET, VERBOSE, TIMING),
)
_OF_ONE_BUILD = (DRY_RUN, PLAN_JSON, EXPLAIN, OUT, QUIET, VERBOSE, TIMING)
ROW = tuple(option for option in BUILD if option not in _OF_ONE_BUILD)
CHECK = (
    *SHARED,
    PRINTED,
    PROOF,
    EXPLORE_URL,
    *LOOKS,
    STRICT.but("Count warnings as errors in a file or a deck, too."),
    TRUST,
    TRUST_FOLDER,
    NO_CACHE,
    FORMAT,
)
DEMO = (
    KIT.but("The kit whose data it runs on; default: the built-in kit."),
    SET.but("Turn a knob: see 'list demos'.", metavar="KNOB=VALUE"),
    DATA.but("Give the demo your own text, folder or CSV.", metavar="SLOT=PATH"),
    SEED.but("Seed of the demo."),
    OUT.but("Write the charts into this folder (SVG and PNG)."),
    *(TRUST, TRUST_FOLDER, NO_CACHE.but("Run it again."), JSON, FACTS, SOURCE),
)
NEW = (KIT.but("The kit it goes into; default: the folder you are in.", type=FOLDER, metavar="DIR"),)
NEW_TALK = (DECK,)
NEW_WORLD = (LIKE_WORLD, DOCUMENTS)
LIST = (AUDIENCE, OVERLAY, VAR, MINUTES, TRUST, TRUST_FOLDER)
PLAN = (
    AUDIENCE.but("Who it is for: see 'list audiences'. With --all: only this audience."),
    MINUTES,
    START,
    ACTUAL,
    EXPLAIN.but("Print why each slide is in or out, and what each rule for plans found."),
    PLAN_JSON.but("Print the plan as JSON and nothing else."),
    BY_THE_CLOCK,
    EVERY_SLOT,
    STEP,
)
