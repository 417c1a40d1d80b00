"""Mails and dates for after the day, read back by the standard library and by the rules of iCalendar."""

from datetime import date, timedelta
from email import message_from_bytes, policy

import pytest
from msgspec.structs import replace

from tests.contract import kits as built_in
from tests.render.print import kits
from tests.render.print.test_quiz import question
from workshop.addons.record.follow_up import DAYS, follow_up, things_to_try
from workshop.addons.record.held import Held, Training
from workshop.errors import WorkshopError
from workshop.plugins.registry import standard_registry

DAY = date(2026, 11, 24)


def kit(**changes):
    held = Held(training=Training(date=DAY), check_again=date(2027, 3, 31))
    return kits.kit(extra={"record": held}, later=(question(1),), **changes)


def made(kit, *folders):
    return follow_up(kits.laid(kit), standard_registry(), folders)


def read(mail):
    found = message_from_bytes(mail, policy=policy.default)
    return found["Subject"], found.get_content()


def test_there_are_three_drafts_and_a_calendar():
    found = made(kit())
    assert sorted(found) == sorted((*(f"follow-up-day-{day}.eml" for day in DAYS), "follow-up.ics"))
    for day in DAYS:
        mail = message_from_bytes(found[f"follow-up-day-{day}.eml"], policy=policy.default)
        assert (mail["X-Unsent"], mail["To"], mail["Date"]) == ("1", None, None)
        assert "How AI models are made" in mail["Subject"]


def test_the_second_mail_has_the_questions_and_the_third_the_day_to_look_again():
    found = made(kit())
    assert "Question 1: where is it from?" in read(found["follow-up-day-14.eml"])[1]
    assert "By 31 March 2027" in read(found["follow-up-day-60.eml"])[1]


def test_without_a_date_there_is_no_calendar():
    assert "follow-up.ics" not in made(replace(kit(), extra={}))


def test_each_mail_has_its_day_in_the_calendar_and_no_line_is_too_long():
    written = made(kit(title="A, B; C " * 12))["follow-up.ics"]
    lines = written.decode().split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    whole = written.decode().replace("\r\n ", "").split("\r\n")
    begins = [line.partition(":")[2] for line in whole if line.startswith("DTSTART")]
    assert begins == [f"{DAY + timedelta(days=day):%Y%m%d}" for day in DAYS]
    assert len({line for line in whole if line.startswith("UID:")}) == len(DAYS)
    assert sum("A\\, B\\; C" in line for line in whole) == len(DAYS)
    assert (whole[0], whole[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])


def test_a_kits_own_template_replaces_ours(tmp_path):
    own = tmp_path / "follow-up"
    own.mkdir()
    (own / "day-2.txt").write_text("Subject: Hello\n\n{{ title }}, again\n", "utf-8")
    subject, body = read(made(kit(), tmp_path)["follow-up-day-2.eml"])
    assert (subject, body.strip()) == ("Hello", "How AI models are made, again")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("Subject: a\n{{ who }}", 1, "'who' is undefined"),
        ("Subject: a\n{% if title %}", 2, "Unexpected end of template"),
        ("Subject: a\n\n{% for x in range(9) %}{% endfor %}", 3, "does more than fill in"),
        ("Subject: a\n{{ title.upper() }}", 2, "does more than fill in"),
        ("{% include '/etc/passwd' %}", 1, "does more than fill in"),
        ("{{ 'x' * 1000000000 }}", 1, "does more than fill in"),
        ("{{ title | center(1000000000) }}", 1, "does more than fill in"),
    ],
)
def test_a_template_that_cannot_be_used_is_named_with_its_line(tmp_path, text, line, says):
    own = tmp_path / "follow-up"
    own.mkdir()
    (own / "day-2.txt").write_text(text, "utf-8")
    with pytest.raises(WorkshopError) as raised:
        made(kit(), tmp_path)
    (problem,) = raised.value.problems
    assert problem.at.path == (own / "day-2.txt").as_posix()
    assert says in problem.message
    assert problem.at.line == line


def test_what_to_try_is_a_demo_that_was_shown_at_one_of_its_states(cache):
    registry = standard_registry()
    laid = kits.laid(built_in.tried("general", 180, cache).plan.kit)
    things = list(things_to_try(laid, registry))
    shown = {run for slide in laid.kit.slides if not slide.hidden for run in slide.runs}
    assert len(things) >= 3
    for thing in things:
        name, _, state = thing["link"].removeprefix("explore.html#").partition("?")
        knob, _, value = state.partition("=")
        assert name in shown
        about = registry.get("demo", name)
        low_high = about.knobs[knob]
        assert low_high.low <= float(value) <= low_high.high
        assert thing["lead"]
