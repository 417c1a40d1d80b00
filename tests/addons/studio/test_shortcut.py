import shlex
import sys
from configparser import ConfigParser

import pytest

from tests.tiers import few
from workshop.addons.studio import app_command
from workshop.addons.studio.shortcut import desktop, shortcut
from workshop.cli.app import main

HARD = '/home/me/my "kit" & $HOME/50% `x`\\y/workshop'


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return tmp_path


def words_of(text):
    """Return what a desktop of Linux starts for a file, by the specification of the key Exec."""
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read_string(text)
    entry = parser["Desktop Entry"]
    assert (entry["Type"], entry["Name"], entry["Terminal"]) == ("Application", "Workshop", "true")
    value = entry["Exec"].replace("\\\\", "\\")  # each value of such a file
    assert value.count('"') % 2 == HARD.count('"') % 2
    return [word.replace("%%", "%") for word in shlex.split(value.replace("\\`", "`").replace("\\$", "$"))]


def test_on_linux_the_shortcut_starts_the_app_from_whatever_folder():
    assert words_of(shortcut(["/opt/bin/workshop", "app"], "linux")) == ["/opt/bin/workshop", "app"]
    assert words_of(shortcut([HARD, "app"], "linux")) == [HARD, "app"]


def test_on_macos_it_is_a_script_of_the_shell():
    first, line, end = shortcut([HARD, "app"], "darwin").split("\n")
    assert (first, shlex.split(line), end) == ("#!/bin/sh", ["exec", HARD, "app"], "")


def test_on_windows_each_word_is_in_quotes_and_the_window_stays_if_it_fails():
    lines = shortcut(["C:/Users/Zoë/50%/workshop.exe", "app"], "win32").split("\r\n")
    assert lines == [
        "@echo off", "chcp 65001 >nul", '"C:/Users/Zoë/50%%/workshop.exe" "app"', "if errorlevel 1 pause", ""
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="it writes the file of this system")
def test_it_is_written_to_the_desktop_can_be_run_and_keeps_the_folder_that_was_chosen(home, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["/opt/bin/workshop"])
    (home / "Schreibtisch").mkdir()
    (home / ".config").mkdir()
    (home / ".config" / "user-dirs.dirs").write_text('# folders\nXDG_DESKTOP_DIR="$HOME/Schreibtisch"\n')
    main(["app", "--shortcut", "--folder", str(home / "talks")])
    path = home / "Schreibtisch" / "Workshop.desktop"
    assert capsys.readouterr().out == f"{path}: a double click starts the app\n"
    assert path.stat().st_mode & 0o777 == 0o755
    assert words_of(path.read_text()) == ["/opt/bin/workshop", "app", "--folder", str(home / "talks")]


@pytest.mark.skipif(sys.platform != "linux", reason="it writes the file of this system")
def test_without_a_desktop_it_says_what_is_missing(home, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["app", "--shortcut"])
    assert ended.value.code == 3
    assert f"'{home}/Desktop/Workshop.desktop' can't be written" in capsys.readouterr().err


@pytest.mark.parametrize("platform", few(["win32", "darwin", "linux"], "linux"))
def test_a_desktop_is_where_the_system_has_it(home, platform):
    assert desktop(home, platform) == home / "Desktop"
    (home / "OneDrive" / "Desktop").mkdir(parents=True)
    assert desktop(home, "win32") == home / "OneDrive" / "Desktop"


def test_a_checkout_is_started_with_python_and_what_is_installed_by_its_path(monkeypatch, tmp_path):
    for script, starts in (("build_deck.py", [sys.executable, str(tmp_path / "build_deck.py")]), ("workshop", None)):
        monkeypatch.setattr(sys, "argv", [str(tmp_path / script)])
        assert app_command.started() == (starts or [str(tmp_path / script)])
