from tests.cli.conftest import run, typed  # noqa: F401 - fixtures
