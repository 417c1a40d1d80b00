"""Decides which contract tests share a worker: those that use one audience's build of the whole kit."""

import pytest

from tests.contract import kits


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if vars(getattr(item, "module", None) or object).get("kits") is not kits:
            continue
        parameters = getattr(getattr(item, "callspec", None), "params", {}).values()
        named = [value for value in parameters if isinstance(value, str) and value in kits.AUDIENCES]
        item.add_marker(pytest.mark.xdist_group(named[0] if len(named) == 1 else "all" if named else "general"))
