"""After the day: three mails to send on and their dates, written from Jinja2 templates that a kit can replace."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from workshop import limits
from workshop.addons.record.file_parts import digest
from workshop.addons.record.held import held_of, printed
from workshop.errors import At, Problem, WorkshopError
from workshop.inputs.door import read_text
from workshop.layout.laid import LaidOut
from workshop.model.pokes import Sweep
from workshop.plugins.registry import Registry
from workshop.render.print.figures import galley_for
from workshop.render.print.forms import mailed

DAYS = (2, 14, 60)  # after the workshop
FOLDER = "follow-up"
PAGE = "explore.html"
# nodes of Jinja2 that a mail has no use for, and that could take for ever
COSTLY = "For Macro Call CallBlock Include Import FromImport Extends BinExpr Filter FilterBlock"
REFUSED: tuple[type[nodes.Node], ...] = tuple(getattr(nodes, name) for name in COSTLY.split())


ENVIRONMENT = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True)


def follow_up(laid: LaidOut, registry: Registry, folders: Sequence[Path]) -> dict[str, bytes]:
    """Return the mails, and a calendar if the date of the workshop is known.

    Args:
        folders: those that may have templates of their own, the strongest first.

    Raises:
        WorkshopError: for a template that can't be used.
    """
    things = list(things_to_try(laid, registry))
    mails = {}
    for place, day in enumerate(DAYS):
        values = {
            "title": laid.kit.title,
            "thing": things[place * (len(things) - 1) // (len(DAYS) - 1)] if things else None,
            "questions": mailed(laid, galley_for(laid)).partition("\n\n")[2] if laid.kit.later else "",
            "again": printed(held_of(laid.kit).check_again),
        }
        mails[day] = _mail(_filled(f"day-{day}.txt", values, folders))
    made = {f"{FOLDER}-day-{day}.eml": mail.as_bytes() for day, mail in mails.items()}
    held = held_of(laid.kit).training.date
    subjects = {day: str(mail["Subject"]) for day, mail in mails.items()}
    return made | ({f"{FOLDER}.ics": _calendar(laid, held, subjects)} if held else {})


def things_to_try(laid: LaidOut, registry: Registry) -> Iterator[dict[str, str]]:
    """Yield title, words and link of each demo that a slide shows and that can be turned: the link opens it at its last state."""
    shown = dict.fromkeys(run for slide in laid.kit.slides if not slide.hidden for run in slide.runs)
    address = next((slide.address.partition("#")[0] for slide in laid.kit.slides if slide.address), PAGE)
    for name in (name for name in shown if registry.has("demo", name)):
        demo: Any = registry.get("demo", name)
        for poke in demo.pokes:
            if isinstance(poke, Sweep) and poke.lead:
                state = f"{poke.knob}={poke.values[-1]}"
                yield {"title": demo.title, "lead": poke.lead, "link": f"{address}#{name}?{state}"}
                break


def _filled(name: str, values: dict[str, Any], folders: Sequence[Path]) -> str:
    own = next((path for folder in folders if (path := folder / FOLDER / name).is_file()), None)
    at = At(own.as_posix() if own else name)
    try:
        template = read_text(own, limits.CSV_BYTES) if own else _own(name)
        for node in ENVIRONMENT.parse(template).find_all(REFUSED):
            hint = "a mail may have {{ values }} and {% if %}, and nothing else"
            raise WorkshopError(
                Problem("this template does more than fill in", At(at.path, node.lineno), hint, "follow-up")
            )
        return ENVIRONMENT.from_string(template).render(values)
    except (TemplateError, OSError) as error:
        line = getattr(error, "lineno", None) or 1
        hint = f"there are: {', '.join(values)}"
        raise WorkshopError(Problem(str(error), At(at.path, line), hint, "follow-up")) from None


def _own(name: str) -> str:
    return (files("workshop.addons.record") / FOLDER / name).read_text("utf-8")


def _mail(text: str) -> EmailMessage:
    """Return a mail that opens as a draft; the first line of a text is its subject."""
    subject, _, body = text.strip().partition("\n")
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = subject.removeprefix("Subject:").strip()
    mail["X-Unsent"] = "1"
    mail.set_content(re.sub(r"\n{3,}", "\n\n", body.strip()) + "\n", cte="quoted-printable")
    return mail


def _calendar(laid: LaidOut, held: date, subjects: dict[int, str]) -> bytes:
    """Return the days of the mails as an iCalendar file; its stamps are the day of the workshop."""
    events = [
        {
            "id": f"{digest(laid.kit)[:16]}-{held:%Y%m%d}-{day}",
            "begins": f"{held + timedelta(days=day):%Y%m%d}",
            "ends": f"{held + timedelta(days=day + 1):%Y%m%d}",
            "subject": subject.translate(ESCAPED),
        }
        for day, subject in subjects.items()
    ]
    text = ENVIRONMENT.from_string(_own("calendar.ics")).render(events=events, held=f"{held:%Y%m%d}")
    return "".join("\r\n ".join(re.findall(".{1,60}", line)) + "\r\n" for line in text.splitlines()).encode()


ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "\\,;"})
