import asyncio
from contextlib import closing

import pytest

from tests.addons.live.made import deck
from workshop.addons.live.course import Event, Refused
from workshop.addons.live.known import counts
from workshop.addons.live.ledger import Ledger
from workshop.addons.live.room import BATCH, Room
from workshop.errors import WorkshopError


def run(path, tried):
    """Open a room, let something happen in it, and close it."""

    async def whole():
        room = Room(path, deck(), clock=lambda: 1000.0)
        writing = asyncio.create_task(room.run())
        try:
            return await tried(room)
        finally:
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)
            room.close()

    return asyncio.run(whole())


def test_many_answers_at_once_are_written_in_few_batches_and_all_count(tmp_path, monkeypatch):
    sizes = []
    write = Ledger.write
    monkeypatch.setattr(Ledger, "write", lambda self, events: (sizes.append(len(events)), write(self, events))[1])

    async def tried(room):
        seats = await asyncio.gather(*(room.sit("", f"device {k}") for k in range(600)))
        await room.take(Event(what="go", question="crawl"))
        await room.take(Event(what="open"))
        await asyncio.gather(
            *(
                room.take(
                    Event(
                        what="answer", seat=seat, device=f"device {k}", question="crawl", pick="ABC"[k % 3], by="phone"
                    )
                )
                for k, seat in enumerate(seats)
            )
        )
        return counts(room.course, "crawl", 1)

    assert run(tmp_path / "room.db", tried) == {"A": 200, "B": 200, "C": 200}
    assert max(sizes) == BATCH
    assert len(sizes) < 20


def test_a_room_that_is_opened_again_goes_on_where_it_was_with_the_same_seats(tmp_path):
    async def before(room):
        await room.sit("07M", "a")
        await room.take(Event(what="go", question="crawl"))
        await room.take(Event(what="open"))
        await room.take(Event(what="answer", seat="07M", device="a", question="crawl", pick="B", by="phone"))
        return room.course

    async def after(room):
        return room.course

    path = tmp_path / "room.db"
    assert run(path, before) == run(path, after)
    with closing(Room(path)) as again:
        assert again.course.seat_of("a") == "07M"


def test_what_cannot_be_written_did_not_happen_and_is_not_acknowledged(tmp_path, monkeypatch):
    async def tried(room):
        def full(self, events):
            raise WorkshopError("the disk is full")

        monkeypatch.setattr(Ledger, "write", full)
        before = room.course
        with pytest.raises(WorkshopError, match="full"):
            await room.take(Event(what="next"))
        assert room.course == before
        monkeypatch.undo()
        return (await room.take(Event(what="next"))).slide

    assert run(tmp_path / "room.db", tried) == "welcome"


def test_two_remotes_cannot_run_apart(tmp_path):
    async def tried(room):
        await room.take(Event(what="go", question="crawl"))
        done = await asyncio.gather(*(room.take(Event(what="open")) for _ in range(2)), return_exceptions=True)
        return [isinstance(one, Refused) for one in done]

    assert run(tmp_path / "room.db", tried) == [False, True]


def test_a_seat_is_taken_by_its_code_however_it_is_typed_and_a_wrong_code_is_refused(tmp_path):
    async def tried(room):
        assert await room.sit(" 7m", "a") == "07M"
        assert await room.sit("07M", "b") == ""
        with pytest.raises(Refused, match="looks like 07M"):
            await room.sit("07N", "c")
        return await room.paper("07M B")

    assert run(tmp_path / "room.db", tried) == ["07M: B isn't an answer to what was asked"]


def test_a_file_that_holds_no_room_is_refused(tmp_path):
    with pytest.raises(WorkshopError, match="has no room in it"):
        Room(tmp_path / "room.db")
