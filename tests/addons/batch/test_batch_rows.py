"""Tests how the rows of a table become requests, and what is refused before anything is built."""

from functools import partial
from pathlib import Path

import pytest

from workshop.addons.batch.batch_rows import (
    COLUMNS,
    FOR_ALL,
    Reader,
    check_columns,
    column_name,
    folder_names,
    row_command,
    usual_words,
)
from workshop.addons.batch.row_table import read_rows
from workshop.addons.batch.rows import Task
from workshop.cli.options import BUILD
from workshop.errors import Problems
from workshop.plugins.addons import addons
from workshop.plugins.registry import standard_registry


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clients").mkdir()
    for name in ("talk.md", "text.txt", "corp.pptx", "look.yaml", "names.csv", "logo.png"):
        (tmp_path / "clients" / name).write_text("name\nAnn Lee\nBo Ek\n")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "clients" / "out.txt").symlink_to(tmp_path / "secret.txt")
    return tmp_path


@pytest.fixture
def read(desk):
    """Write a table and return the tasks of its rows; ``usual`` is what was typed for all of them."""

    def go(text, *usual, name="rows.csv", kit=None):
        path = Path("clients", name)
        path.write_text(text)
        rows = read_rows(path)
        check_columns(rows)
        with row_command.make_context("build", list(usual)) as context:
            words = usual_words(context)
        like = partial(Task, out=desk / "out", here=desk, zipped=False, engine="e")
        made = Reader(usual=words, kit=kit, folder=Path("clients"), registry=standard_registry(), like=like)
        return [made.task(row, name) for row, name in zip(rows, folder_names(rows), strict=True)]

    return go


def test_every_option_of_build_is_a_column_or_is_for_all_rows_or_for_one_build():
    of_one_build = {"dry-run", "json", "explain", "out", "quiet", "verbose", "timing"}
    columns, for_all = {column_name(option) for option in COLUMNS}, {column_name(option) for option in FOR_ALL}
    assert columns | for_all | of_one_build == {column_name(option) for option in BUILD}
    assert for_all == {"trust", "trust-folder", "force", "no-cache"}


def test_cells_become_the_values_of_options(read):
    (task,) = read(
        "audience,minutes,people,pdf,no-cutting,grey,explore_url,Font File,only,var.client,set.trigram.rounds\n"
        "students,1h30,12,yes,x,no,https://a.example,,deck,ACME,2\n"
    )
    request = task.request
    assert (request.audience, request.minutes, request.people, request.only) == ("students", 90, 12, ("deck",))
    assert (request.pdf, request.cutting, request.grey) == (True, False, False)
    assert request.explore_url == "https://a.example"
    assert request.variables == {"client": "ACME"}
    assert request.sets == {("trigram", "rounds"): "2"}
    assert request.again.startswith("--audience students --set trigram.rounds=2")


def test_files_are_looked_for_in_the_folder_of_the_table(read, desk):
    (task,) = read(
        "kit,template,theme,names,data.text,data\ntalk.md,corp.pptx,look.yaml,names.csv,text.txt,trigram.held_out=text.txt\n"
    )
    assert task.kit == "clients/talk.md"
    assert task.request.template == Path("clients/corp.pptx")
    assert task.request.theme == "clients/look.yaml"
    assert task.request.names == ("Ann Lee", "Bo Ek")
    there = Path("clients/text.txt")
    assert task.request.data == {("", "text"): there, ("trigram", "held_out"): there}
    assert (task.here, task.target) == (desk, desk / "out" / "001")


def test_what_is_typed_is_for_the_rows_that_do_not_have_it_themselves(read):
    first, second = read(
        "kit,minutes,grey,var.a\n,30,no,mine\ntalk.md,,,\n",
        *("--minutes", "60", "--grey", "--var", "a=all", "--var", "b=all", "--seed", "3"),
        kit="secret.txt",
    )
    assert (first.request.minutes, first.request.grey, first.request.seed) == (30, False, 3)
    assert (second.request.minutes, second.request.grey, second.request.seed) == (60, True, 3)
    assert first.request.variables == {"a": "mine", "b": "all"}
    assert second.request.variables == {"a": "all", "b": "all"}
    assert (first.kit, second.kit) == ("secret.txt", "clients/talk.md")


def test_without_a_kit_the_built_in_one_is_meant_and_a_registered_name_is_one_too(read):
    first, second = read("kit,seed\n,1\nai-models,2\n")
    assert (first.kit, second.kit) == ("ai-models", "ai-models")
    (third,) = read("kit,minutes\ntalk.md,45\n")
    assert third.request.again == "build clients/talk.md --minutes 45"


def test_folders_are_named_by_the_row_or_by_its_number(read):
    assert [task.name for task in read("out,seed\nacme,1\n,2\nUlm,3\n")] == ["acme", "002", "Ulm"]


def test_json_lines_say_the_same(read):
    text = '{"seed": 4, "data": {"text": "text.txt"}, "var": {"client": "A=B"}, "overlay": [], "grey": true}\n'
    (task,) = read(text, name="rows.jsonl")
    assert (task.request.seed, task.request.grey, task.request.variables) == (4, True, {"client": "A=B"})
    assert task.request.data == {("", "text"): Path("clients/text.txt")}


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        (column, cell)
        for column in ("kit", "template", "logo", "votes", "names", "overlay", "actual", "data.text")
        for cell in ("../secret.txt", "out.txt", "/etc/passwd", "a\0b", "x" * 5000)
    ]
    + [
        ("theme", "../look.yaml"),
        ("data", "text=../secret.txt"),
        ("font-file", "A=../secret.txt"),
        ("theme", "/x.yml"),
    ],
)
def test_no_row_reads_outside_of_its_folder(read, column, cell):
    with pytest.raises(Problems, match=r"is outside of the folder of the table|there is no file"):
        read(f'{column},seed\n"{cell}",1\n')


def test_everything_that_is_wrong_with_a_row_is_said_at_once(read):
    with pytest.raises(Problems) as caught:
        read("minutes,seed,template,out,theme,pdf,grey\nabc,-1,none.pptx,../x,drak,perhaps,yes\n")
    found = {problem.message.partition(":")[0] for problem in caught.value.problems}
    assert found == {"minutes", "seed", "template", "out", "theme", "pdf"}
    with pytest.raises(Problems) as caught:
        read("minutes,seed,theme,only\nabc,-1,drak,dekc\n")
    told = [str(problem) for problem in caught.value.problems]
    assert len(told) == 4
    assert all(text.startswith("clients/rows.csv:2: error: ") for text in told)
    assert any("theme: 'drak'; did you mean 'dark'?" in text for text in told)


def test_columns_that_no_option_has_stop_everything_with_a_hint(read):
    with pytest.raises(Problems) as caught:
        read("audeince,out.x,trust,seed,force\na,b,yes,1,yes\n")
    assert [(problem.message, problem.hint) for problem in caught.value.problems] == [
        ("no option of build is named 'audeince'", "did you mean 'audience'?"),
        ("no option of build is named 'out.x'", "did you mean 'out' or 'counts'?"),
        ("the column 'force' isn't allowed: a table can't decide that", "give --force on the command line"),
        ("the column 'trust' isn't allowed: a table can't decide that", "give --trust on the command line"),
    ]


def test_an_audience_that_the_kit_doesnt_have_is_found_before_any_row_is_built(read):
    with pytest.raises(Problems) as caught:
        read("minutes,audience\n45,students\n90,studnets\n")
    assert [str(problem) for problem in caught.value.problems] == [
        "clients/rows.csv:3: error: audience: there is no audience 'studnets' — did you mean 'students'?"
    ]


@pytest.mark.parametrize("cell", ["--trust", "-x", "x --trust", "--out=/etc", "$(id)", "`id`", "a\nb"])
def test_a_cell_is_never_another_option(read, cell):
    (task,) = read(f'footer,seed\n"{cell}",1\n')
    assert task.request.footer == cell
    assert not task.request.trust


@pytest.mark.skipif("personal" not in addons(), reason="these options are those of an add-on that isn't here")
def test_options_that_need_each_other_are_told_for_the_row(read):
    with pytest.raises(Problems, match="'names' needs a file of names"):
        read("personal,seed\nnames,1\n")


def test_the_command_refuses_what_cannot_be_meant(run, tmp_path):
    (tmp_path / "rows.csv").write_text("seed\n1\n")
    assert run("batch")[0] == 2
    assert "No such file" in run("batch", "none.csv")[2]
    code, _, err = run("batch", "rows.csv", "--workers", "2", "--cluster", "tcp://x:1")
    assert (code, "--workers is for this machine" in err) == (2, True)
    assert run("batch", "rows.csv", "--minutes", "abc")[0] == 2
    assert not (tmp_path / "dist").exists()


def test_the_documented_table_is_read(desk, read, write_examples):
    (written,) = write_examples("batch.md", desk)
    for name in ("acme.pptx", "acme.txt", "team-07.csv"):
        (desk / "clients" / name).write_text("name\nAnn Lee\n")
    tasks = read(written.read_text())
    assert [(task.name, task.kit) for task in tasks] == [
        ("acme", "ai-models"),
        ("ulm", "clients/talk.md"),
        ("team-07", "ai-models"),
    ]
    assert tasks[0].request.data == {("", "text"): Path("clients/acme.txt")}
    assert (tasks[0].request.minutes, tasks[2].request.names) == (45, ("Ann Lee",))
