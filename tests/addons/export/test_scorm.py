"""The SCORM package, in a browser with a stand-in for a platform."""

import functools
import io
import threading
import zipfile
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from lxml import etree

from tests.browser import opened, until
from workshop.addons.explore.explore_command import explore_page
from workshop.addons.export import export_command
from workshop.addons.export.for_platforms import scorm
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

PLATFORM = """<!doctype html><title>Platform</title><script>
const kept = {}, calls = [];
const call = name => (...given) => { calls.push([name, ...given]); return 'true'; };
window.API = { LMSInitialize: call('init'), LMSFinish: call('finish'), LMSCommit: call('commit'), LMSGetLastError: () => '0',
  LMSGetValue: name => kept[name] || '', LMSSetValue: (name, value) => { kept[name] = value; return 'true'; } };
</script><iframe src="package/index.html" style="width:1200px;height:900px"></iframe>"""
PAGE = "document.querySelector('iframe').contentDocument.querySelector('iframe').contentDocument"
RIGHT = (
    f"const doc = {PAGE}, "
    """bets = JSON.parse(doc.getElementById('pokes').textContent).pokes.filter(p => p.parts.some(x => x.bet));
bets.slice(arguments[0], arguments[1]).forEach(poke => poke.parts.forEach((part, place) => {
  if (!part.bet) return;
  const box = doc.querySelector(`#${poke.id} [data-part="${place}"]`), all = [...box.querySelectorAll('[data-radios=bet] input')];
  (arguments[2] ? all.find(input => input.value === part.bet.truth) : all.find(input => input.value !== part.bet.truth)).click();
  box.querySelector('[data-place]').click();
})); return bets.length;"""
)


def test_the_manifest_names_what_is_launched_and_every_file():
    package = zipfile.ZipFile(io.BytesIO(scorm("How <models> are made", b"")))
    root = etree.fromstring(package.read("imsmanifest.xml"))
    resource = root.find("{*}resources/{*}resource")
    assert resource.get("href") == "index.html"
    assert resource.get("{http://www.adlnet.org/xsd/adlcp_rootv1p2}scormtype") == "sco"
    assert [file.get("href") for file in resource] == ["index.html", "explore.html"] == package.namelist()[1:]
    assert root.findtext("{*}metadata/{*}schemaversion") == "1.2"
    assert root.findtext(".//{*}item/{*}title") == "How <models> are made"


def test_the_package_has_the_title_of_the_kit_not_of_its_folder(monkeypatch, tmp_path):
    (tmp_path / "slides_src").mkdir()
    (tmp_path / "slides_src" / "kit.yaml").write_text("title: Bread")
    shown = SimpleNamespace(title="How bread is made", audience="")
    monkeypatch.setattr(export_command, "explore_page", lambda *_, **__: (b"", (), shown))
    out = tmp_path / "package.zip"
    arguments = ["scorm", str(tmp_path / "slides_src"), "--out", str(out)]
    assert CliRunner().invoke(export_command.export_command, arguments, catch_exceptions=False).exit_code == 0
    with zipfile.ZipFile(out) as package:
        assert b"<title>How bread is made</title>" in package.read("imsmanifest.xml")


@pytest.fixture(scope="module")
def platform(kit_path, cache, tmp_path_factory):
    """Serve a platform that has taken the package in."""
    request = Request(cache=cache, minutes=45)
    page, _, _ = explore_page(kit_path, request, standard_registry(), base=kit_path)
    folder = tmp_path_factory.mktemp("platform")
    zipfile.ZipFile(io.BytesIO(scorm("Models", page))).extractall(folder / "package")
    (folder / "platform.html").write_text(PLATFORM, "utf-8")
    handler = functools.partial(SimpleHTTPRequestHandler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/platform.html"
        server.shutdown()


@pytest.mark.broad
@pytest.mark.long
def test_completion_and_the_score_of_the_bets_arrive_at_the_platform(platform, tmp_path):
    with opened(tmp_path / "profile") as browser:
        browser.get(platform)
        until(browser, f"{PAGE} && {PAGE}.getElementById('pokes') && kept['cmi.core.lesson_status']")
        assert browser.execute_script("return [kept['cmi.core.lesson_status'], kept['cmi.core.score.raw']]") == [
            "incomplete",
            "0",
        ]
        bets = browser.execute_script(RIGHT, 0, 2, True)
        half = str(int(100 * 2 / bets + 0.5))  # a half goes up, as in the page around it
        until(browser, f"kept['cmi.core.score.raw'] === '{half}'")
        assert browser.execute_script("return kept['cmi.core.lesson_status']") == "incomplete"
        browser.execute_script(RIGHT, 2, bets, False)
        until(browser, "kept['cmi.core.lesson_status'] === 'completed'")
        assert browser.execute_script("return kept['cmi.core.score.raw']") == half
        until(browser, "kept['cmi.suspend_data']?.startsWith('explore ')")
        browser.execute_script("document.querySelector('iframe').src = 'about:blank'")
        until(browser, "calls.some(([name]) => name === 'finish')")
