import pytest
from click.testing import CliRunner

from workshop.cli.app import commands
from workshop.cli.command_line import typed_again


@pytest.fixture
def again(monkeypatch):
    """Return the text that a build would print as its own options."""
    import click

    found = []
    build = commands.commands["build"]
    monkeypatch.setattr(build, "callback", lambda **_: found.append(typed_again(click.get_current_context())))

    def typed(*arguments):
        result = CliRunner().invoke(commands, arguments)
        assert result.exit_code == 0, result.output
        return found[-1]

    return typed


def test_the_options_of_a_build_are_repeated_as_they_were_typed(again):
    typed = again("--audience", "executives", "--minutes", "45", "--people", "30", "--var", "client=ACME Ltd")
    assert sorted(typed.split(" --")) == sorted(
        ["--audience executives", "minutes 45", "people 30", "var 'client=ACME Ltd'"]
    )


def test_options_that_were_not_given_are_not_repeated(again):
    assert again("--quiet") == ""


def test_which_files_and_how_to_report_are_left_to_the_next_build(again):
    typed = again("--only", "deck", "--all", "--force", "--no-cache", "--out", "my kit", "--seed", "3")
    assert typed == "--seed 3"


def test_a_kit_of_its_own_comes_first_with_its_command(again, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    assert again("build", "mine", "--trust", "--set", "a.b=1", "--set", "a.c=2") == (
        "build mine --set a.b=1 --set a.c=2 --trust"
    )


def test_absolute_paths_are_shortened(again, tmp_path, monkeypatch):
    here, elsewhere = tmp_path / "here", tmp_path / "elsewhere"
    for folder in (here / "kits" / "mine", elsewhere / "client"):
        folder.mkdir(parents=True)
    monkeypatch.chdir(here)
    notes = elsewhere / "notes.txt"
    typed = again("build", f"{here}/kits/mine", "--overlay", str(elsewhere / "client"), "--data", f"a.text={notes}")
    assert typed == "build kits/mine --data a.text=notes.txt --overlay client"


def test_the_option_for_everything_is_all(again):
    assert again("--minutes", "all") == "--minutes all"
