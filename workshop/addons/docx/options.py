"""The option of ``build`` that asks for editable twins."""

from workshop.cli.grouped import Group, option

EDITABLE = option(
    "--editable",
    group=Group.PAPER,
    once=True,
    is_flag=True,
    text="Write sheets, keys, quiz and guide as DOCX, too, to edit in Word or Writer; --all doesn't.",
)
OPTIONS = (EDITABLE,)
