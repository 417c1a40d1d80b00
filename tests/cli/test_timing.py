"""Tests the table of where the time of a build goes."""

import re
import subprocess
import sys
import threading
import time

from workshop.cli.time_spent import Timing

ROW = re.compile(r"(?P<step>.+?)  +(?P<wall>[\d.]+) s +(?P<cpu>[\d.]+) s")


def rows(table):
    found = (ROW.match(line) for line in table.splitlines()[1:])
    return {row["step"]: (float(row["wall"]), float(row["cpu"])) for row in found if row}


def work(seconds):
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_each_step_has_its_own_time_and_one_that_sleeps_takes_no_processor():
    timing = Timing(lambda _: None)
    timing("work")
    work(0.06)
    timing("sleep")
    time.sleep(0.06)
    found = rows(timing.table())
    assert found["work"][1] >= 0.06
    assert found["sleep"][0] >= 0.06
    assert found["sleep"][1] <= 0.02
    assert sum(cpu for step, (_, cpu) in found.items() if step != "all") <= found["all"][1] + 0.03


def test_a_step_beside_it_gets_its_own_time():
    timing = Timing(lambda _: None)

    def press():
        timing("paper")
        work(0.05)
        timing("")

    timing("deck")
    thread = threading.Thread(target=press)
    thread.start()
    thread.join()
    found = rows(timing.table())
    assert found["paper"][1] >= 0.05
    assert found["deck"][1] <= 0.03


def test_the_time_of_another_process_belongs_to_the_step_that_waited_for_it():
    timing = Timing(lambda _: None)
    timing("demos")
    code = "import time\nwhile time.process_time() < 0.1: pass"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)
    thread = threading.Thread(target=timing, args=("paper",))
    thread.start()
    thread.join()
    timing("deck")
    found = rows(timing.table())
    assert found["demos"][1] >= 0.09
    assert found["deck"][1] <= 0.03


def test_two_steps_that_wait_for_processes_at_the_same_time_share_theirs():
    timing = Timing(lambda _: None)
    both = threading.Barrier(2)
    code = "import time\nwhile time.process_time() < 0.1: pass"

    def press(name):
        timing(name)
        both.wait()
        subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)
        both.wait()
        timing("")

    threads = [threading.Thread(target=press, args=(name,)) for name in ("sheets", "key")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = rows(timing.table())
    assert found["sheets"][1] + found["key"][1] >= 0.19
    assert sum(cpu for step, (_, cpu) in found.items() if step != "all") <= found["all"][1] + 0.04


def test_steps_are_passed_on():
    told = []
    timing = Timing(told.append)
    timing("read")
    timing("")
    assert told == ["read", ""]


def test_a_build_prints_the_table_even_if_nothing_has_changed(run, tmp_path):
    (tmp_path / "talk.md").write_text("## One thing matters today\n\n- point\n")
    for _ in range(2):
        code, out, _ = run("build", "talk.md", "--timing")
        assert code == 0
        assert list(rows(out[out.index("step ") :])) == [
            *("start, imports", "read", "run demos", "plan", "lay out", "deck.pptx", "write", "all")
        ]


def test_the_main_thread_gets_the_time_of_a_process_that_it_waited_for_beside_others():
    timing = Timing(lambda _: None)
    begun, ended = threading.Event(), threading.Event()

    def press():
        timing("paper")
        begun.set()
        ended.wait()
        timing("")

    thread = threading.Thread(target=press)
    thread.start()
    begun.wait()
    timing("deck")
    code = "import time\nwhile time.process_time() < 0.2: pass"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)
    timing("")
    ended.set()
    thread.join()
    found = rows(timing.table())
    assert found["deck"][1] >= 0.08
    assert abs(found["deck"][1] - found["paper"][1]) <= 0.06
