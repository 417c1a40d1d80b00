"""Tests of lists of slides that were kept whole: the build stops, and says which command adopts their deck."""

import pytest

from tests.addons.back.test_adopt import KIT, put
from workshop.cli.app import main


def said(capsys, *words):
    with pytest.raises(SystemExit) as left:
        main([*words])
    return left.value.code, capsys.readouterr().err


def test_an_overlay_with_slides_that_were_kept_whole_stops_the_build_with_the_command(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "bread", KIT)
    put(tmp_path / "client", {"kept.yaml": "rye: {deck: powerpoint-0123456789ab.pptx, page: 4}\n", "powerpoint-0123456789ab.pptx": ""})  # fmt: skip
    code, err = said(capsys, "build", "bread", "--overlay", "client", "--only", "deck")
    assert code == 1
    assert "client/kept.yaml: error: no slide is kept as a whole any more" in err
    assert "workshop adopt client/powerpoint-0123456789ab.pptx --overlay client --two-way" in err


def test_a_talk_with_slides_that_were_kept_whole_is_built_without_them_and_says_the_command(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    put(tmp_path, {"talk.md": "## Rye\n\nDark.\n", "talk.kept.yaml": "rye: {deck: powerpoint-0123456789ab.pptx, page: 1}\n"})  # fmt: skip
    main(["build", "talk.md", "--only", "deck"])
    err = capsys.readouterr().err
    assert "talk.kept.yaml: warning: no slide is kept as a whole any more" in err
    assert "workshop adopt powerpoint-….pptx --two-way" in err
