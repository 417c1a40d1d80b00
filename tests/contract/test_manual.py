"""Types each command of the manual, and compares what it makes and says with what its page says."""

import pytest

from docs import run_manual
from workshop.cli.app import main

QUICK = ("glossary", "adding", "decisions", "coming-from", "safety", "languages", "exhibits", "plugins")


@pytest.fixture
def run(cache, monkeypatch, tmp_path, capsys):
    """Type words after ``workshop`` in a folder, with the command line in this process; return its code and what it said."""
    monkeypatch.setenv("WORKSHOP_CACHE", str(cache))
    monkeypatch.setenv("WORKSHOP_CONFIG", str(tmp_path / "settings"))

    def go(words, folder):
        monkeypatch.chdir(folder)
        try:
            code = main(list(words)) or 0
        except SystemExit as ended:
            code = ended.code or 0
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return go


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, marks=() if page.stem in QUICK else pytest.mark.broad, id=page.stem)
        for page in run_manual.pages()
    ],
)
def test_the_commands_of_a_page_do_what_it_says(page, tmp_path, run):
    folder = tmp_path / "reader"
    folder.mkdir()
    assert list(run_manual.faults(page, folder, run)) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("# A\n\n```sh\nworkshop build\n```\n", "page.md:4: `workshop build` ended with 2: no kit"),
        ("# A\n\n```sh\nworkshop list\n```\n\n```text\ntwo\n```\n", "page.md:4: doesn't say “two”, but: one"),
        (
            "# A\n\n```sh\nworkshop list\n```\n\nIt writes `dist/talk/deck.pptx`.\n",
            "page.md:7: no command of this page makes dist/talk/deck.pptx",
        ),
        ("# A\n\n```sh\nmake gold\n```\n", "page.md:4: `make gold` ended with 2: Makefile has no gold"),
    ],
)
def test_a_page_that_says_what_is_not_so_is_named_with_its_line(tmp_path, monkeypatch, text, fault):
    page = tmp_path / "page.md"
    page.write_text(text, "utf-8")
    (tmp_path / "reader").mkdir()
    monkeypatch.setattr(run_manual, "ROOT", tmp_path)
    (tmp_path / "Makefile").write_text("kit:\n", "utf-8")

    def run(words, _):
        return (0, "one\n") if words == ["list"] else (2, "no kit")

    assert list(run_manual.faults(page, tmp_path / "reader", run)) == [fault]
