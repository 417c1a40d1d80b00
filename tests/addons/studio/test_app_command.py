import sys

import pytest

from workshop.addons.studio import app_command
from workshop.addons.studio.job import program
from workshop.cli.app import main


@pytest.mark.parametrize("script", ["/usr/bin/workshop", "C:/Scripts/workshop.exe", "-c"])
def test_what_is_installed_is_called_by_its_name(monkeypatch, script):
    monkeypatch.setattr(sys, "argv", [script])
    assert app_command.typed_program() == "workshop"
    assert program()[1] == "-c"


def test_a_checkout_is_called_by_its_whole_path_since_the_command_is_typed_in_another_folder(monkeypatch, tmp_path):
    script = tmp_path / "my kit" / "build_deck.py"
    monkeypatch.setattr(sys, "argv", [str(script)])
    assert app_command.typed_program() == f"python3 '{script}'"
    assert program() == [sys.executable, str(script)]


def test_a_kit_that_does_not_exist_is_refused(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["app", "nowhere"])
    assert ended.value.code == 2
    assert "nowhere" in capsys.readouterr().err
