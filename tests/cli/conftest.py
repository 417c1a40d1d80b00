import pytest

from workshop.cli.app import main


@pytest.fixture
def typed(capsys):
    """Run the command line with what somebody types; return exit code, output and errors."""

    def go(*arguments):
        code = 0
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = ended.code or 0
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return go


@pytest.fixture
def run(typed, cache, monkeypatch, tmp_path):
    """Run the command line in an empty folder; return exit code, output and errors."""
    monkeypatch.setenv("WORKSHOP_CACHE", str(cache))
    monkeypatch.chdir(tmp_path)
    return typed
