"""Tests the loop over the rows, with a crew that builds nothing."""

from concurrent.futures import BrokenExecutor, Future
from pathlib import Path

import pytest

from workshop.addons.batch.rows import Outcome, State, Task
from workshop.addons.batch.run import build_rows
from workshop.errors import At, WorkshopError
from workshop.model.request import Request

HERE = Path("/work")


def task(number):
    at = At("rows.csv", number)
    return Task(name=f"n{number}", kit="k", request=Request(), out=HERE, here=HERE, zipped=False, engine="", at=at)


class Crew:
    """Ends each row at once, as ``ends`` says for its name and try: with an outcome, or an error."""

    def __init__(self, room=3, ends=None):
        self.room, self.ends = room, ends or {}
        self.tries, self.most, self.now = {}, 0, 0

    def start(self, one):
        turn = self.tries[one.name] = self.tries.get(one.name, 0) + 1
        self.now += 1
        self.most = max(self.most, self.now)
        future = Future()
        error = self.ends.get((one.name, turn))
        if error == "cancel":
            future.cancel()
            future.set_running_or_notify_cancel()
        elif error:
            future.set_exception(error)
        else:
            future.set_result(Outcome(at=one.at, name=one.name, state=State.BUILT))
        return future

    def end(self, _):
        self.now -= 1

    def finishing(self, under_way):
        return tuple(under_way)


def states(tasks, crew):
    told = []
    build_rows(tasks, crew, told.append)
    assert len(told) == len({one.name for one in told})
    return {one.name: one.state for one in told}


def test_every_row_is_told_once_and_few_are_under_way():
    crew = Crew(room=3)

    def tasks():
        for number in range(20):
            yield task(number)

    assert states(tasks(), crew) == {f"n{number}": State.BUILT for number in range(20)}
    assert crew.most == 3


def test_rows_are_asked_for_only_when_there_is_room():
    crew, told, ahead = Crew(room=2), [], []

    def tasks():
        for number in range(9):
            ahead.append(number - len(told))
            yield task(number)

    build_rows(tasks(), crew, told.append)
    assert max(ahead) <= 2


def test_a_row_whose_worker_is_killed_is_tried_once_more():
    crew = Crew(ends={("n3", 1): BrokenExecutor()})
    assert states(map(task, range(6)), crew) == {f"n{number}": State.BUILT for number in range(6)}
    assert crew.tries["n3"] == 2


def test_a_row_that_kills_its_worker_twice_has_failed_and_the_others_have_not():
    crew, told = Crew(ends={("n3", 1): BrokenExecutor(), ("n3", 2): BrokenExecutor()}), []
    build_rows(map(task, range(6)), crew, told.append)
    failed = [one for one in told if one.state is State.FAILED]
    assert [one.name for one in failed] == ["n3"]
    assert "stopped 2 times" in failed[0].message
    assert len(told) == 6


def test_any_other_error_of_a_worker_is_the_message_of_its_row():
    crew, told = Crew(ends={("n0", 1): MemoryError("no more")}), []
    build_rows([task(0)], crew, told.append)
    assert (told[0].state, told[0].message) == (State.FAILED, "MemoryError: no more")
    assert crew.tries["n0"] == 1


def test_a_cluster_that_is_gone_stops_the_batch():
    with pytest.raises(WorkshopError, match="the cluster is gone"):
        states(map(task, range(4)), Crew(room=1, ends={("n2", 1): "cancel"}))


def test_after_ctrl_c_what_was_begun_is_finished_and_told():
    crew, told, said = Crew(room=3), [], []

    def tasks():
        yield task(0)
        yield task(1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_rows(tasks(), crew, told.append, said.append)
    assert {one.name for one in told} == {"n0", "n1"}
    assert "2 kits under way will be finished" in said[0]
