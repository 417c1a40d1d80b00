"""The option of ``build`` about the companion page."""

from workshop.cli.grouped import Group, option

WITHOUT_TEXTS = option(
    "--without-texts",
    group=Group.PAPER,
    once=True,
    is_flag=True,
    text="explore.html: leave out what answers typed text, and with it your own documents; tables may still show words from them.",
)
OPTIONS = (WITHOUT_TEXTS,)
