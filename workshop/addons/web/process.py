"""A process beside the server that does the work, and both ends of the pipe to it.

Through the pipe goes plain data, never a pickle: what a stranger's file could do to that process can't reach this one.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from threading import Event, Lock, Thread
from typing import Any

import msgspec

from workshop import child
from workshop.errors import ExitCode, Problem, Problems, WorkshopError
from workshop.plugins.addons import load

AT_ONCE = 4  # questions that are answered at the same time
PATIENCE = 1.0  # seconds in which a process may end by itself
AGAIN = Problem("the process that draws the slides had to start again", hint="ask again in a moment")
GONE = Problem("the process that draws the slides has ended", hint="end the program, and start it again")
Message = tuple[int, str, Any]  # number of the question, or 0; what it is; the rest
DONE, WRONG, MISSING, TOLD, END = "done", "wrong", "missing", "told", "end"


def _sent(pipe: Connection, message: Message) -> None:
    with suppress(OSError):  # the other end is gone, which the listener hears
        pipe.send_bytes(msgspec.msgpack.encode(message))


class Process:
    """A process that answers questions. If it dies after it has said anything, it is started again.

    Args:
        target: the function that it runs, as "package.module:name"; it gets its end of the pipe, and the arguments. The
            server doesn't import it.
        arguments: returns them, at each start.
        told: gets what it says without being asked.
        died: hears that it died, and whether it is started again.
    """

    def __init__(
        self,
        target: str,
        arguments: Callable[[], tuple[Any, ...]],
        told: Callable[[Any], None],
        died: Callable[[bool], None],
    ) -> None:
        self._target, self._arguments, self._told, self._died = target, arguments, told, died
        self._waiting: dict[int, asyncio.Future[Message]] = {}
        self._number = 0
        self._pipe: Connection | None = None

    def start(self) -> None:
        """Start it; an event loop has to run."""
        self._process, self._pipe = child.beside(_run, self._target, *self._arguments())
        self._spoke = False
        loop = asyncio.get_running_loop()
        Thread(target=self._listen, args=(loop, self._pipe), daemon=True).start()

    def _listen(self, loop: asyncio.AbstractEventLoop, pipe: Connection) -> None:
        with pipe, suppress(RuntimeError):  # the loop has ended
            with suppress(EOFError, OSError, msgspec.MsgspecError):
                while True:
                    message = msgspec.msgpack.decode(pipe.recv_bytes(), type=Message)
                    loop.call_soon_threadsafe(self._heard, message)
            loop.call_soon_threadsafe(self._gone, pipe)

    def _heard(self, message: Message) -> None:
        self._spoke = True
        number, kind, value = message
        if kind == TOLD:
            self._told(value)
        elif (waiting := self._waiting.pop(number, None)) is not None and not waiting.done():
            waiting.set_result(message)

    def _gone(self, pipe: Connection) -> None:
        if pipe is not self._pipe:  # it was ended on purpose
            return
        self._end()
        again = self._spoke
        if again:
            self.start()
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(WorkshopError(AGAIN if again else GONE, ExitCode.MACHINE))
        self._waiting.clear()
        self._died(again)

    async def ask(self, name: str, *arguments: Any) -> Any:
        """Return its answer to one question.

        Raises:
            WorkshopError: with what it found wrong; or if it died meanwhile.
            KeyError: if it has nothing of that name.
        """
        if self._pipe is None:
            raise WorkshopError(GONE, ExitCode.MACHINE)
        self._number += 1
        waiting = self._waiting[self._number] = asyncio.get_running_loop().create_future()
        _sent(self._pipe, (self._number, name, arguments))
        _, kind, value = await waiting
        if kind == MISSING:
            raise KeyError(value)
        if kind == WRONG:
            raise Problems(msgspec.convert(value, tuple[Problem, ...]))
        return value

    def kill(self) -> None:
        """End it as the system would if there were no memory left."""
        self._process.kill()

    def end(self) -> None:
        """End it, by force if it doesn't end by itself."""
        if self._pipe is not None:
            _sent(self._pipe, (0, END, None))
            self._end()

    def _end(self) -> None:
        self._pipe = None
        self._process.join(PATIENCE)
        self._process.terminate()
        self._process.join(PATIENCE)
        self._process.kill()
        self._process.join()


def _run(pipe: Connection, target: str, *arguments: Any) -> None:
    load(target)(pipe, *arguments)


class Answers:
    """The other end: answers questions, several at the same time, until the server ends.

    Args:
        pipe: what the process was given.
        answers: question -> function of its arguments. What it returns must be plain data.

    Attributes:
        ended: set when the server has ended; then this process ends, too, at the latest after a while.
    """

    def __init__(self, pipe: Connection, answers: Mapping[str, Callable[..., Any]]) -> None:
        self.ended = Event()
        self._pipe, self._answers, self._turn = pipe, answers, Lock()
        Thread(target=self._listen, daemon=True).start()

    def tell(self, value: Any) -> None:
        """Say something without being asked."""
        self._say((0, TOLD, value))

    def _listen(self) -> None:
        at_once = ThreadPoolExecutor(AT_ONCE)
        with suppress(EOFError, OSError):
            while (message := msgspec.msgpack.decode(self._pipe.recv_bytes(), type=Message))[1] != END:
                at_once.submit(self._answer, *message)
        self.ended.set()
        Event().wait(PATIENCE)
        os._exit(0)  # whatever it is still doing, nobody waits for it

    def _answer(self, number: int, name: str, arguments: Any) -> None:
        try:
            self._say((number, DONE, self._answers[name](*arguments)))
        except KeyError as error:
            self._say((number, MISSING, str(error.args[0])))
        except WorkshopError as error:
            self._say((number, WRONG, msgspec.to_builtins(error.problems)))
        except Exception as error:  # noqa: BLE001 - a mistake of ours or of a plugin; the process goes on
            told = Problem(f"internal error: {type(error).__name__}: {error}")
            self._say((number, WRONG, msgspec.to_builtins((told,))))

    def _say(self, message: Message) -> None:
        with self._turn:
            _sent(self._pipe, message)
