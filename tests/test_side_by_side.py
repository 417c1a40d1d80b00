import os
import subprocess
import sys
import threading

import pytest

from workshop import side_by_side as module
from workshop.side_by_side import can_copy, in_copy, side_by_side

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies processes")


def process_and_double(number):
    return os.getpid(), 2 * number


def in_fresh_process(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_results_come_in_order_whether_or_not_the_process_can_be_copied(monkeypatch):
    monkeypatch.setattr(module, "can_copy", lambda: False)
    assert side_by_side(process_and_double, [1, 2, 3], 2) == [(os.getpid(), 2), (os.getpid(), 4), (os.getpid(), 6)]


def test_one_item_needs_no_copy():
    assert side_by_side(process_and_double, [7], 2) == [(os.getpid(), 14)]
    assert side_by_side(process_and_double, [], 2) == []


def test_a_process_with_two_threads_is_not_copied():
    wait = threading.Event()
    other = threading.Thread(target=wait.wait)
    other.start()
    try:
        assert not can_copy()
    finally:
        wait.set()
        other.join()


@on_linux
def test_copies_work_with_what_was_read_before_and_with_any_function():
    code = (
        "import os\n"
        "from workshop.side_by_side import side_by_side\n"
        "here, read = os.getpid(), {'a': 1, 'b': 2, 'c': 3}\n"
        "print([(read[name], os.getpid() != here) for name in read] == [(1, False), (2, False), (3, False)])\n"
        "print(side_by_side(lambda name: (read[name], os.getpid() != here), list(read), 2))\n"
    )
    assert in_fresh_process(code) == "True\n[(1, True), (2, True), (3, True)]\n"


@on_linux
def test_if_copies_cannot_work_this_process_does():
    code = (
        "import os\n"
        "from workshop.side_by_side import side_by_side\n"
        "here = os.getpid()\n"
        "print(side_by_side(lambda n: n if os.getpid() == here else os._exit(1), [1, 2], 2))\n"
    )
    assert in_fresh_process(code) == "[1, 2]\n"


@pytest.mark.parametrize(("why", "answer"), [("can_copy", False), ("processors", 1)])
def test_without_a_copy_the_work_is_done_when_its_result_is_asked_for(monkeypatch, why, answer):
    monkeypatch.setattr(module, why, lambda: answer)
    done = []
    with in_copy(lambda: done.append("work") or os.getpid()) as result:
        done.append("beside")
        assert result() == os.getpid()
    assert done == ["beside", "work"]


COPY = """
import os, sys, time
from workshop import side_by_side as module
from workshop.side_by_side import in_copy, side_by_side
module.processors = lambda: 2
here = os.getpid()
"""


@on_linux
def test_a_copy_works_beside_this_process_with_what_was_read_before():
    code = COPY + (
        "read = {'a': 1}\n"
        "with in_copy(lambda: (read['a'], os.getpid() != here)) as result:\n"
        "    read['a'] = 2\n"
        "    print(result(), read['a'])\n"
    )
    assert in_fresh_process(code) == "(1, True) 2\n"


@on_linux
def test_a_copy_makes_no_further_copies():
    code = COPY + (
        "def inner():\n"
        "    with in_copy(os.getpid) as result:\n"
        "        return result() == os.getpid() != here\n"
        "with in_copy(inner) as result:\n"
        "    print(result())\n"
    )
    assert in_fresh_process(code) == "True\n"


@on_linux
def test_an_error_in_a_copy_is_raised_here_and_one_here_waits_for_the_copy():
    code = COPY + (
        "try:\n"
        "    with in_copy(lambda: {}['x']) as result:\n"
        "        result()\n"
        "except KeyError as error:\n"
        "    print('copy', error)\n"
        "try:\n"
        "    with in_copy(lambda: time.sleep(0.1)):\n"
        "        raise ValueError('here')\n"
        "except ValueError as error:\n"
        "    print(error)\n"
    )
    assert in_fresh_process(code) == "copy 'x'\nhere\n"


@on_linux
def test_if_a_copy_ends_early_this_process_does_the_work():
    code = COPY + (
        "with in_copy(lambda: here if os.getpid() == here else os._exit(1)) as result:\n    print(result() == here)\n"
    )
    assert in_fresh_process(code) == "True\n"


@on_linux
def test_a_copy_knows_when_its_item_is_the_last_one():
    code = (
        "import time\n"
        "from workshop.side_by_side import has_company, has_last_item, side_by_side\n"
        "def work(number):\n"
        "    until = time.monotonic() + 600\n"
        "    while number == 2 and not has_last_item() and time.monotonic() < until:\n"
        "        time.sleep(0.01)\n"
        "    return has_company(), has_last_item()\n"
        "print(side_by_side(work, [1, 2, 3], 2)[1], has_company(), has_last_item())\n"
        "print(side_by_side(work, [1], 2)[0])\n"
    )
    assert in_fresh_process(code) == "(False, True) False False\n(False, False)\n"


@on_linux
def test_copies_end_if_the_process_that_made_them_is_killed():
    code = (
        "import os, time\n"
        "from workshop.side_by_side import side_by_side\n"
        "side_by_side(lambda _: (os.write(1, str(os.getpid()).encode() + bytes([10])), time.sleep(600)), [1, 2], 2)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert all(int(parent.stdout.readline()) for _ in range(2))
    parent.kill()
    rest, _ = parent.communicate(timeout=100)  # it ends when nobody can write there any more
    assert rest == ""
