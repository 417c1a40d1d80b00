from tests.addons.live.made import deck
from workshop.addons.live.course import Course, Event
from workshop.addons.live.freeze import freeze, own_slides
from workshop.addons.room.answer_lines import read_letters
from workshop.inputs.ballot_forms import count_ballots
from workshop.inputs.came_back import read_actual, read_bets
from workshop.model.bets import Placed


def held():
    """Return a room in which things were said by phone, on paper and by hands."""
    course = Course(deck=deck())
    happened = [
        ("seat", {"seat": "07M", "device": "a"}),
        ("next", {"at": 60.0}),
        ("next", {"at": 180.0}),
        ("open", {}),
        ("answer", {"seat": "07M", "device": "a", "question": "before-1", "pick": "C", "sure": True, "by": "phone"}),
        ("answer", {"seat": "01E", "question": "before-2", "pick": "A", "by": "paper"}),
        ("close", {}),
        ("show", {}),
        ("next", {"at": 300.0}),
        ("answer", {"seat": "01E", "question": "crawl", "pick": "B", "by": "paper"}),
        ("hands", {"question": "crawl", "pick": "C", "count": 4}),
        ("answer", {"seat": "01E", "question": "unseen", "pick": "A", "by": "paper"}),
        ("answer", {"seat": "01E", "question": "unseen", "pick": "D", "round": 2, "by": "paper"}),
        ("hands", {"question": "round-1", "pick": "A", "count": 9}),
        ("hands", {"question": "round-1", "pick": "B", "count": 3}),
        ("answer", {"seat": "01E", "question": "round-2", "pick": "B", "by": "paper"}),
        ("skip", {"pick": "kept unseen"}),
        ("next", {"at": 390.0}),
        ("end", {"at": 420.0}),
    ]
    for what, more in happened:
        course = course.after(Event(what=what, **{"at": 400.0, **more}))
    return course


def test_each_file_is_read_as_the_room_said_it(tmp_path):
    files = freeze(held())
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    assert read_bets(tmp_path / "bets.csv") == {
        "the-crawl": Placed((0, 1, 4)),
        "unseen-tools": Placed((1, 0, 0, 0), (0, 0, 0, 1)),
    }
    counted = count_ballots((tmp_path / "ballots.csv").read_text(), "ballots.csv")
    assert [row[0] for row in counted.rounds] == ["1", "2", "3"]
    assert [row[3:] for row in counted.rounds] == [(9, 3), (0, 1), (0, 0)]
    rows = read_letters(tmp_path / "quiz.csv", ("participant", "when"), ("1", "2"), ("ABCD", "ABCD"))
    assert [(tuple(row.given.values()), row.letters, row.sure) for row in rows] == [
        (("01E", "before"), ("", "A"), (False, False)),
        (("07M", "before"), ("C", ""), (True, False)),
    ]
    assert read_actual(tmp_path / "actual.csv") == {
        "welcome": 2.0, "quiz-before": 2.0, "crawl": 1.5, "kept": 0.0, "unseen": 0.0, "answers": 0.5
    }  # fmt: skip


def test_what_nobody_said_has_no_file():
    assert freeze(Course(deck=deck())) == {}


def test_a_question_of_ones_own_is_a_slide_after_the_one_on_which_it_was_asked():
    course = Course(deck=deck())
    events = (
        Event(what="go", question="crawl"),
        Event(what="own", pick="Is *this* | fine?\nYes {{ x }}\nNo"),
        Event(what="hands", question="own-1", pick="A", count=7),
    )
    assert own_slides(course) == ""
    for event in events:
        course = course.after(event)
    head, _, *rows = own_slides(course).splitlines()
    assert head == "## Is \\*this\\* \\| fine? {#asked-own-1 after=crawl minutes=1}"
    assert rows == ["| Asked in this room | People |", "|---|---|", "| Yes \\{\\{ x \\}\\} | 7 |", "| No | 0 |"]
