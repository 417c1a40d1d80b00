"""A real browser for pages: Debian's Chromium through selenium.

Where it is missing, its tests are skipped on a developer's machine, but fail wherever WORKSHOP_NEEDS_BROWSER is set, as in
``.ci/run``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--force-color-profile=srgb"),
)


def missing(what: str, fix: str) -> None:
    """Skip a test that can't run here, or fail it where it must."""
    message = f"{what} is missing: {fix}"
    if os.environ.get("WORKSHOP_NEEDS_BROWSER"):
        pytest.fail(message)
    pytest.skip(message)


@contextmanager
def opened(profile: Path) -> Iterator[Any]:
    """Open one browser, with a fresh profile."""
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not binary or not driver:
        missing("Chromium", "install chromium and chromium-driver")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = binary or ""
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = webdriver.Chrome(options=options, service=Service(driver))
    try:
        yield chrome
    finally:
        chrome.quit()
