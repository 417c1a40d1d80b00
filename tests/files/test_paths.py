"""Tests where stored results and decisions go: private folders, never the working folder, and nowhere for a user without a home."""

import os
from pathlib import Path

import pytest

from workshop.errors import WorkshopError
from workshop.files.paths import default_cache, default_config, private_folder, trusted_file

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has places of its own")
FOLDERS = (("WORKSHOP_CACHE", "XDG_CACHE_HOME", default_cache), ("WORKSHOP_CONFIG", "XDG_CONFIG_HOME", default_config))


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("WORKSHOP_CACHE", "WORKSHOP_CONFIG", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("value", ["", ".", "kit", "../kit", "./"])
@pytest.mark.parametrize(("own", "system", "folder"), FOLDERS)
def test_a_relative_folder_of_the_system_is_ignored(home, monkeypatch, value, own, system, folder):
    monkeypatch.setenv(system, value)
    assert folder() == home / (".cache" if "CACHE" in own else ".config") / "workshop"


@pytest.mark.parametrize(("own", "system", "folder"), FOLDERS)
def test_an_absolute_folder_counts_ours_first(home, monkeypatch, own, system, folder):
    monkeypatch.setenv(system, str(home / "x"))
    assert folder() == home / "x" / "workshop"
    monkeypatch.setenv(own, str(home / "y"))
    assert folder() == home / "y"
    monkeypatch.setenv(own, "y")
    with pytest.raises(WorkshopError, match=f"{own} is 'y', which isn't an absolute path"):
        folder()


@pytest.mark.parametrize("home_is", [".", "somewhere"])
def test_a_relative_home_keeps_nothing(monkeypatch, home_is):
    monkeypatch.setenv("HOME", home_is)
    assert (default_cache(), default_config(), trusted_file()) == (None, None, None)


def test_a_user_without_a_home_keeps_nothing(monkeypatch):
    def no_home():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", no_home)
    assert (default_cache(), default_config(), trusted_file()) == (None, None, None)


def test_folders_are_made_only_for_their_owner(home):
    cache = default_cache()
    private_folder(cache)
    assert cache.stat().st_mode & 0o777 == 0o700
    cache.chmod(0o755)  # as older versions left it
    private_folder(cache)
    assert cache.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_a_user_shares_stays_as_it_is(home):
    shared = home / "shared"
    shared.mkdir(mode=0o755)
    private_folder(shared)
    assert shared.stat().st_mode & 0o777 == 0o755
