"""Tests of a process beside the server; what it runs is in this file."""

import asyncio
import os
import pickle
from threading import Event

import pytest

from workshop.addons.web.process import Answers, Process
from workshop.errors import Problem, WorkshopError

pytestmark = pytest.mark.long


def work(pipe, greeting):
    """Run in the other process; it says that it is ready before it greets anybody."""
    ready = Event()

    def greet(name):
        ready.wait()
        return f"{greeting}, {name}"

    def fail():
        raise WorkshopError(Problem("it can't be read", hint="choose another"))

    def exit_now():
        os._exit(3)

    def confused():
        raise RuntimeError("oh")

    answers = Answers(
        pipe,
        {"greet": greet, "bytes": lambda: b"\0\1", "fail": fail, "exit": exit_now,
         "confused": confused, "none": {}.__getitem__, "raw": lambda: pipe.send_bytes(pickle.dumps(greeting))},
    )  # fmt: skip
    answers.tell("ready")
    ready.set()
    answers.ended.wait()


def dies_at_once(pipe):
    os._exit(3)


def tried(test, target="work", arguments=("Hello",)):
    """Run a test with a process, and return what each one that works said by itself, and each death."""
    deaths = []

    async def run():
        told = asyncio.Queue()
        process = Process(f"{__name__}:{target}", lambda: arguments, told.put_nowait, deaths.append)
        process.start()
        try:
            await test(process)
            starts = range(len(deaths) + 1 if target == "work" else 0)
            said = [await asyncio.wait_for(told.get(), 60) for _ in starts]
            assert told.empty()
            return said
        finally:
            process.end()

    return asyncio.run(run()), deaths


def test_it_answers_with_plain_data_and_with_what_is_wrong():
    async def test(process):
        assert await asyncio.gather(process.ask("greet", "Ann"), process.ask("bytes")) == ["Hello, Ann", b"\0\1"]
        with pytest.raises(WorkshopError) as wrong:
            await process.ask("fail")
        assert wrong.value.problems == (Problem("it can't be read", hint="choose another"),)
        with pytest.raises(WorkshopError, match="internal error: RuntimeError: oh"):
            await process.ask("confused")
        with pytest.raises(KeyError, match="key"):
            await process.ask("none", "key")

    assert tried(test) == (["ready"], [])


def test_a_process_that_dies_is_started_again_and_those_who_wait_are_told():
    async def test(process):
        await process.ask("greet", "Ann")
        with pytest.raises(WorkshopError, match="had to start again"):
            await process.ask("exit")
        assert await process.ask("greet", "Ann") == "Hello, Ann"

    assert tried(test) == (["ready", "ready"], [True])


def test_one_that_dies_before_it_says_anything_is_not_started_again():
    async def test(process):
        for _ in range(2):
            with pytest.raises(WorkshopError, match="has ended"):
                await process.ask("greet", "Ann")

    assert tried(test, "dies_at_once", ()) == ([], [False])


def test_whatever_it_sends_is_never_read_as_a_pickle():
    async def test(process):
        await process.ask("greet", "Ann")
        with pytest.raises(WorkshopError, match="had to start again"):
            await process.ask("raw")

    assert tried(test, arguments=(os.getcwd,))[1] == [True]
