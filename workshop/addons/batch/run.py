"""Building the rows of a batch: a few under way at a time, each outcome told as soon as it is known."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait

from workshop.addons.batch.crew import Crew
from workshop.addons.batch.rows import Outcome, State, Task
from workshop.errors import ExitCode, Problem, WorkshopError

TRIES = 2  # a row that stops its worker as often as this has failed


def build_rows(
    tasks: Iterable[Task], crew: Crew, told: Callable[[Outcome], None], say: Callable[[str], None] = lambda _: None
) -> None:
    """Build rows until none is left. Rows under way are never more than the crew has room for.

    Args:
        tasks: asked for one by one, when there is room.
        crew: builds them.
        told: gets each outcome.
        say: prints a line.

    Raises:
        WorkshopError: exit code 3 if the crew is lost, such as a cluster that is shut down.
        KeyboardInterrupt: after Ctrl-C, when the rows that were begun are finished.
    """
    source, again = iter(tasks), deque[Task]()
    tries: Counter[str] = Counter()
    under_way: dict[Future[Outcome], Task] = {}
    try:
        while True:
            while len(under_way) < crew.room and (task := again.popleft() if again else next(source, None)) is not None:
                under_way[crew.start(task)] = task
            if not under_way:
                return
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                task = under_way.pop(future)
                if future.cancelled():
                    raise WorkshopError(_LOST, ExitCode.MACHINE)
                crew.end(future)
                tries[task.name] += 1
                if isinstance(future.exception(), BrokenExecutor) and tries[task.name] < TRIES:
                    again.append(task)
                else:
                    told(_outcome(future, task))
    except KeyboardInterrupt:
        if left := crew.finishing(under_way):
            say(
                f"stopping: {len(left)} kit{'s' * (len(left) != 1)} under way will be finished; Ctrl-C again stops at once"
            )
        for future in wait(left).done:
            if not future.exception():
                told(future.result())
        raise


def _outcome(done: Future[Outcome], task: Task) -> Outcome:
    """Return what a worker brought, or why it brought nothing."""
    error = done.exception()
    if error is None:
        return done.result()
    if isinstance(error, BrokenExecutor):
        why = f"its worker was stopped {TRIES} times while it built this row, perhaps for want of memory"
    elif type(error).__name__ == "KilledWorker":  # Dask's, which isn't imported here
        why = "the cluster's workers were stopped again and again while they built this row, perhaps for want of memory"
    else:
        why = f"{type(error).__name__}: {error}"
    return Outcome(at=task.at, name=task.name, state=State.FAILED, message=why)


_LOST = Problem("the cluster is gone", hint="the same command goes on where this one stopped", code="batch")
