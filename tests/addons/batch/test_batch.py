"""Tests whole batches of small talks: what is built, skipped and reported, and that nothing is lost or half-written."""

import csv
import io
import multiprocessing
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from workshop.addons.batch import batch_engine, crew
from workshop.addons.batch import batch_run as batch

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.long
KILLER = """
import os, signal
from workshop.model.exhibits import Findings, Frozen, demo

@demo("killer", title="Killer")
def killer():
    os.kill(os.getpid(), signal.SIGKILL)

def register(registry):
    registry.add("demo", "killer", killer)
"""


def report(folder):
    return {row["folder"]: row for row in csv.DictReader(io.StringIO((folder / "report.csv").read_text()))}


@pytest.fixture
def alone(run, tmp_path, files):
    """Build some teams' talks one by one, without a batch; return their files."""

    def build(count, *options):
        for number in range(1, count + 1):
            given = ("--var", f"client=Team {number}", *options, "--quiet")
            assert run("build", f"talk{number}.md", *given, "--out", f"alone/team{number}")[0] == 0
        return files(tmp_path / "alone")

    return build


def test_each_row_gets_the_bytes_that_build_gives_it(run, table, tmp_path, files, alone):
    rows = table(3, "kit,out,var.client,theme", "talk{n}.md,team{n},Team {n},dark")
    code, out, err = run("batch", rows, "--out", "all", "--workers", "2", "--footer", "Ours")
    assert code == 0
    assert out.splitlines()[0].startswith("3 rows: 3 built, in ")
    assert out.splitlines()[1] == "all/report.csv"
    assert files(tmp_path / "all") == alone(3, "--theme", "dark", "--footer", "Ours")
    assert {row["state"] for row in report(tmp_path / "all").values()} == {"built"}
    lines = err.splitlines()
    assert [line[:13] for line in lines] == ["1 of 3 built ", "2 of 3 built ", "3 of 3 built "]
    assert "kits a second" in lines[0]
    assert lines[0].endswith(" left")
    assert "left" not in lines[2]


def test_only_what_is_new_or_has_changed_is_built_again(run, table, tmp_path):
    rows = table(4)
    run("batch", rows, "--out", "out", "--workers", "2")
    again = "4 rows: 4 unchanged"
    assert run("batch", rows, "--out", "out")[1].startswith(again)
    (tmp_path / "talk1.md").write_text("# Another {{ var.client }}\n\n- point\n")
    (tmp_path / "out" / "team2" / "deck.pptx").unlink()
    rows.write_text(rows.read_text().replace("Team 3", "Client 3"))
    assert run("batch", rows, "--out", "out", "--workers", "1")[1].startswith("4 rows: 3 built, 1 unchanged")
    states = {name: row["state"] for name, row in report(tmp_path / "out").items()}
    assert states == {"team1": "built", "team2": "built", "team3": "built", "team4": "unchanged"}
    assert run("batch", rows, "--out", "out")[1].startswith(again)


def test_a_row_that_fails_stops_no_other_and_says_why(run, table, tmp_path):
    rows = table(3)
    (tmp_path / "talk2.md").write_text("# One\n\n<!-- never closed\n")
    code, out, err = run("batch", rows, "--out", "out", "--workers", "1", "--quiet")
    assert code == 1
    assert "2 built, 1 failed" in out
    assert "talk2.md:3" in err
    row = report(tmp_path / "out")["team2"]
    assert (row["row"], row["state"]) == ("3", "failed")
    assert "comment" in row["message"]
    assert not (tmp_path / "out" / "team2").exists()


@pytest.mark.broad
def test_a_zip_file_per_row_has_the_same_files_and_bytes_each_time(run, table, tmp_path, files, alone):
    rows = table(1)
    assert run("batch", rows, "--out", "out", "--zip", "--workers", "1")[0] == 0
    first = files(tmp_path / "out")
    with ZipFile(tmp_path / "out" / "team1.zip") as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    assert found == {"team1/deck.pptx": alone(1)["team1/deck.pptx"]}
    assert run("batch", rows, "--out", "out", "--zip")[1].startswith("1 row: 1 unchanged")

    (tmp_path / "out" / "team1.zip").write_bytes(b"mine")
    code, _, err = run("batch", rows, "--out", "out", "--zip", "--workers", "1")
    assert (code, (tmp_path / "out" / "team1.zip").read_bytes()) == (1, b"mine")
    assert "team1.zip isn't as the last batch left it" in err
    assert run("batch", rows, "--out", "out", "--zip", "--workers", "1", "--force")[0] == 0
    assert files(tmp_path / "out") == first


def test_a_link_in_the_output_folder_leads_nothing_out_of_it(run, table, tmp_path):
    rows = table(1)
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out" / "team1").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    code, _, err = run("batch", rows, "--out", "out", "--workers", "1")
    assert code == 1
    assert "is a link" in err
    assert not list((tmp_path / "elsewhere").iterdir())


def kill_when_told(monkeypatch, choose):
    """After the first outcome, kill the worker processes that ``choose`` picks."""
    first = []
    told = batch.Batch.told

    def tell(self, outcome, **shown):
        told(self, outcome, **shown)
        if not first:
            first.append(outcome)
            for process in choose(multiprocessing.active_children()):
                os.kill(process.pid, signal.SIGKILL)

    monkeypatch.setattr(batch.Batch, "told", tell)


@pytest.mark.broad
@pytest.mark.skipif(sys.platform == "win32", reason="processes are stopped by signals")
def test_workers_that_are_killed_in_the_middle_lose_nothing(run, table, tmp_path, files, monkeypatch, alone):
    rows = table(4)
    kill_when_told(monkeypatch, list)
    code, out, _ = run("batch", rows, "--out", "killed", "--workers", "2")
    assert code == 0
    assert out.startswith("4 rows: 4 built")
    assert files(tmp_path / "killed") == alone(4)


@pytest.mark.skipif(sys.platform == "win32", reason="processes are stopped by signals")
def test_a_row_that_kills_its_worker_twice_has_failed(run, table, tmp_path):
    rows = table(2)
    kit = tmp_path / "bad"
    kit.mkdir()
    (kit / "kit.yaml").write_text("title: Bad\nlanguage: en-GB\nsections: [01-a]\ndemos: [killer.py]\n")
    (kit / "01-a.md").write_text("---\nstage: a\nnumber: 1\ntitle: A\n---\n\n## A {#a}\n\n- {{ killer.x }}\n")
    (kit / "killer.py").write_text(KILLER)
    rows.write_text(f"{rows.read_text()}bad,bad,\n")
    code, out, _ = run("batch", rows, "--out", "out", "--workers", "1", "--trust", "--only", "deck")
    assert code == 1
    assert "2 built, 1 failed" in out
    assert "its worker was stopped 2 times" in report(tmp_path / "out")["bad"]["message"]


@pytest.fixture
def heard():
    """Let Ctrl-C be heard, also where the tests run in the background and a shell has told them to ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.broad
@pytest.mark.usefixtures("heard")
@pytest.mark.skipif(sys.platform == "win32", reason="processes are stopped by signals")
def test_ctrl_c_leaves_whole_kits_and_the_same_command_goes_on(run, table, tmp_path, files, monkeypatch, alone):
    rows = table(4)
    with monkeypatch.context() as patched:
        kill_when_told(patched, lambda _: (signal.raise_signal(signal.SIGINT), ())[1])
        code, _, err = run("batch", rows, "--out", "out", "--workers", "1")
    assert code == 3
    assert "stopped; the kits that are finished are whole" in err
    found = files(tmp_path / "out")
    built = [name for name, row in report(tmp_path / "out").items() if row["state"] == "built"]
    assert 0 < len(built) < 4
    named = {re.sub(r"\.deck-[0-9a-f]{12}", ".deck-ID", name) for name in found}
    whole = ("deck.pptx", "manifest.json", ".deck-ID.pptx", ".deck-ID.json.gz")  # with the deck as it was built
    assert named == {f"{name}/{file}" for name in built for file in whole}
    assert run("batch", rows, "--out", "out", "--workers", "1")[1].startswith(
        f"4 rows: {4 - len(built)} built, {len(built)} un"
    )
    assert files(tmp_path / "out") == alone(4)


def test_a_second_batch_into_the_same_folder_waits_for_nothing_and_says_so(run, table, tmp_path):
    rows = table(1)
    with batch.only_one(tmp_path / "out"):
        code, _, err = run("batch", rows, "--out", "out")
    assert code == 3
    assert "another batch is writing into" in err


def test_what_a_killed_batch_left_is_deleted(tmp_path):
    beside = tmp_path / "out" / ".workshop-batch"
    (beside / "packing-abc").mkdir(parents=True)
    (beside / "packing-abc" / "deck.pptx").write_text("half")
    (beside / "a.zip.123").write_text("half")
    (beside / "a.json").write_text("{}")
    with batch.only_one(tmp_path / "out"):
        assert [path.name for path in beside.iterdir()] == ["a.json"]


# ---------------------------------------------------------------- clusters
SCHEDULER = ("--host", "127.0.0.1", "--no-dashboard", "--no-show")


@pytest.fixture
def dask(tmp_path):
    """Return a function that starts a command of Dask, as one does by hand."""
    pytest.importorskip("distributed")
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    started = []

    def start(*command):
        made = subprocess.Popen(
            [sys.executable, "-m", "dask", *command], env=environment, cwd=tmp_path, stderr=subprocess.PIPE, text=True
        )
        started.append(made)
        return made

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def cluster(tmp_path, dask):
    """Start a scheduler and two workers; return the address and the workers."""
    scheduler = dask("scheduler", "--port", "0", *SCHEDULER)
    address = next(line.split()[-1] for line in scheduler.stderr if "Scheduler at:" in line)
    return address, [dask("worker", address, *worker(tmp_path)) for _ in range(2)]


def worker(folder):
    return ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder / "dask"))


@pytest.mark.broad
def test_a_cluster_gives_the_same_bytes_even_if_a_worker_is_killed(
    run, table, tmp_path, files, monkeypatch, cluster, alone
):
    address, workers = cluster
    rows = table(5)
    kill_when_told(monkeypatch, lambda _: workers[:1])
    code, out, err = run("batch", rows, "--out", "cluster", "--cluster", address)
    assert (code, out.startswith("5 rows: 5 built")) == (0, True), out + err
    assert workers[0].wait() == -signal.SIGKILL
    assert files(tmp_path / "cluster") == alone(5)
    assert run("batch", rows, "--out", "cluster", "--workers", "1")[1].startswith("5 rows: 5 unchanged")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("tcp://127.0.0.1:1", "no Dask scheduler answers at tcp://127.0.0.1:1 — start one with: dask scheduler"),
        ("127.0.0.1:8786", "isn't the address of a Dask scheduler"),
        ("http://127.0.0.1:8786", "isn't the address of a Dask scheduler"),
    ],
)
def test_an_address_where_nobody_answers_gets_one_message(run, table, tmp_path, address, says, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(crew, "SOON", 0.1)
    monkeypatch.setattr(crew, "PATIENCE", 0.3)
    code, _, err = run("batch", table(1), "--out", "out", "--cluster", address)
    waits = [f"no Dask scheduler answers at {address} yet; waiting for a minute more, Ctrl-C stops"]
    *waited, said, count = err.splitlines()
    assert code == 2
    assert waited == (waits if address.startswith("tcp:") else [])
    assert says in said
    assert count == "1 problem; nothing was written"


def free_port():
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return made.getsockname()[1]


@pytest.mark.broad
def test_a_scheduler_and_a_worker_that_are_only_just_being_started_are_waited_for(
    run, table, tmp_path, files, monkeypatch, alone, dask
):
    address = f"tcp://127.0.0.1:{free_port()}"
    missing = {  # what is said to be missing -> what is then started
        f"no Dask scheduler answers at {address} yet": ("scheduler", "--port", address.rpartition(":")[2], *SCHEDULER),
        "no worker has joined the cluster yet": ("worker", address, *worker(tmp_path)),
    }
    said = []

    def starts(self, line):
        said.append(line.partition(";")[0])
        dask(*missing[said[-1]])

    monkeypatch.setattr(batch.BatchProgress, "say", starts)
    monkeypatch.setattr(crew, "SOON", 0.1)
    code, out, err = run("batch", table(1), "--out", "cluster", "--cluster", address)
    assert said == list(missing)
    assert (code, out.startswith("1 row: 1 built")) == (0, True), out + err
    assert files(tmp_path / "cluster") == alone(1)


def test_a_worker_with_another_program_or_without_the_folder_is_told_apart(tmp_path, monkeypatch):
    seen = tmp_path / "out" / ".workshop-batch" / "cluster"
    assert crew.fault_of_worker(str(seen)) == f"doesn't see the folder {tmp_path / 'out'}"
    seen.parent.mkdir(parents=True)
    seen.write_text(batch_engine.engine())
    assert crew.fault_of_worker(str(seen)) == ""
    seen.write_text("other")
    assert "another version of workshop" in crew.fault_of_worker(str(seen))
