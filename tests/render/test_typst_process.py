"""How many documents are set at the same time, since each takes much memory."""

import sys
from contextlib import ExitStack
from threading import Event, Thread

import pytest

from workshop.errors import WorkshopError
from workshop.render import typst_process
from workshop.render.typst_process import Presses

PATIENCE, MOMENT = 600, 0.05  # seconds: after the first, what is waited for never comes
FOR_EVER = [sys.executable, "-c", "import time; print('.', flush=True); time.sleep(600)"]
THREADS = [sys.executable, "-c", f"import os; print(os.environ.get({typst_process.THREADS!r}))"]


class Document(Thread):
    """A document that is being set until it is told to end."""

    def __init__(self, presses: Presses, *, short: bool) -> None:
        super().__init__(daemon=True)
        self.begun, self.end = Event(), Event()
        self._presses, self._short = presses, short
        self.start()

    def run(self) -> None:
        with self._presses.room(short=self._short):
            self.begun.set()
            self.end.wait(PATIENCE)

    def ends(self) -> None:
        self.end.set()
        self.join(PATIENCE)


@pytest.mark.parametrize(
    ("first", "second", "together"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_only_short_documents_are_set_two_at_a_time(first: bool, second: bool, together: bool) -> None:
    presses = Presses()
    one = Document(presses, short=first)
    assert one.begun.wait(PATIENCE)
    other = Document(presses, short=second)
    assert other.begun.wait(PATIENCE if together else MOMENT) == together
    for document in (one, other):
        assert document.begun.wait(PATIENCE)
        document.ends()


def test_the_last_of_several_copies_sets_any_two_documents(monkeypatch):
    presses = Presses()
    monkeypatch.setattr(typst_process, "has_last_item", lambda: True)
    two = [Document(presses, short=False) for _ in range(2)]
    assert all(document.begun.wait(PATIENCE) for document in two)
    third = Document(presses, short=True)
    assert not third.begun.wait(MOMENT)
    for document in (*two, third):
        document.ends()


def test_a_third_document_waits() -> None:
    presses = Presses()
    two = [Document(presses, short=True) for _ in range(2)]
    assert all(document.begun.wait(PATIENCE) for document in two)
    third = Document(presses, short=True)
    assert not third.begun.wait(MOMENT)
    two[0].ends()
    assert third.begun.wait(PATIENCE)
    for document in (two[1], third):
        document.ends()


def test_while_slides_are_drawn_one_document_is_set_and_then_two() -> None:
    presses = Presses()
    with ExitStack() as drawing:
        drawing.enter_context(presses.drawing())
        first = Document(presses, short=True)
        assert first.begun.wait(PATIENCE)
        second = Document(presses, short=True)
        assert not second.begun.wait(MOMENT)
        drawing.close()
        assert second.begun.wait(PATIENCE)
    first.ends()
    second.ends()


def test_a_document_that_fails_leaves_its_room() -> None:
    presses = Presses()
    with pytest.raises(ValueError, match="torn"), presses.room(short=False):
        raise ValueError("torn")
    after = Document(presses, short=False)
    assert after.begun.wait(PATIENCE)
    after.ends()


def test_a_document_that_is_stopped_ends_its_process_and_the_next_one_is_set_as_usual():
    presses = Presses()
    ended = Event()

    def sets_for_ever():
        with presses.room(short=True), presses.process(FOR_EVER) as process:
            assert process.stdout is not None
            assert process.stdout.read(1) == "."
            ready.set()
            process.communicate()
        ended.set()

    ready = Event()
    Thread(target=sets_for_ever, daemon=True).start()
    assert ready.wait(PATIENCE)
    with presses.stopped():
        assert ended.wait(PATIENCE)
        with pytest.raises(WorkshopError, match="the build has failed"), presses.room(short=True):
            pass
    after = Document(presses, short=False)
    assert after.begun.wait(PATIENCE)
    after.ends()


@pytest.mark.parametrize(
    ("company", "short", "threads"), [(False, True, "4"), (False, False, "None"), (True, False, "1")]
)
def test_short_documents_share_the_processors_and_beside_other_copies_each_has_one(
    monkeypatch, company, short, threads
):
    monkeypatch.setattr(typst_process, "processors", lambda: 8)
    monkeypatch.setattr(typst_process, "has_company", lambda: company)
    monkeypatch.delenv(typst_process.THREADS, raising=False)
    presses = Presses()
    with presses.room(short=short), presses.process(THREADS) as process:
        assert process.communicate(timeout=PATIENCE)[0].strip() == threads


def test_a_process_that_starts_while_everything_is_stopped_ends_at_once():
    presses = Presses()
    with presses.stopped(), presses.process(FOR_EVER) as process:
        process.communicate(timeout=PATIENCE)
    assert process.returncode != 0
