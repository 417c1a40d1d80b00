"""A real browser for the companion page: Debian's Chromium through selenium, and axe-core.

Where they are missing, these tests are skipped on a developer's machine, but fail wherever WORKSHOP_NEEDS_BROWSER is set, as in
``.ci/run``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
AXE = Path(os.environ.get("WORKSHOP_AXE") or ROOT / ".venv/axe/node_modules/axe-core/axe.min.js")
BLANK = ROOT / "tests/blank.html"
PATIENCE = 120  # seconds: nobody waits longer for a page, also on a busy machine
FLAGS = (
    *(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
    ),
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
    chrome.set_script_timeout(PATIENCE)
    try:
        yield chrome
    finally:
        chrome.quit()


def sized(browser: Any, width: int, height: int = 900) -> None:
    """Give the page a size in CSS pixels."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def show(browser: Any, page: Path, link: str = "") -> None:
    """Open a page anew, in the state that a link names, with nothing that the tab remembers of an earlier one."""
    browser.get(BLANK.as_uri())  # of the same origin as any file; what the page before keeps late is gone, too
    browser.execute_script("sessionStorage.clear()")
    browser.get(page.as_uri() + link)


def until(browser: Any, condition: str, server: subprocess.Popen[str] | None = None) -> None:
    """Wait until an expression is true on the page, and no longer than its server runs."""
    from selenium.webdriver.support.ui import WebDriverWait

    def is_so(_: Any) -> bool:
        assert server is None or server.poll() is None, f"the server has ended before this was true: {condition}"
        return bool(browser.execute_script(f"return Boolean({condition})"))

    WebDriverWait(browser, PATIENCE, 0.05).until(is_so, f"never: {condition}")


def violations(browser: Any, *rules: str) -> list[str]:
    """Return what axe-core finds in the page as it is, by all of its rules or only by some."""
    if not AXE.is_file():
        missing("axe-core", "npm install --prefix .venv/axe axe-core")
    browser.execute_script(AXE.read_text("utf-8"))
    found = browser.execute_async_script(
        "const [rules, done] = arguments;"
        "axe.run(document, {resultTypes: ['violations'], selectors: false, ...rules.length ? {runOnly: rules} : {}}).then(r => done(r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 120))])))",
        list(rules),
    )
    return [f"{name}: {nodes[:3]}" for name, nodes in found]
