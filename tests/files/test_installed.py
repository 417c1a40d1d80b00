import sys
from importlib.metadata import PackageNotFoundError, version

import pytest

from workshop.files.installed import version_of


@pytest.mark.parametrize("package", ["matplotlib", "numpy", "typst"])
def test_a_version_is_what_the_standard_library_says(package, monkeypatch):
    expected = version(package)
    version_of.cache_clear()
    assert version_of(package) == expected
    version_of.cache_clear()
    monkeypatch.setattr(sys, "path", [""])
    with pytest.raises(PackageNotFoundError):
        version_of(package)
    version_of.cache_clear()
