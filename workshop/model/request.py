"""A request: everything that the user asked for, in one frozen value from the command line to the writers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from workshop.model.bets import Bets, Counted
from workshop.model.rooms import PAPER

CHECKOUT = "python3 build_deck.py"  # the program in a checkout, where nothing needs to be installed
TOOLS = (
    "pandoc",
    "quarto",
    "rmarkdown",
    "marp",
    "slidev",
    "remark",
    "deckset",
    "reveal",
)  # for which a single file may be written


class Request(Struct, frozen=True, kw_only=True):
    """The options of one build.

    Attributes:
        audience: id, or "" for the kit's default.
        stages: ids, or numbers as text, of the stages that are wanted; empty means all.
        start: clock time "09:30", or "" for the kit's own.
        people: how many participants; 0 for the kit's own.
        room: one of ``ROOMS``.
        minutes: the slot; 0 for everything, ``None`` for the kit's own.
        appendix: which of the slides that had no room are hidden at the end of the deck: "none", "needed" or "all"; "" for
            those needed in a kit with moments, and for all in any other.
        actual: slide id -> minutes that it took, instead of the minutes in the source.
        bets: how many placed each letter, by the key of a bet's name; empty if nobody counted.
        counts: how many each letter of a poll got, by the id of its slide; empty if nobody counted.
        only: names of writers; empty means those of a default build.
        everything: whether to use every writer that is part of ``--all``.
        pdf: whether the deck is also written as a PDF, if LibreOffice is installed.
        profile: how sheets are set: "standard", "large" or "dyslexia".
        grey: whether paper has no colour.
        cutting: whether anything is to be cut; if not, cards become lists.
        hints: whether tasks have their hints.
        solutions: whether a sheet ends with its key, for people who work alone.
        flip: the edge on which the printer turns a sheet, "long" or "short": the backs of cards follow it.
        printer: whether there is a page for the person at the printer.
        names: names for certificates, name tags and personal sheets; empty for a line to write on.
        sets: (demo or run name, knob) -> value as text; the name is "" until the kit's demos are known.
        data: (demo or run name, slot) -> file or folder; the name may be "" as for ``sets``.
        votes: the room's ballots, for the slot that the kit names; ``None`` for the kit's own.
        cache: folder for results of demos, or ``None``.
        overlays: folders laid over the kit, the strongest last.
        variables: name -> text for ``{{ var.name }}``.
        tool: the tool that a single file was written for; "" to find out.
        text: the Markdown of a single file, if it isn't read from there.
        trust: whether Python files of the kit may run.
        trust_folder: whether they may run from now on, however often they change.
        template: a user's .pptx to write the deck into, or ``None``.
        logo: a picture for a corner of the slides and the top of the sheets, or ``None``.
        footer: the words of the template's footers, or "" for the usual ones.
        font_files: (family, bold) -> font file for measuring a typeface of the template.
        strict: whether warnings stop a build as errors do.
        trusted: file with the digests of trusted files, or ``None`` to remember nothing.
        explore_url: address at which the companion page is published, or "" for the kit's own.
        again: the options of this build as one types them, for another build of the same kit.
        typed: argument and options of this build as they were typed, with whole paths; empty if nobody typed them.
        program: how the program was started, for commands that are printed.
        extra: add-on -> its options, if any was given: see ``of``.
    """

    audience: str = ""
    stages: tuple[str, ...] = ()
    start: str = ""
    people: int = 0
    room: str = PAPER
    minutes: float | None = None
    appendix: str = ""
    actual: Mapping[str, float] = field(default_factory=dict)
    bets: Bets = field(default_factory=dict)
    counts: Mapping[str, Counted] = field(default_factory=dict)
    paper: str = ""
    theme: str = ""
    seed: int = 0
    only: tuple[str, ...] = ()
    everything: bool = False
    pdf: bool = False
    profile: str = "standard"
    grey: bool = False
    cutting: bool = True
    hints: bool = True
    solutions: bool = False
    flip: str = "long"
    printer: bool = False
    names: tuple[str, ...] = ()
    sets: Mapping[tuple[str, str], str] = field(default_factory=dict)
    data: Mapping[tuple[str, str], Path] = field(default_factory=dict)
    votes: Path | None = None
    cache: Path | None = None
    overlays: tuple[Path, ...] = ()
    world: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    tool: str = ""
    text: str | None = None
    trust: bool = False
    trust_folder: bool = False
    trusted: Path | None = None
    strict: bool = False
    force: bool = False
    template: Path | None = None
    logo: Path | None = None
    footer: str = ""
    font_files: Mapping[tuple[str, bool], Path] = field(default_factory=dict)
    explore_url: str = ""
    again: str = ""
    typed: tuple[str, ...] = ()
    program: str = CHECKOUT
    extra: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def of(self, addon: str) -> Mapping[str, Any]:
        """Return the options of an add-on: name -> value; nothing if none of them was given."""
        return self.extra.get(addon, {})


def build_command(again: str, program: str = CHECKOUT) -> str:
    """Return the command that builds the same kit again.

    >>> build_command("--audience students")
    'python3 build_deck.py --audience students'
    """
    return f"{program} {again}".rstrip()
