import os
import subprocess
import sys
import threading

import pytest

from workshop import side_by_side as module
from workshop.side_by_side import can_copy, side_by_side

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
