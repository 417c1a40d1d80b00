"""Tests the door for files: regular ones of limited size, and nothing outside a kit."""

import os
import socket
from pathlib import Path

import pytest

from workshop.inputs.door import find_inside, nearest, read_bytes
from workshop.inputs.inside import RefusedError, TooLargeError


def test_a_regular_file_is_read_up_to_its_limit(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"12345")
    assert read_bytes(path, 5) == b"12345"
    with pytest.raises(TooLargeError, match=r"0\.1 MB"):
        read_bytes(path, 4)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes in folders")
def test_a_pipe_that_nobody_writes_to_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(RefusedError) as caught:
        read_bytes(tmp_path / "pipe", 100)
    assert caught.value.strerror == "it is a pipe"


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="Windows has no sockets in folders")
def test_anything_that_is_not_a_file_is_named_for_what_it_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        for name, what in (("socket", "a socket"), (".", "a folder"), ("/dev/zero", "a device"), ("a\0b", "no file")):
            with pytest.raises(RefusedError) as caught:
                read_bytes(tmp_path / name, 100)
            assert what in caught.value.strerror


def test_a_file_that_grows_while_it_is_read_is_not_read_beyond_its_limit():
    endless = "/proc/kallsyms"  # it claims to be empty, and has megabytes
    if not Path(endless).exists():
        pytest.skip("there is no such file here")
    with pytest.raises(TooLargeError):
        read_bytes(endless, 1000)


def test_a_name_leads_to_a_file_inside_and_to_nothing_else(tmp_path):
    kit, secret = tmp_path / "kit", tmp_path / "secret.txt"
    (kit / "sub").mkdir(parents=True)
    secret.write_text("secret")
    (kit / "a.txt").write_text("a")
    (kit / "link.txt").symlink_to(secret)
    (kit / "round.txt").symlink_to("round.txt")
    (kit / "good.txt").symlink_to("a.txt")
    for name in ("a.txt", "sub/../a.txt", "good.txt", "./sub"):
        assert find_inside(name, (kit,), kit) == kit / os.path.normpath(name)
    for name in ("../secret.txt", str(secret), "link.txt", "sub/../../secret.txt", "/dev/null", "../no.txt"):
        found = find_inside(name, (kit,), kit)
        assert isinstance(found, tuple), name
        assert "outside of the kit" in found[0] or "isn't a regular file" in found[0], name
    for name in ("round.txt", "b.txt", "a\0", "x" * 5000):
        assert isinstance(find_inside(name, (kit,), kit), tuple)


def test_a_name_that_leaves_the_working_folder_is_outside_whether_it_exists_or_not(tmp_path, monkeypatch):
    (tmp_path / "kit").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    monkeypatch.chdir(tmp_path / "kit")
    for name in ("../secret.txt", "../nothing.txt", "../kit2/a"):
        assert find_inside(name, (Path(),), Path())[0].endswith("is outside of the kit")
    assert "secret" not in str(find_inside("../secrets.txt", (Path(),), Path())[1])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes in folders")
def test_a_pipe_inside_is_not_a_file_of_the_kit(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    assert find_inside("pipe.md", (tmp_path,), tmp_path)[0] == "'pipe.md' isn't a regular file"


def test_a_missing_file_names_what_is_like_it_or_where_to_put_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("README.md", "talk.md", "logo.png"):
        (tmp_path / name).touch()
    assert nearest(Path("tlak.md")) == "did you mean 'talk.md'?"
    assert nearest(Path("logo.pgn")) == "did you mean 'logo.png'?"
    assert nearest(Path("corp.pptx")) == "put it into this folder, or write where it is"
    there = "the folder pictures is missing, too: make it and put a.png there, or write where the file is"
    assert nearest(Path("pictures/a.png")) == there
