"""The options that each command takes, in the order of ``--help``."""

from __future__ import annotations

from workshop.cli import options as opt
from workshop.cli.values import PRINTING, Option
from workshop.plugins.addons import addons, load

# add-on -> the options that it adds to ``build``
ADDED: dict[str, tuple[Option, ...]] = {name: load(addon.options) for name, addon in addons().items() if addon.options}
SHARED = (
    *(opt.AUDIENCE, opt.STAGE, opt.SET, opt.DATA, opt.VOTES, opt.SEED, opt.WORLD, opt.OVERLAY, opt.VAR, opt.FROM),
)
LOOKS = (opt.THEME, opt.TEMPLATE, opt.LOGO, opt.FOOTER, opt.FONT_FILE)
BUILD = (
    *SHARED,
    opt.BETS,
    *(opt.MINUTES, opt.APPENDIX, opt.START, opt.ACTUAL, opt.DRY_RUN, opt.PLAN_JSON, opt.EXPLAIN),
    *(
        opt.ONLY,
        opt.EVERYTHING,
        opt.PDF,
        opt.OUT,
        opt.EXPLORE_URL,
        opt.PAPER,
        opt.PEOPLE,
        opt.ROOM,
        opt.PROFILE,
        opt.NAMES,
    ),
    *PRINTING,
    *(option for options in ADDED.values() for option in options),
    *LOOKS,
    *(opt.STRICT, opt.TRUST, opt.TRUST_FOLDER, opt.FORCE, opt.NO_CACHE, opt.QUIET, opt.VERBOSE, opt.TIMING),
)
_OF_ONE_BUILD = (opt.DRY_RUN, opt.PLAN_JSON, opt.EXPLAIN, opt.OUT, opt.QUIET, opt.VERBOSE, opt.TIMING)
ROW = tuple(option for option in BUILD if option not in _OF_ONE_BUILD)
CHECK = (
    *SHARED,
    opt.PRINTED,
    opt.PROOF,
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
    *(opt.TRUST, opt.TRUST_FOLDER, opt.NO_CACHE.but("Run it again."), opt.JSON, opt.FACTS, opt.SOURCE),
)
NEW = (opt.KIT.but("The kit it goes into; default: the folder you are in.", type=opt.FOLDER, metavar="DIR"),)
NEW_TALK = (opt.DECK,)
NEW_WORLD = (opt.LIKE_WORLD, opt.DOCUMENTS)
LIST = (opt.AUDIENCE, opt.OVERLAY, opt.VAR, opt.MINUTES, opt.TRUST, opt.TRUST_FOLDER)
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
